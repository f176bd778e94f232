"""Sweep: one scenario at many settings, each plan begun from the first one's basis where it can be.

Where a setting leaves the program's columns and rows as they are, only its costs, bounds, limits
and single coefficients are changed at the solver; else the program is handed over anew.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from planner.documents import parse
from planner.errors import Failure, InfeasibleScenario, Usage
from planner.finance.ledger import ledger
from planner.options.join import join
from planner.plan.headline import Headline, headline
from planner.plan.shortage import shortage
from planner.plan.solved import way
from planner.program.build import Program, build
from planner.program.state import state
from planner.scenario.load import Loaded, variant
from planner.solver.arrays import Arrays, compile_arrays
from planner.solver.highs import OPTIMAL, Session, Solution

_MOST_CHANGED = 5_000
"""Coefficients changed one by one; beyond this handing over anew is quicker."""
Setting = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """One point: its settings, its headline or what is short, systems by offer, and whether it began hot."""

    setting: Setting
    headline: Headline | None
    systems: dict[str, float]
    short: tuple[str, ...]
    hot: bool
    seconds: float

    def row(self) -> dict[str, Any]:
        """The point as one line of a table; the five figures are empty where there is no plan."""
        figures = asdict(self.headline) if self.headline else {}
        return {
            **self.setting,
            **{key: figures.get(key) for key in ("usd_per_mtok", "npv_usd", "capex_usd", "peak_mw", "served_share")},
            **{f"{offer}_systems": count for offer, count in self.systems.items()},
            "short": "; ".join(self.short) or None,
        }  # fmt: skip


def settings_of(varied: list[str]) -> list[Setting]:
    """Every combination of ``KEY=a,b,c``; Usage (CLI005) where one is not so written."""
    ranges: list[tuple[str, list[Any]]] = []
    for text in varied:
        key, equals, values = text.partition("=")
        listed = [value.strip() for value in values.split(",")]
        if not equals or not key.strip() or not all(listed):
            raise Usage(f"CLI005: '{text}' is not KEY=a,b,c, such as sites.ashburn.power='8 MW,10 MW'")  # fmt: skip
        ranges.append((key.strip(), [parse(value, "--vary").data for value in listed]))
    keys = [key for key, _ in ranges]
    return [dict(zip(keys, chosen, strict=True)) for chosen in itertools.product(*(values for _, values in ranges))]  # fmt: skip


def sweep(
    loaded: Loaded, settings: list[Setting], offers: tuple[str, ...] = (), say: Callable[[str], None] = lambda text: None
) -> Iterator[Outcome]:  # fmt: skip
    """The plan at every setting, in order. offers: whose systems to count.

    Whole units are relaxed. Raises InvalidData where a setting makes no sense.
    """
    warm: _Warm | None = None
    for number, setting in enumerate(settings):
        program = build(join(variant(loaded, setting)))
        statement = state(program)
        arrays = compile_arrays(statement)
        warm = warm or _Warm(arrays)
        solution, hot = warm.at(arrays)
        say(f"{number + 1} of {len(settings)}: {_told(setting)} in {solution.seconds:.2f} s{' from the last' if hot else ''}")  # fmt: skip
        yield _outcome(setting, program, arrays, statement.labels, solution, offers, hot)


def _outcome(
    setting: Setting,
    program: Program,
    arrays: Arrays,
    labels: list[Any],
    solution: Solution,
    offers: tuple[str, ...],
    hot: bool,
) -> Outcome:
    if solution.status != OPTIMAL:
        told: Failure = shortage(program, arrays, labels, as_stated=True)
        short = told.shortages if isinstance(told, InfeasibleScenario) else (str(told),)
        return Outcome(setting, None, {}, short, hot, solution.seconds)
    entries = ledger(program, solution.x)
    systems = dict.fromkeys(offers, 0.0)
    for position, column in enumerate(program.space.columns):
        if column.kind == "deliver" and column.key[0] in systems:
            systems[column.key[0]] += float(solution.x[position])
        elif column.kind in ("rent", "buy") and column.key[0] in systems:
            systems[column.key[0]] = max(systems[column.key[0]], float(solution.x[position]))
    figures = headline(program.space, solution.x, entries)
    return Outcome(setting, figures, systems, (), hot, solution.seconds)


class _Warm:
    """A session that moves from one setting's arrays to the next."""

    def __init__(self, arrays: Arrays) -> None:
        self._hand_over(arrays)

    def _hand_over(self, arrays: Arrays) -> None:
        self.arrays = _relaxed(arrays)
        self.session = Session(self.arrays, **way(self.arrays))
        self.mark: Any = None

    def at(self, arrays: Arrays) -> tuple[Solution, bool]:
        """The plan at some arrays, and whether the session could be kept."""
        changed = _changed(self.arrays, arrays)
        hot = changed is not None and self.mark is not None
        if changed is None:
            self._hand_over(arrays)
        elif self.mark is not None:
            self._move(arrays, *changed)
        solution = self.session.solve()
        if self.mark is None and solution.status == OPTIMAL:
            self.mark = self.session.mark()
        return solution, hot

    def _move(self, arrays: Arrays, entries: Any, rows: Any) -> None:
        session, every = self.session, np.arange(arrays.columns)
        session.set_costs(every, arrays.cost)
        session.set_column_bounds(every, arrays.lower, arrays.upper)
        session.set_row_bounds(np.arange(arrays.rows), arrays.row_lower, arrays.row_upper)
        session.set_coefficients(rows, arrays.index[entries], arrays.value[entries])
        session.return_to(self.mark)
        self.arrays = _relaxed(arrays)


def _changed(old: Arrays, new: Arrays) -> tuple[Any, Any] | None:
    """Entries whose coefficient changed and their rows; None where the pattern did, or too many."""
    same = np.array_equal(old.start, new.start) and np.array_equal(old.index, new.index)
    if not same or old.columns != new.columns:
        return None
    entries = np.flatnonzero(old.value != new.value)
    if len(entries) > _MOST_CHANGED:
        return None
    return entries, np.searchsorted(new.start, entries, side="right") - 1


def _relaxed(arrays: Arrays) -> Arrays:
    return replace(arrays, integer=np.zeros_like(arrays.integer))


def _told(setting: Setting) -> str:
    return ", ".join(f"{key} = {value}" for key, value in setting.items())
