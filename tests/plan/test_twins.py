"""Twins beside the plan: business as usual, freedoms taken away, whole units, forced shed."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.options.join import join
from planner.plan.make import Plan, make_plan
from planner.plan.solved import solve
from planner.plan.twin import business_as_usual
from planner.scenario.load import load
from tests.plan.plans import SCENARIOS, SETTINGS, options, plan, small
from tests.support import GOOD, edited, written

FREE = "policy.service_level=0"
"""No row of policy is left in quickstart."""
WHOLE = "whole_units=true"
BARE = [
    (),
    ("workloads.chat-70b.demand=3 Mtok/s",),
    ("sites.columbus.power=100 kW",),
    ("offers.b200-on-demand.max_per_period=0", "offers.h100-on-demand.max_per_period=0"),
    ("offers.b200-buy.min_total=10",),
    ("policy.share_caps={half: {group: {vendors: [nvidia]}, at_most: 50 %}}",),
]
"""Worlds in which something is short, forced or capped."""


@pytest.mark.parametrize("sets", BARE, ids=lambda sets: sets[0] if sets else "as shipped")
def test_business_as_usual_is_always_feasible(sets: tuple[str, ...]) -> None:
    usual = solve(business_as_usual(options("quickstart", *sets)), SETTINGS)
    assert usual.solution.status == "optimal"


@pytest.mark.parametrize("sets", BARE[:4], ids=lambda sets: sets[0] if sets else "as shipped")
def test_business_as_usual_is_never_better_than_a_plan_without_policy(
    sets: tuple[str, ...],
) -> None:
    """Every bill of the twin is one the plan may choose."""
    made = plan("quickstart", FREE, *sets)
    assert made.bau.npv_usd <= made.headline.npv_usd + 1e-6 * abs(made.headline.npv_usd)


def test_business_as_usual_buys_nothing() -> None:
    made = plan("quickstart")
    assert made.bau.capex_usd == 0
    assert made.headline.capex_usd > 0


def forbid(group: str, *, title: str = "a freedom") -> tuple[str, ...]:
    return (FREE, f"counterfactuals={{it: {{title: {title}, forbid: {group}}}}}")


@pytest.mark.parametrize(
    "group",
    [
        "{systems: [nvidia-hgx-b200]}",
        "{vendors: [nvidia]}",
        "{gradients: [1]}",
        "{offers: [mi355x-buy]}",
    ],
)
def test_losing_a_freedom_never_pays(group: str) -> None:
    made = plan("quickstart", *forbid(group))
    assert made.counterfactuals["it"].costs_usd >= -1e-6 * abs(made.headline.npv_usd)


def test_losing_what_the_plan_uses_costs_and_losing_what_it_does_not_is_free() -> None:
    used = {line.id for line in plan("quickstart", FREE).verdicts if line.verdict == "chosen"}
    lost = {line.id for line in plan("quickstart", FREE).verdicts if line.verdict == "lost"}
    bought = sorted(name for name in used if name.endswith("-buy"))
    dear = plan("quickstart", *forbid(f"{{offers: [{', '.join(bought)}]}}"))
    free = plan("quickstart", *forbid(f"{{offers: [{', '.join(sorted(lost))}]}}"))
    assert bought
    assert lost
    assert dear.counterfactuals["it"].costs_usd > 1000
    assert free.counterfactuals["it"].costs_usd == pytest.approx(0.0, abs=1.0)


def test_what_a_freedom_costs_is_the_difference_of_the_npvs() -> None:
    made = plan("quickstart", *forbid("{systems: [nvidia-hgx-b200]}"))
    twin = made.counterfactuals["it"]
    assert twin.costs_usd == pytest.approx(made.headline.npv_usd - twin.headline.npv_usd, rel=1e-6)


def test_a_workload_forbidden_at_a_site_is_served_elsewhere() -> None:
    twin = "counterfactuals={it: {title: away, forbid_workloads: [chat-70b], at_sites: [columbus]}}"
    made = plan("quickstart", FREE, twin)
    assert made.counterfactuals["it"].costs_usd > 0
    assert made.counterfactuals["it"].headline.served_share > 0.5


def test_whole_units_are_whole_and_cost_no_less() -> None:
    whole, parts = plan("quickstart", WHOLE), plan("quickstart")
    for table in ("deliveries", "rentals"):
        for row in whole.tables[table]:
            assert row["systems"] == pytest.approx(round(row["systems"]), abs=1e-6)
    assert any(row["systems"] != round(row["systems"]) for row in parts.tables["deliveries"])
    assert whole.objective_musd >= parts.objective_musd - 1e-9
    assert whole.whole_units
    assert 0 <= whole.gap <= SETTINGS.gap


def test_rounding_costs_something_or_nothing_and_only_relaxed_plans_say_so() -> None:
    relaxed = plan("quickstart").rounding_cost_usd
    assert relaxed is not None
    assert relaxed >= 0
    assert plan("quickstart", WHOLE).rounding_cost_usd is None


SLOW = ("h200-buy", "b200-buy", "mi355x-buy")
HOSTED = ("b200-reserve-1y", "b200-on-demand", "h100-on-demand")
LATE = (
    *(f"offers.{name}.lead_time=40 weeks" for name in SLOW),
    *(f"offers.{name}.max_per_period=0" for name in HOSTED),
    "workloads.chat-70b.demand=2 Mtok/s",
    "policy.service_level=0",
)


def early_shed(made: Plan) -> dict[str, float]:
    """Tokens of each workload that the plan sheds before any purchase can arrive."""
    hours = {"peak": 2191.5 * 0.3, "off-peak": 2191.5 * 0.7, "any": 2191.5}
    tokens: dict[str, float] = {}
    for row in made.tables["shed"]:
        if row["period"] in ("2027Q1", "2027Q2", "2027Q3"):
            lost = row["tok_per_s"] * 3600 * hours[row["block"]]
            tokens[row["workload"]] = tokens.get(row["workload"], 0.0) + lost
    return tokens


def test_shed_that_no_order_of_today_can_avoid_is_reported() -> None:
    """Three quarters of wanting 2 Mtok/s with 40 old systems; no plan sheds less than the least."""
    made = plan("quickstart", *LATE)
    shed = sum(early_shed(made).values())
    assert 0.5 * shed < made.unavoidable_shed_tokens <= shed * (1 + 1e-6)


def test_nothing_is_unavoidable_where_nothing_is_shed() -> None:
    assert plan("quickstart").unavoidable_shed_tokens == 0.0


def test_a_plan_of_the_installed_fleet_alone_equals_business_as_usual(tmp_path: Path) -> None:
    made = small(tmp_path)
    assert made.headline.npv_usd == pytest.approx(made.bau.npv_usd, rel=1e-9)


def test_a_freedom_the_plan_cannot_do_without_leaves_the_plan_standing(tmp_path: Path) -> None:
    """All vendors forbidden leaves nothing to serve with: the twin has no plan, the plan has one."""
    text = edited(GOOD, ("policy:", "counterfactuals: {a: {title: all, forbid: {}}}\npolicy:"))
    world = load(written(tmp_path, text))
    made = make_plan(world, SETTINGS)
    assert made.headline.served_share == pytest.approx(1.0)


def test_the_twins_of_a_scenario_keep_its_world(tmp_path: Path) -> None:
    """Sites, demand and prices stay; only offers and policy go, and what could be built."""
    world = join(load(SCENARIOS / "quickstart.yaml"))
    usual = business_as_usual(world)
    assert usual.places == world.places
    grown = business_as_usual(options("expansion"))
    assert options("expansion").places["columbus"].blocks
    assert all(place.blocks == () for place in grown.places.values())
    assert usual.timeline is world.timeline
    assert set(usual.offerings) < set(world.offerings)
    assert all(usual.offerings[name].ownership != "own" or usual.offerings[name].fixed for name in usual.offerings)  # fmt: skip
