"""An infeasible program in the user's words: what is short, by how much, where and when."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from planner.errors import InfeasibleScenario
from planner.options.table import Options
from planner.program.family import families
from planner.solver.arrays import Arrays
from planner.solver.elastic import diagnose

Label = tuple[str, tuple[Any, ...]]


def shortage(options: Options, arrays: Arrays, labels: list[Label]) -> InfeasibleScenario:
    """The failure that names the cheapest set of limits to stretch."""
    cards = {card.name: card for card, _ in families()}
    relaxable = [j for j, (name, _) in enumerate(labels) if cards[name].relaxable]
    stretches = diagnose(arrays, relaxable)
    if not stretches:
        return InfeasibleScenario(
            ["the limits contradict each other beyond what more supply mends"]
        )
    grouped: dict[tuple[str, str], list[tuple[int | None, float]]] = defaultdict(list)
    for stretch in stretches:
        family, key = labels[stretch.row]
        card = cards[family]
        subject, period = split_key(family, key)
        grouped[family, subject].append((period, stretch.amount * card.scale))
    lines = []
    for (family, subject), amounts in sorted(
        grouped.items(), key=lambda item: -sum(amount for _, amount in item[1])
    ):
        card = cards[family]
        worst_period, worst = max(amounts, key=lambda pair: pair[1])
        periods = sorted(p for p, _ in amounts if p is not None)
        what = card.short.format(subject, _when(options, periods))
        supply = options.supplies.get(subject)
        unit = supply.unit if supply and family == "supply" else _plural(card.user_unit, worst)
        most = f" (most in {options.timeline.periods[worst_period].label})" if worst_period is not None and len(periods) > 1 else ""  # fmt: skip
        lines.append(f"{what}: {_amount(worst)} {unit} short{most}")
    return InfeasibleScenario(lines)


def split_key(family: str, key: tuple[Any, ...]) -> tuple[str, int | None]:
    """Subject and period of a row's index; the period is None where the row has none."""
    if family in ("budget",):
        return str(key[0]), None
    if family == "carbon_cap":
        return "", int(key[0])
    if len(key) > 1 and isinstance(key[1], int):
        return str(key[0]), int(key[1])
    return " ".join(map(str, key[:1])), None


def _when(options: Options, periods: list[int]) -> str:
    if not periods:
        return "over the horizon"
    first, last = (options.timeline.periods[p].label for p in (periods[0], periods[-1]))
    return first if first == last else f"{first} to {last}"


def _amount(value: float) -> str:
    """A number as people write it: no exponents."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _plural(unit: str, amount: float) -> str:
    countable = unit in ("system", "position", "unit")
    return f"{unit}s" if countable and amount != 1 else unit
