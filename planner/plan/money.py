"""Every view of a plan's money, from one ledger: ownership, annuities, cash, books, taxes, returns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

from planner.finance import tco
from planner.finance.annuities import Annuity, annuities
from planner.finance.book import SHELL, BookRow, assets, block_assets, depreciation, shell_assets
from planner.finance.cashflow import REMAINING, Bridge, CashRow, bridge, cash_by_period
from planner.finance.cohorts import cohorts
from planner.finance.leases import Liability, liabilities
from planner.finance.ledger import Entry
from planner.finance.resale import CohortWorth, worths
from planner.finance.returns import Returns, returns
from planner.finance.taxes import Taxes, taxes
from planner.finance.usage import usage
from planner.plan.solved import Answer
from planner.scenario.finance import Finance


@dataclass(frozen=True)
class Money:
    """tco: by view. lease_rate: at which liabilities are shown. taxes, returns: None where not asked."""

    tco: dict[str, list[tco.TcoRow]]
    annuities: list[Annuity]
    cash: list[CashRow]
    bridge: Bridge
    book: list[BookRow]
    cohorts: list[CohortWorth]
    lease_rate: float
    liabilities: list[Liability]
    taxes: Taxes | None
    returns: Returns | None

    def as_data(self) -> dict[str, Any]:
        """Plain values, as ``--json`` prints them."""
        return asdict(self)


def money(answer: Answer, entries: list[Entry], finance: Finance) -> Money:
    """All views of one solved plan."""
    options, program, x = answer.options, answer.program, answer.x
    used = usage(program.space, x)
    bought = cohorts(program, x)
    shells = shell_assets(options, _kw_by_site(answer), finance.book_lives)
    built = [*shells, *block_assets(program, x)]
    held = assets(options, bought, built, finance.book_lives)
    cash = cash_by_period(options, entries, used, finance)
    left = -sum(entry.usd for entry in entries if entry.account == REMAINING)
    rate = options.timeline.discount_rate if finance.lease_rate is None else finance.lease_rate
    taxed = [asset for asset in held if asset.kind != SHELL]
    return Money(
        tco={view: tco.tco(options, entries, used, view) for view in tco.VIEWS},
        annuities=annuities(options, entries, bought, used),
        cash=cash,
        bridge=bridge(entries),
        book=depreciation(options, held),
        cohorts=worths(options, bought),
        lease_rate=rate,
        liabilities=liabilities(program, x, rate),
        taxes=taxes(options, finance.tax, taxed, cash, left) if finance.tax else None,
        returns=returns(program, x, entries, used),
    )


def _kw_by_site(answer: Answer) -> dict[str, list[float]]:
    """Provisioned IT power of systems in service (kW), by site of ours and period."""
    options = answer.options
    found: dict[str, list[float]] = defaultdict(lambda: [0.0] * options.timeline.count)
    for column, systems in zip(answer.program.space.columns, answer.x, strict=True):
        if column.kind == "fleet" and systems:
            name, site, period = column.key
            kw = options.configurations[name].provisioned_kw
            found[site][period] += float(systems) * kw
    return found
