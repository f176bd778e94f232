"""What changed between two runs, in four blocks: inputs, decisions, money, scarcities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.finance.ledger import Entry
from planner.plan.decided import decisions
from planner.plan.make import Plan
from planner.plan.saved import load_run
from planner.scenario.load import Loaded

ADDED, REMOVED, CHANGED = "+", "−", "~"
NOT_COVERED = (
    "Not covered: how the fleet is run (tables serving and fleet), the catalog's own facts, code and solver versions; "
    "where plans tie, the one found may differ for no reason of money"
)
_SAME = 1e-6
"""Amounts that differ by less than this share are the same."""
_HEADLINE = ("usd_per_mtok", "npv_usd", "capex_usd", "peak_mw", "served_share")


@dataclass(frozen=True)
class Side:
    """One run: leaves of its scenario, amounts by decision, present value by account, prices by scarcity."""

    name: str
    headline: dict[str, float | None]
    inputs: dict[str, Any]
    decisions: dict[str, float]
    money: dict[str, float]
    scarcities: dict[str, float]


@dataclass(frozen=True)
class Change:
    """One line: sign (+ − ~), what, from, to, amount and share where both are numbers."""

    sign: str
    what: str
    old: Any
    new: Any
    amount: float | None
    share: float | None


@dataclass(frozen=True)
class Diff:
    """Four blocks of changes and the headlines of both sides."""

    old: Side
    new: Side
    inputs: list[Change]
    decisions: list[Change]
    money: list[Change]
    scarcities: list[Change]


def side_of_folder(folder: Path) -> Side:
    """A saved run."""
    run = load_run(folder)
    return Side(
        name=run.folder.name,
        headline={key: run.plan["headline"][key] for key in _HEADLINE},
        inputs=dict(_leaves(run.loaded.document.data)),
        decisions=decisions(run.answer),
        money=_money(run.entries),
        scarcities=_scarcities(run.plan["scarcities"]),
    )


def side_of_plan(plan: Plan, loaded: Loaded, name: str) -> Side:
    """A plan that is not saved."""
    data = plan.as_data()
    return Side(
        name=name,
        headline={key: data["headline"][key] for key in _HEADLINE},
        inputs=dict(_leaves(loaded.document.data)),
        decisions=decisions(plan.solved.answer),
        money=_money(plan.entries),
        scarcities=_scarcities(data["scarcities"]),
    )


def diff(old: Side, new: Side) -> Diff:
    """Every difference, the largest amounts first."""
    return Diff(
        old,
        new,
        _changes(old.inputs, new.inputs),
        _changes(old.decisions, new.decisions),
        _changes(old.money, new.money),
        _changes(old.scarcities, new.scarcities),
    )


def _changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    found = [_change(what, old.get(what), new.get(what)) for what in sorted({*old, *new})]
    present = [change for change in found if change is not None]
    return sorted(present, key=lambda change: -abs(change.amount or 0.0))


def _change(what: str, old: Any, new: Any) -> Change | None:
    sign = ADDED if old is None else REMOVED if new is None else CHANGED
    numbers = [x for x in (old, new) if isinstance(x, int | float) and not isinstance(x, bool)]
    if len(numbers) < (old is not None) + (new is not None) or not numbers:
        return None if old == new else Change(sign, what, old, new, None, None)
    amount = (new or 0.0) - (old or 0.0)
    if abs(amount) <= _SAME * max(abs(number) for number in numbers):
        return None
    return Change(sign, what, old, new, amount, amount / abs(old) if old else None)


def _leaves(data: Any, key: str = "") -> Iterable[tuple[str, Any]]:
    if isinstance(data, dict) and data:
        for name, value in data.items():
            yield from _leaves(value, f"{key}.{name}" if key else str(name))
    else:
        yield key, ", ".join(map(str, data)) if isinstance(data, list) else data


def _money(entries: Iterable[Entry]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for entry in entries:
        sums[entry.account] += entry.pv_usd
    return dict(sums)


def _scarcities(rows: Iterable[dict[str, Any]]) -> dict[str, float]:
    """USD per unit of each scarce thing."""
    return {
        " ".join(word for word in (row["family"], row["subject"], "at least" if row.get("least") else "", f"(USD per {row['unit']})") if word): row["usd_per_unit"]
        for row in rows
    }  # fmt: skip
