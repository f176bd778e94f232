"""An infeasible program in the user's words: what is short, by how much, where and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from math import isfinite
from typing import Any

import numpy as np

from planner.errors import InfeasibleScenario
from planner.options.table import Options
from planner.options.units import gtok_per_hour
from planner.plan.weights import (
    EXPLAINED,
    Way,
    cards,
    dearest_period,
    outside_residency,
    promises,
    supply_side,
)
from planner.program.build import Program, build
from planner.program.state import state
from planner.solver.arrays import Arrays, Floats, compile_arrays
from planner.solver.elastic import Diagnosis, Question, diagnose

Label = tuple[str, tuple[Any, ...]]
_SMALLEST = 1e-6
"""Stretches below this share of the largest are noise."""
Amounts = list[tuple[int | None, float]]
_Limit = tuple[str, str, bool]
"""Family, subject, and whether it asks for a minimum."""


def shortage(
    program: Program, arrays: Arrays, labels: list[Label], as_stated: bool = False
) -> InfeasibleScenario:
    """The failure that names the cheapest mixture of limits to give in to, and what promising less would do.

    as_stated: the arrays are the program's own, so that residency may be opened by stating it anew.
    """
    options = program.space.options
    if options.barred and as_stated:
        program, arrays, labels = _without_residency(options)
    less, ways = promises(program, labels), supply_side(program, arrays, labels)
    price = outside_residency(program, options.barred)
    yielding, found = _asked(arrays, less, ways, price)
    if found is None:
        return InfeasibleScenario(
            ["the limits contradict each other beyond what more supply mends"]
        )
    lines = _lines(options, arrays, labels, ways, found) + _residency_lines(program, found)
    whole = f"{dearest_period(program):,.3g} MUSD"
    instead = [EXPLAINED.format(whole)]
    if yielding is not None:
        instead.insert(0, _promising_less(options, labels, less, yielding))
    return InfeasibleScenario(lines, instead)


def _asked(
    arrays: Arrays, less: list[Way], ways: list[Way], price: Floats
) -> tuple[Diagnosis | None, Diagnosis | None]:
    """What promising less alone would do, residency kept; and the cheapest mixture of all ways.

    price: of each column that residency forbids, 0 for the others.
    """
    every = Question([way.relief for way in ways])
    if not less:
        return None, diagnose(arrays, [every], price)[0]
    kept = Question([way.relief for way in less], tuple(np.flatnonzero(price).tolist()))
    yielding, found = diagnose(arrays, [kept, every], price)
    return yielding, found


def _without_residency(options: Options) -> tuple[Program, Arrays, list[Label]]:
    program = build(replace(options, arcs=options.arcs | options.barred))
    statement = state(program)
    return program, compile_arrays(statement), statement.labels


def _lines(
    options: Options, arrays: Arrays, labels: list[Label], ways: list[Way], found: Diagnosis
) -> list[str]:
    """One line per limit that is short, the most expensive to give in to first."""
    grouped: dict[_Limit, Amounts] = defaultdict(list)
    counts: dict[_Limit, float] = defaultdict(float)
    prices = [way.relief.price * amount for way, amount in zip(ways, found.amounts, strict=True)]
    smallest = _SMALLEST * max(prices, default=0.0)
    for way, amount, price in zip(ways, found.amounts, prices, strict=True):
        if price > smallest:
            family, key = labels[way.row]
            subject, period = split_key(family, key)
            limit = (family, subject, not isfinite(arrays.row_upper[way.row]))
            grouped[limit].append((period, float(amount) * cards()[family].scale))
            counts[limit] += price
    order = sorted(grouped, key=lambda limit: (-counts[limit], limit))
    return [_line(options, *limit, grouped[limit]) for limit in order]


def _line(options: Options, family: str, subject: str, least: bool, amounts: Amounts) -> str:
    card = cards()[family]
    worst_period, worst = max(amounts, key=lambda pair: pair[1])
    periods = sorted(period for period, _ in amounts if period is not None)
    what = card.short.format(subject, _when(options, periods))
    supply = options.supplies.get(subject)
    unit = supply.unit if supply and family == "supply" else _plural(card.user_unit, worst)
    most = f" (most in {options.timeline.periods[worst_period].label})" if worst_period is not None and len(periods) > 1 else ""  # fmt: skip
    if least:
        return f"the minimum asked of {subject}, {_when(options, periods)}: {_amount(worst)} {unit} more than fit{most}"  # fmt: skip
    return f"{what}: {_amount(worst)} {unit} short{most}"


def _residency_lines(program: Program, found: Diagnosis) -> list[str]:
    """What would have to be served outside the regions a workload is bound to."""
    options = program.space.options
    shares = tuple(options.blocks.values())
    outside: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for position, column in enumerate(program.space.columns):
        if column.kind == "serve" and tuple(column.key[:3]) in options.barred:
            workload, period, block = column.key[2:]
            outside[workload][period] += float(found.x[position]) * shares[block]
    lines = []
    for workload, by_period in sorted(outside.items()):
        periods = sorted(p for p, amount in by_period.items() if amount > _SMALLEST)
        if periods:
            worst = max(by_period[p] for p in periods)
            lines.append(f"capacity inside the residency of {workload}, {_when(options, periods)}: {_amount(worst)} Gtok/h would have to be served outside it")  # fmt: skip
    return lines


def _promising_less(
    options: Options, labels: list[Label], ways: list[Way], found: Diagnosis
) -> str:
    """The least penalty at which lower service levels alone would do."""
    short: dict[str, list[tuple[int, float]]] = defaultdict(list)
    cost = 0.0
    for way, amount in zip(ways, found.amounts, strict=True):
        workload, period = labels[way.row][1]
        if amount > _SMALLEST:
            short[workload].append((period, float(amount)))
            cost += way.relief.price * float(amount)
    parts = []
    for workload, amounts in sorted(short.items()):
        demand = options.demands[workload]
        level, promised = min(
            (
                demand.service_level[t] - amount / gtok_per_hour(demand.mean_tok_per_s[t]),
                demand.service_level[t],
            )
            for t, amount in amounts
        )
        when = _when(options, sorted(period for period, _ in amounts))
        parts.append(f"{workload} at {level:.1%} instead of {promised:.1%} ({when})")
    return f"Or promise less: {'; '.join(parts)}, for {cost:,.3g} MUSD of penalties"


def split_key(family: str, key: tuple[Any, ...]) -> tuple[str, int | None]:
    """Subject and period of a row's index; the period is None where the row has none."""
    if family in ("budget",):
        return str(key[0]), None
    if family == "carbon_cap":
        return "", int(key[0])
    if len(key) > 1 and isinstance(key[1], int):
        return str(key[0]), int(key[1])
    return " ".join(map(str, key[:1])), None


def _when(options: Options, periods: Iterable[int]) -> str:
    labels = [options.timeline.periods[period].label for period in periods]
    if not labels:
        return "over the horizon"
    return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"


def _amount(value: float) -> str:
    """A number as people write it: no exponents."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _plural(unit: str, amount: float) -> str:
    countable = unit in ("system", "position", "unit")
    return f"{unit}s" if countable and amount != 1 else unit
