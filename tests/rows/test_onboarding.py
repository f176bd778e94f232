"""Onboarding: a fee and a wait before a platform serves a model for the first time.

Four systems at 1 MUSD serve 4 Gtok/h; teaching them the model costs 2 MUSD, in relaxed plans
spread over 4 Gtok/h.
"""

from __future__ import annotations

from planner.plan.grounds import beyond_volume
from planner.plan.solved import solve as solved
from tests.world import exactly, onboarding, purchase, solve, system, workload, world

PROVES = ("onboarding",)


def test_a_relaxed_plan_spreads_the_cost_over_the_stated_volume() -> None:
    """At the volume all of it, 4 + 2; at half of it half, 2 + 1. Without the row 4."""
    options = world(onboardings=[onboarding()])
    assert solve(options).musd == exactly(6.0)
    assert solve(world(onboardings=[onboarding()], demand=2.0)).musd == exactly(3.0)
    assert solve(options, without="onboarding").musd == exactly(4.0)
    assert solve(world()).musd == exactly(4.0)


def test_a_relaxed_plan_that_outgrows_the_volume_says_so() -> None:
    """4 Gtok/h over a stated 2: charged twice, 4 + 4, and said; at 4 charged once, and nothing to say."""
    small = solved(world(onboardings=[onboarding(volume=2.0)]))
    assert small.solution.objective == exactly(8.0)
    (caveat,) = beyond_volume(small.answer)
    assert "port@chat is charged 2.0 times" in caveat
    assert beyond_volume(solved(world(onboardings=[onboarding()])).answer) == []


def test_a_whole_unit_plan_pays_once_or_not_at_all() -> None:
    """2 Gtok/h: 2 + 2 whole. A platform that knows the model at 1.4 a system: 2.8 for 2, and 5.6 < 6 for 4.

    At 1.6 four of them cost 6.4, and onboarding is worth it: 6.
    """
    whole = {"onboardings": [onboarding()], "whole_units": True}
    assert solve(world(demand=2.0, **whole)).musd == exactly(4.0)
    systems = [system(), system("known")]
    for price, musd in ((1.4e6, 5.6), (1.6e6, 6.0)):
        offers = [purchase(), purchase("other", "known", price=price)]
        assert solve(world(systems=systems, offerings=offers, **whole)).musd == exactly(musd)


def test_it_is_paid_once_for_every_period_and_block() -> None:
    """Three years in two halves of a day: still 4 + 2, relaxed or whole."""
    given = {"onboardings": [onboarding()], "periods": 3, "blocks": (0.5, 0.5)}
    assert solve(world(**given)).musd == exactly(6.0)
    assert solve(world(whole_units=True, **given)).musd == exactly(6.0)


def test_the_first_service_waits_for_it() -> None:
    """A year of work: 40 shed in the first of two years, then 4 + 2; with none 6."""
    assert solve(world(onboardings=[onboarding(periods=1)], periods=2)).musd == exactly(46.0)
    assert solve(world(onboardings=[onboarding()], periods=2)).musd == exactly(6.0)


def test_a_service_level_waits_for_it() -> None:
    """All must be served from the second year on, when the platform can first have learned."""
    demands = [workload(4.0, service_level=1.0)]
    options = world(onboardings=[onboarding(periods=1)], periods=2, demands=demands)
    assert solve(options).musd == exactly(46.0)


def test_another_model_on_the_platform_is_free() -> None:
    """Only batch must be learned, 2 of 4 Gtok/h: 4 + 2 · 2 / 4 = 5."""
    demands = [workload(2.0), workload(2.0, "batch")]
    both = [system(rate={"chat": 1.0, "batch": 1.0})]
    learned = [onboarding(workloads=("batch",))]
    options = world(demands=demands, systems=both, onboardings=learned)
    assert solve(options).musd == exactly(5.0)


def test_work_that_waits_is_learned_once_too() -> None:
    """Deferrable, all served in a quarter of the day: 16 Gtok/h there count as onboarded: 16 + 2 whole."""
    demands = [workload(4.0, deferrable=True)]
    given = {"demands": demands, "blocks": (0.25, 0.75), "onboardings": [onboarding()]}
    assert solve(world(whole_units=True, **given)).musd == exactly(6.0)
