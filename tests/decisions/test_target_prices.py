"""A target price is where an offer that lost breaks even: in at 1 % below, out at 1 % above."""

from __future__ import annotations

from typing import Any

import pytest

from planner.options.table import Options
from planner.plan.price.target import Target, target, window_part
from tests.decisions.asking import hot, ordered, priced, slope_of
from tests.world import exactly, purchase, rental, system, world

TWICE = system("fast", rate=2.0)


def rivals(price: Any = 3e6, terms: dict[str, Any] | None = None, **others: Any) -> Options:
    """A system of 1 Gtok/h for 1 MUSD, and a rival of 2 Gtok/h that asks ``price``."""
    rival = purchase("rival", "fast", price=price, **(terms or {}))
    offerings = (others.pop("incumbent", purchase()), rival)
    return world(systems=(system(), TWICE), offerings=offerings, **others)


def found(options: Options, offer: str = "rival") -> Target | None:
    """Its target price for any date."""
    session = hot(options)
    return target(session, slope_of(options, session, offer), offer)


def turns(options: Options, at: Target, offer: str = "rival") -> tuple[bool, bool]:
    """Whether plans solved from nothing order it at 1 % below and at 1 % above."""
    below, above = (ordered(priced(options, offer, at.factor * by), offer) for by in (0.99, 1.01))
    return below > 0, above > 0


def test_a_rival_twice_as_fast_wins_at_twice_the_price() -> None:
    """It asks 3 MUSD; two systems at 1 do its work, so it wins at 2: two thirds of what it asks."""
    options = rivals()
    at = found(options)
    assert at is not None
    assert (at.factor, at.price_usd, at.asked_usd) == exactly((2 / 3, 2e6, 3e6))
    assert at.proven
    assert turns(options, at) == (True, False)


def test_a_dearer_incumbent_raises_the_target() -> None:
    """Twin: against 1.2 MUSD it wins at 2.4."""
    at = found(rivals(incumbent=purchase(price=1.2e6)))
    assert at is not None
    assert at.price_usd == exactly(2.4e6)


def test_upkeep_that_scales_with_the_price_is_priced() -> None:
    """A quarter of the price a year for its one year: 1.25 p = 2, so p = 1.6 MUSD."""
    options = rivals(terms={"maintenance_per_year": 0.25})
    at = found(options)
    assert at is not None
    assert at.price_usd == exactly(1.6e6)
    assert turns(options, at) == (True, False)


def test_what_remains_at_the_horizon_is_priced() -> None:
    """After one year of a life of two, half the price is credited: p / 2 = 2, so p = 4 of 5 asked."""
    options = rivals(5e6, terms={"life_years": 2.0})
    at = found(options)
    assert at is not None
    assert at.price_usd == exactly(4e6)
    assert turns(options, at) == (True, False)


def test_a_resale_that_scales_with_the_price_is_priced() -> None:
    """Needed in the first of two years alone and sold for half: p − p / 2 = 2 · 1, so p = 4 of 5 asked."""
    terms = {"resale": (1.0, 0.5, 0.25)}
    options = rivals(5e6, terms=terms, periods=2, demand=(2.0, 0.0), incumbent=purchase(held=1))
    at = found(options)
    assert at is not None
    assert at.price_usd == exactly(4e6)
    assert turns(options, at) == (True, False)


def test_the_budget_it_would_take_is_priced_too() -> None:
    """With 2 MUSD to spend a dollar of budget is worth 9 more; 2 · 10 − p − 9 p = 0 at p = 2.

    Its reduced cost alone, at the price it asks in the budget row, would say 20 − p − 9 · 3 = 0,
    a price below nothing.
    """
    options = rivals(policy={"budget": {2027: "2 MUSD"}})
    at = found(options)
    assert at is not None
    assert at.price_usd == exactly(2e6)
    assert turns(options, at) == (True, False)


def test_an_offer_that_wastes_what_is_scarce_would_not_win_for_nothing() -> None:
    """4 MW; it takes 10 MW for 1 Gtok/h worth 10, and displaces ten systems worth 9 each."""
    hungry = system("fast", rate=1.0, kw=10_000.0)
    options = world(
        systems=(system(), hungry),
        offerings=(purchase(), purchase("rival", "fast")),
        power_mw=4.0,
        demand=8.0,
    )
    assert found(options) is None


def test_the_same_offer_wins_for_something_where_power_is_ample() -> None:
    """Twin: with power for all it does one system's work, and ties at 1 MUSD; it asks 3."""
    hungry = system("fast", rate=1.0, kw=10_000.0)
    offerings = (purchase(), purchase("rival", "fast", price=3e6))
    at = found(world(systems=(system(), hungry), offerings=offerings, demand=8.0))
    assert at is not None
    assert at.price_usd == exactly(1e6)


def test_an_hourly_price_is_a_target_too() -> None:
    """Rented for a year against one bought at 1 MUSD: 1 MUSD over 8,766 hours."""
    offerings = (purchase(), rental(price=200.0))
    options = world(offerings=offerings)
    at = found(options, "hour")
    assert at is not None
    assert at.price_usd == exactly(1e6 / 8766)
    assert turns(options, at, "hour") == (True, False)


def test_an_order_in_the_window_has_its_own_price_and_date() -> None:
    """Systems last a year. It asks 3 MUSD for 2027, 2.5 for 2028, and does 2 MUSD of work in either.

    For any date it wins for 2028 at 2.0 of 2.5; ordered in the ninety days after 1 January 2027,
    for 2027, at 2.0 of 3.
    """
    options = rivals((3e6, 2.5e6), {"held": 1}, periods=2, incumbent=purchase(held=1), demand=2.0)
    session = hot(options)
    slope = slope_of(options, session, "rival")
    anywhen = target(session, slope, "rival")
    now = target(session, window_part(session, slope, "rival"), "rival")
    assert anywhen is not None
    assert now is not None
    assert (anywhen.delivery, anywhen.factor, anywhen.price_usd) == ("2028", exactly(0.8), exactly(2e6))  # fmt: skip
    assert (now.delivery, now.factor, now.price_usd) == ("2027", exactly(2 / 3), exactly(2e6))
    assert (anywhen.proven, now.proven) == (True, True)


def test_no_order_due_in_the_window_has_no_price() -> None:
    """Twin: it can be had from 2028 on, for an order of January 2028."""
    options = rivals((3e6, 2.5e6), {"held": 1, "first": 1}, periods=2, incumbent=purchase(held=1))
    session = hot(options)
    slope = slope_of(options, session, "rival")
    assert window_part(session, slope, "rival").empty
    assert target(session, window_part(session, slope, "rival"), "rival") is None


def test_questions_leave_the_session_as_it_was() -> None:
    options = rivals(policy={"budget": {2027: "2 MUSD"}})
    session = hot(options)
    slope = slope_of(options, session, "rival")
    first = target(session, slope, "rival")
    assert session.solve().objective == pytest.approx(session.base.objective, rel=1e-12)
    assert target(session, slope, "rival") == first
