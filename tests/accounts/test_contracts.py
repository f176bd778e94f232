"""Contracts and markets: reservations, renting, resale, exit fees, penalties and spot supply."""

from __future__ import annotations

from typing import Any

import pytest

from planner.options.table import Options
from tests.world import (
    HOURS,
    YEARLY_MUSD,
    cost,
    exactly,
    paid,
    pool,
    purchase,
    rental,
    reservation,
    workload,
    world,
)

PROVES = (
    "reservation on deliver",
    "reservation on own",
    "on-demand on rent",
    "resale on sell",
    "exit fee on sell",
    "shed penalty on shed",
    "spot supply on spot",
)
RISING = (YEARLY_MUSD, 2 * YEARLY_MUSD, 3 * YEARLY_MUSD)


def reserving(**terms: Any) -> Options:
    """Terms of two years, signed at 1, 2 and 3 MUSD a year; three years in all."""
    return world(periods=3, offerings=[reservation(price=RISING, **{"held": 2, **terms})])


def test_a_reservation_pays_the_price_it_was_signed_at_in_every_year_of_its_term() -> None:
    """Signed in the first year: 1 in it and 1 in the second, though the price has doubled: 2."""
    payments = paid(reserving(), "reservation", "deliver", "term", "cloud", 0)
    assert [(p.period, p.moment, p.quantity) for p in payments] == [
        (0, "middle", HOURS),
        (1, "middle", HOURS),
    ]
    assert [p.usd for p in payments] == [exactly(1e6)] * 2
    assert cost(reserving(), "deliver", "term", "cloud", 0) == exactly(2.0)


def test_a_reservation_is_paid_inside_the_horizon_only() -> None:
    """Signed in the last year at 3: one year is paid, the second lies beyond."""
    payments = paid(reserving(), "reservation", "deliver", "term", "cloud", 2)
    assert [(p.period, p.usd) for p in payments] == [(2, exactly(3e6))]


def test_a_cancellable_reservation_is_paid_by_the_year_it_is_held() -> None:
    """Each year held pays its own: 2 MUSD in the second and in the third; the signing pays nothing."""
    options = reserving(exit_fee=0.25)
    assert paid(options, "reservation", "deliver", "term", "cloud", 1) == []
    for period in (1, 2):
        (payment,) = paid(options, "reservation", "own", "term", "cloud", 1, period)
        assert (payment.period, payment.moment, payment.usd) == (period, "middle", exactly(2e6))


def test_a_purchase_pays_no_reservation() -> None:
    """What is bought has no hours to pay, whether it may be sold or not."""
    options = world(periods=2, offerings=[purchase(), purchase("sold", resale=(1.0, 0.5))])
    assert paid(options, "reservation", "deliver", "buy", "campus", 0) == []
    assert paid(options, "reservation", "own", "sold", "campus", 0, 1) == []


def test_an_exit_fee_is_a_share_of_all_that_is_still_due() -> None:
    """Three-year term at 1 a year: ended after one, a quarter of 2 years is 0.5; after two, 0.25.

    What is due beyond the horizon counts: a term of five signed at 2 in the second year and ended
    in the third still owes four, a quarter of 8 is 2.
    """
    options = reserving(held=3, exit_fee=0.25)
    for period, usd in ((1, 0.5e6), (2, 0.25e6)):
        (payment,) = paid(options, "exit fee", "sell", "term", "cloud", 0, period)
        assert (payment.period, payment.moment) == (period, "start")
        assert payment.usd == exactly(usd)
    (long,) = paid(reserving(held=5, exit_fee=0.25), "exit fee", "sell", "term", "cloud", 1, 2)
    assert long.usd == exactly(0.25 * 2e6 * 4)


def test_an_exit_for_nothing_costs_nothing() -> None:
    """A fee of 0 is a payment of 0, and a purchase that is sold has no fee."""
    (payment,) = paid(reserving(exit_fee=0.0), "exit fee", "sell", "term", "cloud", 0, 1)
    assert payment.usd == exactly(0.0)
    selling = world(periods=2, offerings=[purchase(resale=(1.0, 0.5))])
    assert paid(selling, "exit fee", "sell", "buy", "campus", 0, 1) == []


