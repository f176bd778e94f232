"""Tax: reported beside the plan, never part of what is minimised.

Profit is revenue less what is paid to run, less tax depreciation; a loss relieves the company's
other profit in the same period, so it counts as money received. What is sold, and the value left
at the horizon, is taxed on what it exceeds its tax book value by. The discount rate stays the
scenario's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.finance.book import Asset, BookRow, depreciation
from planner.finance.cashflow import CashRow
from planner.options.table import Options
from planner.scenario.finance import Tax


@dataclass(frozen=True)
class Taxes:
    """Present values. npv: of cash, revenue and remaining value, without penalties.

    tax_usd_pv: negative where losses relieve more than profits pay. shield_usd_pv: tax saved by
    depreciation alone.
    """

    rate: float
    npv_before_tax_usd: float
    tax_usd_pv: float
    npv_after_tax_usd: float
    shield_usd_pv: float


def taxes(
    options: Options,
    tax: Tax,
    assets: list[Asset],
    cash: list[CashRow],
    remaining_usd: float,
) -> Taxes:
    """Tax of a plan. remaining_usd: value left at the horizon, as credited at its very end."""
    timeline = options.timeline
    coded = [replace(a, life_years=tax.life, immediate=tax.immediate) for a in assets]
    by_period = _by_period(options, depreciation(options, coded))
    left = sum(asset.held[-1] * asset.unit_value_usd(timeline.count - 1, timeline.years) for asset in coded)  # fmt: skip
    paid = shield = 0.0
    for period, row in enumerate(cash):
        worth = timeline.discount(period, "middle")
        written_off, disposed = by_period[period]
        profit = (row.revenue_usd or 0.0) + row.received_usd - row.running_paid_usd
        paid += tax.rate * (profit - written_off - disposed) * worth
        shield += tax.rate * written_off * worth
    at_end = timeline.discount(timeline.count - 1, "end")
    paid += tax.rate * (remaining_usd - left) * at_end
    before = sum(row.pv_net_usd for row in cash) + remaining_usd * at_end
    return Taxes(tax.rate, before, paid, before - paid, shield)


def _by_period(options: Options, rows: list[BookRow]) -> list[tuple[float, float]]:
    """(depreciation, book value of what left) by period, all assets together."""
    position = {period.label: period.index for period in options.timeline.periods}
    sums = [[0.0, 0.0] for _ in options.timeline.periods]
    for row in rows:
        sums[position[row.period]][0] += row.depreciation_usd
        sums[position[row.period]][1] += row.disposals_usd
    return [(written_off, disposed) for written_off, disposed in sums]
