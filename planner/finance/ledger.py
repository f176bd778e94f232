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
from planner.timeline import Moment

ZERO = 1e-9
"""Columns below this count as not used."""


@dataclass(frozen=True)
class Entry:
    """One line: payments of one account at one price in one period for one subject, site and cohort.

    subject: offer, configuration, workload or pool. contract: under which it is owed; where no offer
    is behind it, the site, workload or pool whose terms it follows. moment: when inside the period. rate: which of
    the account's prices. usd = quantity · usd_per_unit, as paid, or its worth at the horizon's end
    where it is paid later; pv_usd = usd discounted from its moment to the horizon's start.
    """

    period: int
    site: str
    subject: str
    cohort: str
    account: str
    contract: str
    driver: str
    rate: str
    moment: Moment
    quantity: float
    unit: str
    usd_per_unit: float
    usd: float
    pv_usd: float


_Line = tuple[int, str, str, str, str, str, str, str, Moment, str]


def ledger(program: Program, x: Floats) -> list[Entry]:
    """Every payment of the solution; their present values sum to the objective."""
    options = program.space.options
    sums: dict[_Line, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for column, value in zip(program.space.columns, x, strict=True):
        if abs(value) <= ZERO:
            continue
        subject, site, cohort = _where(options, column)
        contract = _contract(options, column)
        for account, payment in payments(options, column.kind, column.key):
            line = sums[
                payment.period,
                site,
                subject,
                cohort,
                account.name,
                contract,
                account.driver,
                payment.rate,
                payment.moment,
                account.unit,
            ]
            usd = payment.usd * options.timeline.waited(payment.later) * value
            line[0] += payment.quantity * value
            line[1] += usd
            line[2] += usd * options.timeline.discount(payment.period, payment.moment)
    return [_entry(key, *amounts) for key, amounts in sorted(sums.items())]


def _entry(key: _Line, quantity: float, usd: float, pv_usd: float) -> Entry:
    """A line with its price; ZeroDivisionError where an account asks money for nothing."""
    period, site, subject, cohort, account, contract, driver, rate, moment, unit = key
    return Entry(
        period=period,
        site=site,
        subject=subject,
        cohort=cohort,
        account=account,
        contract=contract,
        driver=driver,
        rate=rate,
        moment=moment,
        quantity=quantity,
        unit=unit,
        usd_per_unit=usd / quantity if usd else 0.0,
        usd=usd,
        pv_usd=pv_usd,
    )


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
