"""Budget: purchase money of a calendar year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.accounts.account import registered
from planner.options.units import MUSD
from planner.program.family import Family, Row, Terms
from planner.program.kind import kinds
from planner.program.space import Space

FAMILY = Family(
    name="budget",
    index="year",
    unit="MUSD",
    dual="MUSD per MUSD",
    equation="Σ payments of capital accounts in the year ≤ limit;  each payment in its own year",
    why="Money has a year; a plan that pays next year's budget today is not one.",
    scarcity="capital budget of {0}",
    short="capital budget of {0}",
    user_unit="MUSD",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    accounts = {kind: [a for a in registered(kind) if a.capital] for kind in kinds()}
    by_year: dict[int, Terms] = defaultdict(list)
    for j, column in enumerate(space.columns):
        if not accounts[column.kind] or not options.policy.budget:
            continue
        paid: dict[int, float] = defaultdict(float)
        for account in accounts[column.kind]:
            for payment in account.function(options, column.key):
                paid[options.timeline.periods[payment.period].year] += payment.usd / MUSD
        for year, musd in paid.items():
            by_year[year].append((j, musd))
    for year, limit in sorted(options.policy.budget.items()):
        if by_year[year]:
            yield Row("budget", (year,), by_year[year], "<=", limit / MUSD)
