"""The ledger: every payment of a solved plan, by period, site, offer, cohort and account."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from planner.options.table import Options
from planner.program.build import Program
from planner.program.kind import kinds
from planner.program.price import payments
from planner.program.space import Column
from planner.solver.arrays import Floats

ZERO = 1e-9
"""Columns below this count as not used."""


@dataclass(frozen=True)
class Entry:
    """One line: payments of one account in one period for one subject, site and cohort.

    subject: offer, configuration, workload or pool. usd as paid; pv_usd at the horizon's start.
    """

    period: int
    site: str
    subject: str
    cohort: str
    account: str
    driver: str
    quantity: float
    unit: str
    usd: float
    pv_usd: float


def ledger(program: Program, x: Floats) -> list[Entry]:
    """Every payment of the solution; their present values sum to the objective."""
    options = program.space.options
    sums: dict[tuple[int, str, str, str, str, str, str], list[float]] = defaultdict(
        lambda: [0.0, 0.0, 0.0]
    )
    for column, value in zip(program.space.columns, x, strict=True):
        if abs(value) <= ZERO:
            continue
        subject, site, cohort = _where(options, column)
        for account, payment in payments(options, column.kind, column.key):
            key = (
                payment.period,
                site,
                subject,
                cohort,
                account.name,
                account.driver,
                account.unit,
            )
            line = sums[key]
            usd = payment.usd * value
            line[0] += payment.quantity * value
            line[1] += usd
            line[2] += usd * options.timeline.discount(payment.period, payment.moment)
    return [
        Entry(period, site, subject, cohort, account, driver, quantity, unit, usd, pv)
        for (period, site, subject, cohort, account, driver, unit), (quantity, usd, pv) in sorted(
            sums.items()
        )
    ]


def _where(options: Options, column: Column) -> tuple[str, str, str]:
    card = kinds()[column.kind]
    return (
        str(column.key[card.subject]),
        "" if card.site is None else str(column.key[card.site]),
        "" if card.cohort is None else options.timeline.periods[column.key[card.cohort]].label,
    )
