"""How far a winner's price may rise, and what a limit is worth on either side."""

from __future__ import annotations

from dataclasses import replace

from planner.options.table import Options
from planner.plan.hot import Hot
from planner.plan.price.room import room
from planner.plan.price.sides import with_sides
from planner.plan.scarcity import Scarcity, scarcities, shadow_prices
from planner.plan.solved import solve
from tests.decisions.asking import hot, slope_of
from tests.world import exactly, purchase, rental, system, workload, world


def test_a_winner_leaves_where_the_next_best_takes_over() -> None:
    """2 Gtok/h for 1.5 MUSD against 1 for 1: it leaves at 2 MUSD, and losing it costs 4 − 3."""
    rival = purchase("rival", "fast", price=1.5e6)
    options = world(systems=(system(), system("fast", rate=2.0)), offerings=(purchase(), rival))
    session = hot(options)
    found = room(session, slope_of(options, session, "rival"), "rival")
    assert found is not None
    assert (found.leaves, found.shrinks, found.without_musd) == exactly((4 / 3, 4 / 3, 1.0))


def test_a_winner_shrinks_before_it_leaves() -> None:
    """Bought at 1.5 for 2 Gtok/h against a rental at 0.9 MUSD a Gtok/h for up to 1 of it, then 2.

    It gives way to the first rental at 1.8, and to the last only at 4.
    """
    near = rental("near", price=0.9e6 / 8766, max_per_period=(1.0,) * 20)
    far = rental("far", price=2e6 / 8766)
    rival = purchase("rival", "fast", price=1.5e6)
    fast = system("fast", rate=2.0)
    options = world(systems=(system(), fast), offerings=(near, far, rival))
    session = hot(options)
    found = room(session, slope_of(options, session, "rival"), "rival")
    assert found is not None
    assert (found.shrinks, found.leaves) == exactly((1.8 / 1.5, 4 / 1.5))


def test_what_no_plan_can_do_without_never_leaves() -> None:
    """The only offer, under a service level of everything."""
    options = world(demands=(workload(4.0, service_level=1.0),))
    session = hot(options)
    found = room(session, slope_of(options, session, "buy"), "buy")
    assert found is not None
    assert (found.leaves, found.without_musd) == (None, None)


def sided(options: Options) -> Scarcity:
    """The first scarcity of a world, confirmed on both sides."""
    plan = solve(options)
    prices = shadow_prices(plan.arrays, plan.labels, plan.solution)
    return with_sides(Hot.at_units(plan), scarcities(options, prices), 1)[0]


def test_a_limit_with_a_bend_ahead_has_two_prices() -> None:
    """3 MW of the 3.5 asked for: half of one more is used, 4.5 MUSD; one less costs 9."""
    found = sided(world(power_mw=3.0, demand=3.5))
    assert (found.usd_per_unit, found.more_usd_per_unit, found.less_usd_per_unit) == exactly((9e6, 4.5e6, 9e6))  # fmt: skip
    assert found.sentence == "one more MW of power at campus in 2027 is worth 4.5 MUSD, one less costs 9 MUSD"  # fmt: skip


def test_a_limit_far_from_a_bend_has_one() -> None:
    """Twin: of 5 asked for, both sides are worth 9."""
    found = sided(world(power_mw=3.0, demand=5.0))
    assert (found.more_usd_per_unit, found.less_usd_per_unit) == exactly((9e6, 9e6))
    assert found.sentence == "one more MW of power at campus in 2027 is worth 9 MUSD"


def test_a_limit_that_holds_from_a_period_on_is_moved_as_a_step() -> None:
    """Two years at 3 MW, systems kept: one more from 2027 on saves 2 · 10 − 1 of its price."""
    found = sided(world(power_mw=3.0, demand=5.0, periods=2))
    assert (found.usd_per_unit, found.more_usd_per_unit) == exactly((19e6, 19e6))


def test_a_minimum_is_said_the_other_way_round_on_both_sides() -> None:
    """4 asked for and 6 taken at 1 MUSD each: one less saves 1, one more costs 1; at 4.5 a half saves 0.5."""
    found = sided(world(offerings=(purchase(min_total=6.0),)))
    assert (found.usd_per_unit, found.more_usd_per_unit, found.less_usd_per_unit) == exactly((-1e6, -1e6, -1e6))  # fmt: skip
    assert found.sentence == "one system less in the minimum asked of buy saves 1 MUSD"
    found = sided(world(offerings=(purchase(min_total=4.5),)))
    assert found.sentence == "one system less in the minimum asked of buy saves 500 kUSD, one more costs 1 MUSD"  # fmt: skip


def test_a_maximum_of_the_same_offer_keeps_its_own_sentence() -> None:
    """Twin: at most 3 of 4, the least of 2 met anyway: one more saves 10 and costs 1."""
    found = sided(world(offerings=(purchase(min_total=2.0, max_total=3.0),)))
    assert found.sentence.startswith("one more system of buy on offer")
    assert found.usd_per_unit == exactly(9e6)


def test_a_whole_unit_plan_is_priced_at_its_units() -> None:
    """3 of 5 asked for; the third system is whole, so half a megawatt more would not matter: 0 by units."""
    options = replace(world(power_mw=3.0, demand=5.0), whole_units=True)
    plan = solve(options)
    session = Hot.at_units(plan)
    assert session.base.objective == exactly(plan.solution.objective)
    with session.question():
        row = session.row_of["power", ("campus", 0)]
        session.limit([row], session.arrays.row_lower[[row]], session.arrays.row_upper[[row]] + 1)
        assert session.solve().objective == exactly(plan.solution.objective)
