"""Owning: purchase, network, upkeep, and what is left at the horizon.

A system costs 1 MUSD in the first year, 0.8 in the second, 0.6 in the third; three years in all.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.options.table import Options
from tests.world import cost, exactly, installed, paid, purchase, reservation, solve, world

PROVES = (
    "purchase on deliver",
    "network on deliver",
    "maintenance on deliver",
    "maintenance on own",
    "spares on deliver",
    "spares on own",
    "remaining value on deliver",
    "remaining value on own",
)
FALLING = (1e6, 0.8e6, 0.6e6)


def owning(**terms: Any) -> Options:
    return world(periods=3, offerings=[purchase(price=FALLING, **terms)])


def total(options: Options, account: str, kind: str, *key: Any) -> float:
    """USD of an account on one unit of a column, undiscounted."""
    return sum(payment.usd for payment in paid(options, account, kind, *key))


def test_a_purchase_is_paid_at_delivery_at_the_price_of_its_period() -> None:
    """Delivered in the second year: 0.8 MUSD at its start, whatever the other years' prices."""
    (payment,) = paid(owning(), "purchase", "deliver", "buy", "campus", 1)
    assert (payment.period, payment.moment, payment.quantity) == (1, "start", 1.0)
    assert payment.usd == exactly(0.8e6)
    assert cost(owning(), "deliver", "buy", "campus", 1) == exactly(0.8)


def test_a_network_is_paid_with_the_system_it_wires() -> None:
    """A fabric of 0.1, then 0.05 MUSD: delivered in the second year 0.8 + 0.05; without one 0.8."""
    options = owning(fabric_usd=(0.1e6, 0.05e6))
    (payment,) = paid(options, "network", "deliver", "buy", "campus", 1)
    assert (payment.period, payment.moment) == (1, "start")
    assert payment.usd == exactly(0.05e6)
    assert cost(options, "deliver", "buy", "campus", 1) == exactly(0.85)


def test_what_is_installed_is_sunk_but_still_maintained() -> None:
    """No purchase, no network, nothing left; 10 % upkeep and 5 % parts on 1 MUSD for two years: 0.3."""
    old = installed(
        count=4.0, held=2, fabric_usd=1e5, life_years=9.0, age=5,
        maintenance_per_year=0.1, failures_per_year=0.05,
    )  # fmt: skip
    options = world(periods=3, offerings=[old, purchase()])
    for account in ("purchase", "network", "remaining value"):
        assert paid(options, account, "deliver", "old", "campus", 0) == []
    assert [p.period for p in paid(options, "maintenance", "deliver", "old", "campus", 0)] == [0, 1]
    assert cost(options, "deliver", "old", "campus", 0) == exactly(0.3)


def test_what_is_installed_stays_and_is_kept_up_without_work() -> None:
    """Nothing is asked for: the 4 still pay 4 · 0.1 a year."""
    old = installed(count=4.0, maintenance_per_year=0.1)
    assert solve(world(demand=0.0, offerings=[old])).musd == exactly(0.4)


def test_a_hosted_term_is_neither_bought_wired_nor_left_over() -> None:
    """Only its hours are paid."""
    options = world(periods=3, offerings=[reservation(held=2, fabric_usd=1e5, life_years=9.0)])
    for account in ("purchase", "network", "remaining value", "maintenance", "spares"):
        assert paid(options, account, "deliver", "term", "cloud", 0) == []


@pytest.mark.parametrize(
    ("account", "field"),
    [("maintenance", "maintenance_per_year"), ("spares", "failures_per_year")],
)
def test_upkeep_is_a_share_of_the_price_paid_for_every_year_held(account: str, field: str) -> None:
    """10 % of the cohort's own 0.8 MUSD in the second and the third year, mid-year: 0.16.

    A life of one year ends it after one, 0.08; in quarters each is a quarter of that.
    """
    options = owning(**{field: 0.1})
    payments = paid(options, account, "deliver", "buy", "campus", 1)
    assert [(p.period, p.moment, p.quantity) for p in payments] == [(1, "middle", 1.0), (2, "middle", 1.0)]  # fmt: skip
    assert [p.usd for p in payments] == [exactly(0.08e6)] * 2
    assert cost(options, "deliver", "buy", "campus", 1) == exactly(0.8 + 0.16)
    assert total(owning(held=1, **{field: 0.1}), account, "deliver", "buy", "campus", 1) == exactly(0.08e6)  # fmt: skip
    quarters = world(periods=3, unit="quarter", offerings=[purchase(**{field: 0.1})])
    assert [p.usd for p in paid(quarters, account, "deliver", "buy", "campus", 0)] == [exactly(25e3)] * 3  # fmt: skip


