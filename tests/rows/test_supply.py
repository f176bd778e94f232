"""Supply: what is delivered draws on what has arrived in the pool.

A system draws 500 units and costs 1 MUSD; 4 Gtok/h need 4 of them; a year of shed costs 10 each.
The rows count lots of 1,000 units, so a lot is two systems.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.world import exactly, installed, pool, purchase, reservation, solve, world

PROVES = ("supply",)


def drawing(amount: Any, **others: Any) -> Any:
    """One offer that draws on one pool."""
    terms = {name: others.pop(name) for name in ("price", "first", "order_lag") if name in others}
    market = {name: others.pop(name) for name in ("carry_over", "draw_at_order", "spot", "spot_limit") if name in others}  # fmt: skip
    offering = purchase(draws={"hbm": 500.0}, **terms)
    return world(offerings=[offering], supplies=[pool(amount, **market)], **others)


@pytest.mark.parametrize("carry_over", [True, False])
def test_deliveries_draw_on_the_pool(carry_over: bool) -> None:
    """1,250 units make 2.5 systems: 2.5 + 15 = 17.5; a lot is worth 2 · 9. With 2,000, or no row, 4."""
    short = drawing(1250.0, carry_over=carry_over)
    answer = solve(short)
    assert answer.musd == exactly(17.5)
    assert answer.dual["supply", "hbm", 0] == exactly(-18.0)
    assert solve(drawing(2000.0, carry_over=carry_over)).musd == exactly(4.0)
    assert solve(short, without="supply").musd == exactly(4.0)


def test_what_is_not_drawn_stays_only_where_the_pool_carries_over() -> None:
    """1,000 units a year, no work in the first, 4 Gtok/h in the second; the price falls from 2 to 1.

    Carried over, all four are bought in the second year: 4. Not carried over, two of them must be
    bought in the first: 2 · 2 + 2 · 1 = 6.
    """
    falling = {"periods": 2, "demand": (0.0, 4.0), "price": (2e6, 1e6)}
    assert solve(drawing(1000.0, carry_over=True, **falling)).musd == exactly(4.0)
    assert solve(drawing(1000.0, carry_over=False, **falling)).musd == exactly(6.0)


def test_nothing_is_drawn_before_it_arrives() -> None:
    """Nothing in the first year and 2,000 in the second: 40 shed + 4 = 44; the other way round 4."""
    assert solve(drawing((0.0, 2000.0), periods=2)).musd == exactly(44.0)
    assert solve(drawing((2000.0, 0.0), periods=2)).musd == exactly(4.0)


def test_with_carry_over_the_worth_of_an_arrival_is_the_sum_of_later_duals() -> None:
    """6 Gtok/h and 1,000 units in each of two years: 2 systems, then 4: 40 + 20 + 4 = 64.

    A lot more, two systems, in the first year saves 20 in each year and costs 2: 38; in the second
    20 and costs 2: 18. So the rows are worth 20 and 18.
    """
    answer = solve(drawing(1000.0, periods=2, demand=6.0))
    assert answer.musd == exactly(64.0)
    assert answer.dual["supply", "hbm", 0] == exactly(-20.0)
    assert answer.dual["supply", "hbm", 1] == exactly(-18.0)
    early = solve(drawing((1100.0, 1000.0), periods=2, demand=6.0))
    late = solve(drawing((1000.0, 1100.0), periods=2, demand=6.0))
    assert early.musd == exactly(64.0 - 3.8)
    assert late.musd == exactly(64.0 - 1.8)


def test_a_pool_drawn_at_order_is_drawn_before_delivery() -> None:
    """Ordered a year before delivery; units arrive only in the year of delivery and do not stay.

    Drawn at delivery the four come: 4. Drawn at order there is nothing to draw yet: 40 shed.
    Units that arrive in the year of the order turn it round.
    """
    given = {"periods": 2, "demand": (0.0, 4.0), "first": 1, "order_lag": 1, "carry_over": False}
    assert solve(drawing((0.0, 2000.0), **given)).musd == exactly(4.0)
    assert solve(drawing((0.0, 2000.0), draw_at_order=True, **given)).musd == exactly(40.0)
    assert solve(drawing((2000.0, 0.0), draw_at_order=True, **given)).musd == exactly(4.0)
    assert solve(drawing((2000.0, 0.0), **given)).musd == exactly(40.0)


def test_an_order_of_the_past_draws_on_the_first_period() -> None:
    """A lag longer than the horizon so far counts in the first period: 2.5 systems of 1,250 units."""
    given = {"periods": 2, "demand": (0.0, 4.0), "first": 1, "order_lag": 5, "carry_over": False}
    options = drawing((1250.0, 0.0), draw_at_order=True, **given)
    assert solve(options).musd == exactly(2.5 + 15.0)


def test_the_spot_market_sells_what_the_pool_lacks() -> None:
    """1,000 units for two systems, two more at 200 USD a unit: 4 + 2 · 500 · 200 = 4.2 MUSD.

    Limited to 500 units one more comes: 3 + 0.1 + 10 = 13.1. Without a market 2 + 20 = 22.
    """
    answer = solve(drawing(1000.0, spot=200.0))
    assert answer.musd == exactly(4.2)
    assert answer.x["spot", "hbm", 0] == exactly(1.0)
    assert answer.dual["supply", "hbm", 0] == exactly(-0.2)
    assert solve(drawing(1000.0, spot=200.0, spot_limit=500.0)).musd == exactly(13.1)
    assert solve(drawing(1000.0)).musd == exactly(22.0)


def test_spot_units_stay_only_where_the_pool_carries_over() -> None:
    """Spot is cheap, 100 USD, in the idle first year and dear, 1,000, in the second, when 4 are needed.

    Carried over: bought early, 2,000 · 100 = 0.2 and 4 systems at 1: 4.2. Not: late, 4 + 2 = 6; a
    system at 2 already in the first year would be 2 + 0.05 against 1 + 0.5.
    """
    given = {"periods": 2, "demand": (0.0, 4.0), "price": (2e6, 1e6), "spot": (100.0, 1000.0)}
    assert solve(drawing(0.0, carry_over=True, **given)).musd == exactly(4.2)
    assert solve(drawing(0.0, carry_over=False, **given)).musd == exactly(6.0)


def test_what_stands_and_what_is_hosted_draws_nothing() -> None:
    """An empty pool forbids buying, not the 1 installed nor the 3 reserved: 3 MUSD. Buying alone: 40."""
    old = installed(count=1.0, draws={"hbm": 500.0})
    offerings = [purchase(draws={"hbm": 500.0}), old, reservation(held=1)]
    assert solve(world(offerings=offerings, supplies=[pool(0.0)])).musd == exactly(3.0)
    assert solve(drawing(0.0)).musd == exactly(40.0)
