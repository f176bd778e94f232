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

    subject: offer, configuration, workload or pool. contract: under which it is owed; where no offer
    is behind it, the site, workload or pool whose terms it follows. usd as paid; pv_usd at the
    horizon's start.
    """

    period: int
    site: str
    subject: str
    cohort: str
    account: str
    contract: str
    driver: str
    quantity: float
    unit: str
    usd: float
    pv_usd: float


def ledger(program: Program, x: Floats) -> list[Entry]:
    """Every payment of the solution; their present values sum to the objective."""
    options = program.space.options
    sums: dict[tuple[int, str, str, str, str, str, str, str], list[float]] = defaultdict(
        lambda: [0.0, 0.0, 0.0]
    )
    for column, value in zip(program.space.columns, x, strict=True):
        if abs(value) <= ZERO:
            continue
        subject, site, cohort = _where(options, column)
        contract = _contract(options, column)
        for account, payment in payments(options, column.kind, column.key):
            key = (
                payment.period,
                site,
                subject,
                cohort,
                account.name,
                contract,
                account.driver,
                account.unit,
            )
            line = sums[key]
            usd = payment.usd * value
            line[0] += payment.quantity * value
            line[1] += usd
            line[2] += usd * options.timeline.discount(payment.period, payment.moment)
    return [
        Entry(*key[:-1], quantity, key[-1], usd, pv)
        for key, (quantity, usd, pv) in sorted(sums.items())
    ]


def _where(options: Options, column: Column) -> tuple[str, str, str]:
    card = kinds()[column.kind]
    return (
        str(column.key[card.subject]),
        "" if card.site is None else str(column.key[card.site]),
        "" if card.cohort is None else options.timeline.periods[column.key[card.cohort]].label,
    )


def _contract(options: Options, column: Column) -> str:
    """The contract of the column's offer; else whose terms its payments follow."""
    card = kinds()[column.kind]
    subject = str(column.key[card.subject])
    match card.index.split(",")[card.subject]:
        case "o":
            return options.offerings[subject].contract
        case "w":
            return f"workload {subject}"
        case "p":
            return f"pool {subject}"
        case "k":
            return subject
    return f"site {column.key[card.site]}" if card.site is not None else subject