def test_failed_links_are_replaced_every_year_held_on_top_of_lost_chips() -> None:
    """10 % of 0.8 MUSD and 5,000 USD of links a year: 85,000 in the second and third year; without, 80,000."""
    options = owning(failures_per_year=0.1, link_spares_usd_per_year=5e3)
    payments = paid(options, "spares", "deliver", "buy", "campus", 1)
    assert [p.usd for p in payments] == [exactly(85e3)] * 2
    bare = paid(owning(failures_per_year=0.1), "spares", "deliver", "buy", "campus", 1)
    assert [p.usd for p in bare] == [exactly(80e3)] * 2
    sold = owning(resale=(1.0, 0.5, 0.2), link_spares_usd_per_year=5e3)
    (payment,) = paid(sold, "spares", "own", "buy", "campus", 1, 2)
    assert payment.usd == exactly(5e3)


@pytest.mark.parametrize(
    ("account", "field"),
    [("maintenance", "maintenance_per_year"), ("spares", "failures_per_year")],
)
def test_upkeep_stops_when_a_system_is_sold(account: str, field: str) -> None:
    """Where it may be sold each year owned pays its own 0.1 · 0.8; the delivery itself pays none."""
    options = owning(resale=(1.0, 0.5, 0.2), **{field: 0.1})
    assert paid(options, account, "deliver", "buy", "campus", 1) == []
    for period in (1, 2):
        (payment,) = paid(options, account, "own", "buy", "campus", 1, period)
        assert (payment.period, payment.moment) == (period, "middle")
        assert payment.usd == exactly(0.08e6)
        assert cost(options, "own", "buy", "campus", 1, period) == exactly(0.08)


@pytest.mark.parametrize(("delivery", "left"), [(0, 0.4), (1, 0.6 * 0.8), (2, 0.8 * 0.6)])
def test_remaining_value_is_straight_line_on_the_cohorts_own_price(
    delivery: int, left: float
) -> None:
    """Life 5: after 3, 2 and 1 years 2/5, 3/5 and 4/5 of its own price, never of the last one's."""
    options = owning(life_years=5.0)
    (payment,) = paid(options, "remaining value", "deliver", "buy", "campus", delivery)
    assert (payment.period, payment.moment) == (2, "end")
    assert payment.usd == exactly(-left * 1e6)
    assert cost(options, "deliver", "buy", "campus", delivery) == exactly(
        FALLING[delivery] / 1e6 - left
    )


def test_remaining_value_counts_years_whatever_the_period() -> None:
    """Three quarters of a life of 3 years are over: 1 − 0.75 / 3 = 0.75 left of the first cohort."""
    options = world(periods=3, unit="quarter", offerings=[purchase(life_years=3.0)])
    assert total(options, "remaining value", "deliver", "buy", "campus", 0) == exactly(-0.75e6)


def test_nothing_remains_past_the_life() -> None:
    """Life 2: nothing left of the first year's cohort, 0 and half of the later ones'."""
    options = owning(life_years=2.0, held=2)
    left = [total(options, "remaining value", "deliver", "buy", "campus", v) for v in range(3)]
    assert left == [exactly(0.0), exactly(0.0), exactly(-0.3e6)]


def test_the_network_keeps_value_with_its_system() -> None:
    """(1 + 0.1) · (1 − 3/5) = 0.44 left, and 0.4 without a network."""
    wired = owning(life_years=5.0, fabric_usd=0.1e6)
    assert total(wired, "remaining value", "deliver", "buy", "campus", 0) == exactly(-0.44e6)
    bare = owning(life_years=5.0)
    assert total(bare, "remaining value", "deliver", "buy", "campus", 0) == exactly(-0.4e6)


def test_remaining_value_falls_to_whoever_still_owns_at_the_end() -> None:
    """Where it may be sold only ownership in the last year is worth 3/5 of 0.8; no delivery is."""
    options = owning(life_years=5.0, resale=(1.0, 0.5, 0.2))
    assert paid(options, "remaining value", "deliver", "buy", "campus", 1) == []
    assert paid(options, "remaining value", "own", "buy", "campus", 1, 1) == []
    (payment,) = paid(options, "remaining value", "own", "buy", "campus", 1, 2)
    assert (payment.period, payment.moment, payment.usd) == (2, "end", exactly(-0.48e6))


def test_remaining_value_decides_when_to_buy() -> None:
    """Work in the third year only, price 1 throughout, life 5.

    Bought then 4/5 is left: 4 · 0.2 = 0.8. Bought in the first 2/5: 2.4. If nothing is left, 4.
    """
    lasting = world(periods=3, demand=(0.0, 0.0, 4.0), offerings=[purchase(life_years=5.0)])
    assert solve(lasting).musd == exactly(0.8)
    early = purchase(life_years=5.0, max_per_period=(4.0, 0.0, 0.0))
    assert solve(world(periods=3, demand=(0.0, 0.0, 4.0), offerings=[early])).musd == exactly(2.4)
    assert solve(world(periods=3, demand=(0.0, 0.0, 4.0))).musd == exactly(4.0)