def test_resale_gives_the_curves_share_of_the_cohorts_own_price() -> None:
    """Bought at 0.8 in the second year and sold a year later at 0.6 of it: −0.48 at the year's start.

    The first cohort, bought at 1, brings 0.6 after one year and 0.3 after two.
    """
    offer = purchase(price=(1e6, 0.8e6, 0.6e6), resale=(1.0, 0.6, 0.3), fabric_usd=1e5)
    options = world(periods=3, offerings=[offer])
    (payment,) = paid(options, "resale", "sell", "buy", "campus", 1, 2)
    assert (payment.period, payment.moment, payment.quantity) == (2, "start", 1.0)
    assert payment.usd == exactly(-0.48e6)
    assert cost(options, "sell", "buy", "campus", 0, 1) == exactly(-0.6)
    assert cost(options, "sell", "buy", "campus", 0, 2) == exactly(-0.3)


def test_beyond_its_last_point_the_resale_curve_stays_flat_and_a_term_has_none() -> None:
    """A curve of two points holds its last share, 0.5; a reservation given back brings nothing."""
    options = world(periods=3, offerings=[purchase(resale=(1.0, 0.5))])
    assert cost(options, "sell", "buy", "campus", 0, 2) == exactly(-0.5)
    assert paid(reserving(exit_fee=0.25), "resale", "sell", "term", "cloud", 0, 1) == []


@pytest.mark.parametrize(("block", "hours"), [(0, 2191.5), (1, 6574.5)])
def test_renting_pays_the_hours_of_its_block_at_the_price_of_its_period(
    block: int, hours: float
) -> None:
    """A quarter and three quarters of the year, at 10 USD an hour in the first year, 20 in the second."""
    options = world(periods=2, blocks=(0.25, 0.75), offerings=[rental(price=(10.0, 20.0))])
    for period, price in ((0, 10.0), (1, 20.0)):
        (payment,) = paid(options, "on-demand", "rent", "hour", "cloud", period, block)
        assert (payment.period, payment.moment) == (period, "middle")
        assert (payment.quantity, payment.usd) == (exactly(hours), exactly(hours * price))


def test_shed_tokens_are_paid_at_the_workloads_penalty() -> None:
    """1 Gtok/h through a block of 2,191.5 hours is 2,191,500 Mtok; at 2 USD per Mtok 4.383 MUSD."""
    per_year = 2 * HOURS * 1000 / 1e6
    options = world(blocks=(0.25, 0.75), demands=[workload(4.0, shed_musd=per_year)])
    (payment,) = paid(options, "shed penalty", "shed", "chat", 0, 0)
    assert (payment.period, payment.moment) == (0, "middle")
    assert (payment.quantity, payment.usd) == (exactly(2191500.0), exactly(4.383e6))


def test_deferrable_work_is_shed_over_the_whole_period() -> None:
    """1 Gtok/h of the mean through 8,766 hours at 2 USD per Mtok: 17.532 MUSD."""
    per_year = 2 * HOURS * 1000 / 1e6
    demand = workload(4.0, shed_musd=per_year, deferrable=True)
    options = world(blocks=(0.25, 0.75), demands=[demand])
    (payment,) = paid(options, "shed penalty", "shed", "chat", 0, -1)
    assert (payment.quantity, payment.usd) == (exactly(8766000.0), exactly(17.532e6))


def test_spot_units_are_paid_when_bought() -> None:
    """A lot of 1,000 units at 200, then 300 USD a unit: 0.2 and 0.3 MUSD at the start of the year."""
    options = world(
        periods=2, offerings=[purchase(draws={"hbm": 500.0})], supplies=[pool(0.0, spot=(200.0, 300.0))]
    )  # fmt: skip
    for period, musd in ((0, 0.2), (1, 0.3)):
        (payment,) = paid(options, "spot supply", "spot", "hbm", period)
        assert (payment.period, payment.moment, payment.quantity) == (period, "start", 1000.0)
        assert payment.usd == exactly(musd * 1e6)
        assert cost(options, "spot", "hbm", period) == exactly(musd)
