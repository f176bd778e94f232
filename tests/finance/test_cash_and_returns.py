"""Cash by period, inflation, revenue, returns and tax."""

from __future__ import annotations

from typing import Any

import pytest

from planner.options.table import Options
from tests.finance.plans import MTOK, moneyed
from tests.world import exactly, purchase, system, workload, world

ENOUGH = 7e6 / (4 * MTOK)
"""USD per Mtok at which the 4 Gtok/h of a year earn 7 MUSD."""


def earning(price: float | None = ENOUGH, **given: Any) -> Options:
    """4 systems of 1 MUSD serve 4 Gtok/h for a year."""
    from dataclasses import replace

    demand = workload(4.0)
    revenue = None if price is None else (price,) * 20
    return world(demands=[replace(demand, revenue_usd_per_mtok=revenue)], **given)


def test_cash_is_what_is_paid_and_received_without_penalty_and_remaining_value() -> None:
    """Power for 2: 2 MUSD paid, 20 of penalty and 1.5 of remaining value beside it, 20.5 in all."""
    found = moneyed(world(power_mw=2.0, offerings=[purchase(life_years=4.0)]))
    (row,) = found.cash
    assert (row.capital_paid_usd, row.running_paid_usd, row.net_usd) == (exactly(2e6), 0.0, exactly(-2e6))  # fmt: skip
    assert found.bridge.cash_cost_usd == exactly(2e6)
    assert found.bridge.penalty_usd == exactly(20e6)
    assert found.bridge.past_horizon_usd == exactly(-1.5e6)
    assert found.bridge.objective_usd == exactly(20.5e6)


def test_money_of_the_day_carries_inflation_since_the_price_year() -> None:
    """10 % a year, prices of 2027: the mid-2027 year as it is, 2028 a tenth more; without it no column."""
    options = world(periods=2, demand=(0.0, 4.0), offerings=[purchase(price=(2e6, 1e6))])
    real = moneyed(options, price_year=2027, inflation="10 %/year").cash
    assert [row.net_in_money_of_the_day_usd for row in real] == [0.0, exactly(-4.4e6)]
    assert real[1].net_usd == exactly(-4e6)
    assert {row.net_in_money_of_the_day_usd for row in moneyed(options).cash} == {None}


def test_revenue_gives_margin_rate_and_payback() -> None:
    """4 MUSD at the start, 7 in mid-year: margin 3; (7/4)² − 1 = 206.25 % a year; paid after 4/7 of half a year."""
    found = moneyed(earning()).returns
    assert found is not None
    assert found.margin_usd_pv == exactly(3e6)
    assert found.irr == pytest.approx(2.0625, rel=1e-9)
    assert found.payback_years == exactly(0.5 * 4 / 7)
    assert found.break_even_share == exactly(4 / 7)
    assert (found.utilisation, found.break_even_utilisation) == (exactly(1.0), exactly(4 / 7))
    (margin,) = found.margins
    assert (margin.revenue_usd_pv, margin.cost_usd_pv) == (exactly(7e6), exactly(4e6))
    assert margin.revenue_usd_per_mtok == exactly(ENOUGH)


def test_too_little_revenue_has_no_return_and_says_what_it_loses() -> None:
    """At 2 of 7 MUSD: −2 MUSD, no rate, no payback; break-even only at twice the tokens."""
    found = moneyed(earning(ENOUGH * 2 / 7)).returns
    assert found is not None
    assert found.margin_usd_pv == exactly(-2e6)
    assert (found.irr, found.payback_years) == (None, None)
    assert found.break_even_share == exactly(2.0)


def test_what_serving_adds_falls_with_the_tokens() -> None:
    """Energy of serving 1 MUSD of 5: break-even at (5 − 1) / (7 − 1)."""
    from tests.world import HOURS, site

    machine = system(idle_kw=0.0, serving_kw=1000.0)
    options = earning(systems=[machine], places=[site(tariff=0.25e6 / (1000 * HOURS))])
    found = moneyed(options).returns
    assert found is not None
    assert found.break_even_share == exactly(4 / 6)


def test_without_a_price_there_is_no_return_and_the_plan_is_the_same() -> None:
    """Revenue is reported only: at any price the orders and the objective are those without one."""
    assert moneyed(earning(None)).returns is None
    assert moneyed(earning(None)).bridge == moneyed(earning(1000.0)).bridge


def test_a_workload_without_price_is_named() -> None:
    """chat earns 2 Gtok/h at 1 USD/Mtok for its 2 of 4 MUSD; code is not priced: no return of the whole."""
    from dataclasses import replace

    priced = replace(workload(2.0), revenue_usd_per_mtok=(1.0,) * 20)
    options = world(systems=[system(rate={"chat": 1.0, "code": 1.0})], demands=[priced, workload(2.0, "code")])  # fmt: skip
    found = moneyed(options).returns
    assert found is not None
    assert found.unpriced == ("code",)
    assert found.margin_usd_pv == exactly(2 * MTOK - 2e6)
    assert (found.irr, found.payback_years, found.break_even_share) == (None, None, None)


def test_tax_is_beside_the_plan_and_depreciation_shields_it() -> None:
    """4 MUSD, 25 %, over 4 years in a plan of one: 1 MUSD written off, 3 left over nothing: 1 MUSD relieved."""
    found = moneyed(world(), tax={"rate": "25 %", "life": "4 year"})
    assert found.taxes is not None
    assert found.taxes.npv_before_tax_usd == exactly(-4e6)
    assert found.taxes.tax_usd_pv == exactly(-1e6)
    assert found.taxes.npv_after_tax_usd == exactly(-3e6)
    assert found.taxes.shield_usd_pv == exactly(0.25e6)
    untaxed = moneyed(world())
    assert untaxed.taxes is None
    assert found.bridge == untaxed.bridge


def test_writing_off_at_once_brings_the_relief_earlier() -> None:
    """At 10 %: 1 MUSD of relief in mid-year, 1.1^-0.5, instead of a quarter then and the rest at the end."""
    options = world(discount_rate=0.1)
    slow = moneyed(options, tax={"rate": "25 %", "life": "4 year"}).taxes
    fast = moneyed(options, tax={"rate": "25 %", "life": "4 year", "immediate": "100 %"}).taxes
    assert slow is not None
    assert fast is not None
    assert fast.tax_usd_pv == exactly(-1e6 * 1.1**-0.5)
    assert slow.tax_usd_pv == exactly(-0.25e6 * 1.1**-0.5 - 0.75e6 / 1.1)


def test_profit_is_taxed() -> None:
    """7 MUSD earned, 4 written off at once: 25 % of 3 MUSD."""
    found = moneyed(earning(), tax={"rate": "25 %", "life": "4 year", "immediate": 1})
    assert found.taxes is not None
    assert found.taxes.tax_usd_pv == exactly(0.75e6)
    assert found.taxes.npv_after_tax_usd == exactly(2.25e6)
