"""Cash by period: what is paid and received, its worth today, and how that meets the objective.

Penalties for work not served and the value left at the horizon are in the objective, not in cash;
the bridge names them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from planner.accounts.account import all_accounts
from planner.finance.allocate import PENALTY
from planner.finance.ledger import Entry
from planner.finance.usage import Usage
from planner.options.table import Options
from planner.scenario.finance import Finance

REMAINING = "remaining value"


def not_cash() -> frozenset[str]:
    """Names of accounts that reckon without paying: penalties, and what lies past the horizon."""
    return frozenset(account.name for account in all_accounts() if not account.cash)


@dataclass(frozen=True)
class CashRow:
    """One period. Paid and received are positive; net is received less paid.

    revenue_usd: None where no workload states any. net_in_money_of_the_day_usd: net with inflation
    since the price year, where the scenario states both.
    """

    period: str
    capital_paid_usd: float
    running_paid_usd: float
    received_usd: float
    revenue_usd: float | None
    net_usd: float
    cumulative_net_usd: float
    pv_net_usd: float
    net_in_money_of_the_day_usd: float | None


@dataclass(frozen=True)
class Bridge:
    """From cash to the objective, all present values: cash + penalty + past the horizon.

    cash_cost_usd: paid less received. past_horizon_usd: obligations past the horizon less the value
    left there, so mostly below zero.
    """

    cash_cost_usd: float
    penalty_usd: float
    past_horizon_usd: float
    objective_usd: float


def cash_by_period(
    options: Options, entries: list[Entry], used: Usage, finance: Finance
) -> list[CashRow]:
    """Cash of every period of the horizon."""
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    capital = {account.name for account in all_accounts() if account.capital}
    reckoned = not_cash()
    for entry in entries:
        if entry.account not in reckoned:
            column = 2 if entry.usd < 0 else 0 if entry.account in capital else 1
            sums[entry.period][column] += abs(entry.usd)
            sums[entry.period][3] -= entry.pv_usd
    rows, total = [], 0.0
    for period in options.timeline.periods:
        paid, running, received, pv = sums[period.index]
        revenue = revenue_in(options, used, period.index)
        net = received - paid - running + (revenue or 0.0)
        total += net
        pv += (revenue or 0.0) * options.timeline.discount(period.index, "middle")
        nominal = _of_the_day(options, finance, period.index)
        rows.append(
            CashRow(
                period=period.label,
                capital_paid_usd=paid,
                running_paid_usd=running,
                received_usd=received,
                revenue_usd=revenue,
                net_usd=net,
                cumulative_net_usd=total,
                pv_net_usd=pv,
                net_in_money_of_the_day_usd=None if nominal is None else net * nominal,
            )
        )
    return rows


def revenue_in(options: Options, used: Usage, period: int) -> float | None:
    """USD earned in a period by the workloads that state a price; None where none does.

    Σ Mtok served · USD per Mtok of the period.
    """
    priced = [d for d in options.demands.values() if d.revenue_usd_per_mtok is not None]
    if not priced:
        return None
    return sum(
        used.mtok_by_period.get((demand.id, period), 0.0) * demand.revenue_usd_per_mtok[period]
        for demand in priced
        if demand.revenue_usd_per_mtok is not None
    )


def _of_the_day(options: Options, finance: Finance, period: int) -> float | None:
    """Price level in the middle of a period over that of the price year's middle: (1 + i)^years."""
    if finance.price_year is None or finance.inflation is None:
        return None
    start = options.timeline.start
    begun = start.year + (start.month - 1) / 12 + period * options.timeline.years
    years = begun + options.timeline.years / 2 - (finance.price_year + 0.5)
    return float((1 + finance.inflation) ** years)


def bridge(entries: list[Entry]) -> Bridge:
    """What of the objective is cash, and what is reckoned."""
    reckoned = not_cash()
    penalty = sum(e.pv_usd for e in entries if e.account == PENALTY)
    cash = sum(e.pv_usd for e in entries if e.account not in reckoned)
    past = sum(e.pv_usd for e in entries if e.account in reckoned - {PENALTY})
    return Bridge(cash, penalty, past, cash + penalty + past)
