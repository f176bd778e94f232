"""The scenarios that ship: what they hold, and what their plans show."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from planner.errors import InvalidData
from planner.plan.make import Plan, make_plan
from planner.plan.solved import solve
from planner.plan.store import run_inputs, save
from planner.plan.verify import verify
from planner.program.build import build
from planner.program.state import state
from planner.scenario.load import Loaded
from planner.solver.second_opinion import cbc_objective
from tests.plan.plans import SETTINGS, loaded, options, plan

SEVEN_KINDS = {
    "nvidia-hgx-h100", "nvidia-hgx-h200", "nvidia-hgx-b200", "nvidia-hgx-b300", "nvidia-gb200-nvl72",
    "nvidia-gb300-nvl72", "nvidia-vera-rubin-nvl72", "amd-mi300x", "amd-mi325x", "amd-mi355x", "intel-gaudi-3",
    "cerebras-cs-3", "google-tpu-v6e", "google-tpu-v7", "google-tpu-8t", "google-tpu-8i", "aws-trainium2",
    "aws-trainium3", "aws-inferentia2", "huawei-ascend-910c", "huawei-ascend-950pr", "huawei-ascend-950dt",
    "huawei-atlas-950", "huawei-atlas-960", "meta-mtia", "microsoft-maia-200", "groq-lpu-v1-rack", "groq-lpx-rack",
    "sambanova-sn40l-rack", "d-matrix-corsair", "d-matrix-raptor", "etched-sohu", "taalas-hc1", "qant-npu-2",
}  # fmt: skip
"""Every system that the interface document names."""


@pytest.fixture(scope="module")
def world() -> Loaded:
    return loaded("reference")


@pytest.fixture(scope="module")
def reference(world: Loaded) -> Plan:
    return make_plan(world, SETTINGS)


@pytest.fixture(scope="module")
def as_claimed() -> Plan:
    return make_plan(loaded("as-claimed", "counterfactuals=null"), SETTINGS)


@pytest.mark.filterwarnings("ignore:PULP_CBC_CMD:DeprecationWarning")
@pytest.mark.parametrize(
    "sets", [(), ("whole_units=true", "horizon.periods=2")], ids=["linear", "whole"]
)
def test_two_solvers_agree_on_the_quickstart(sets: tuple[str, ...]) -> None:
    world = options("quickstart", *sets)
    status, musd = cbc_objective(state(build(world)))
    ours = solve(world, SETTINGS).solution
    assert status == "optimal"
    assert ours.objective == pytest.approx(musd, rel=SETTINGS.gap if sets else 1e-6)


def test_the_reference_is_a_decision_of_full_size(world: Loaded) -> None:
    scenario = world.scenario
    assert len(scenario.offers) >= 25
    assert len(scenario.workloads) >= 9
    assert (scenario.horizon.periods, scenario.horizon.unit) == (20, "quarter")
    assert Counter(site.kind == "hosted" for site in scenario.sites.values()) == {False: 2, True: 1}
    assert set(scenario.pools) >= {"hbm3e", "hbm4"}


def test_every_kind_of_system_has_its_verdict(reference: Plan) -> None:
    assert {line.system for line in reference.verdicts} >= SEVEN_KINDS


def test_every_gradient_is_on_offer_and_at_least_three_are_chosen(
    world: Loaded, reference: Plan
) -> None:
    chips = world.catalog.chips
    on_offer = {chips[world.catalog.systems[o.system].chip].gradient for o in world.scenario.offers.values()}  # fmt: skip
    chosen = {row["gradient"] for row in reference.tables["fleet"]}
    assert on_offer >= {1, 2, 3, 4, 5, 6, 7}
    assert len(chosen) >= 3


def test_photonic_compute_stands_beside_the_spectrum_and_is_never_alone(reference: Plan) -> None:
    (line,) = [v for v in reference.verdicts if v.system == "qant-npu-2"]
    assert (line.verdict, line.gradient) == ("excluded", None)
    assert "coprocessor" in line.why


def test_power_racks_and_hbm_each_have_a_price_somewhere(reference: Plan) -> None:
    priced = {(s.family, s.subject) for s in reference.scarcities if s.usd_per_unit > 0}
    assert any(family == "power" for family, _ in priced)
    assert any(family == "racks" for family, _ in priced)
    assert ("supply", "hbm3e") in priced


def test_the_reference_plan_beats_business_as_usual_and_serves_nearly_all(reference: Plan) -> None:
    assert reference.headline.npv_usd > reference.bau.npv_usd
    assert reference.headline.served_share > 0.97
    assert reference.bau.served_share < reference.headline.served_share


def test_serving_far_away_is_worth_something(reference: Plan) -> None:
    """The counterfactual that ships: agents and batch kept from the remote site."""
    assert reference.counterfactuals["agents-stay-home"].costs_usd > 0


def test_the_reference_run_verifies(reference: Plan, world: Loaded, tmp_path: Path) -> None:
    folder = save(reference, run_inputs(world, SETTINGS), tmp_path)
    failed = [check for check in verify(folder) if not check.passed]
    assert failed == []


def test_taking_claims_at_their_word_changes_the_answer(reference: Plan, as_claimed: Plan) -> None:
    assert as_claimed.objective_musd != pytest.approx(reference.objective_musd, rel=1e-3)
    assert as_claimed.headline.usd_per_mtok != pytest.approx(reference.headline.usd_per_mtok, rel=1e-3)  # fmt: skip


def test_claims_above_physics_are_listed_only_where_claims_are_believed(
    reference: Plan, as_claimed: Plan
) -> None:
    assert reference.capped_claims == []
    assert as_claimed.capped_claims
    assert all("physical bound" in line for line in as_claimed.capped_claims)
    assert any(line.startswith("etched-sohu") for line in as_claimed.capped_claims)


def test_the_quickstart_is_small_and_its_plan_spends(tmp_path: Path) -> None:
    made = plan("quickstart")
    assert made.solved.arrays.columns < 1000
    assert made.headline.capex_usd > 0
    assert made.headline.served_share == pytest.approx(1.0, abs=0.02)


def test_pools_are_drawn_in_the_quarter_of_the_order_date(reference: Plan) -> None:
    """Summing what each order takes by its printed order date gives the pool table's draws."""
    options = reference.solved.options
    timeline = options.timeline
    drawn: dict[tuple[str, str], float] = {}
    for row in reference.tables["deliveries"]:
        if row["order_by"]:
            index = max(0, timeline.index_at(date.fromisoformat(row["order_by"])))
            for pool, each in options.offerings[row["offer"]].draws.items():
                key = (pool, timeline.periods[index].label)
                drawn[key] = drawn.get(key, 0.0) + each * row["systems"]
    for row in reference.tables["pools"]:
        assert row["drawn"] == pytest.approx(drawn.get((row["pool"], row["period"]), 0.0), abs=1e-6)
    assert drawn


def test_a_share_cap_that_cannot_weigh_its_group_is_refused() -> None:
    """Google's hosts have no public power; NVIDIA's have, and the same cap on them is taken."""
    cap = "policy.share_caps.g={{group: {{vendors: [{}]}}, at_most: 90 %}}"
    with pytest.raises(InvalidData, match=r"SCN016.*share_caps\.g"):
        options("reference", cap.format("google"))
    assert options("reference", cap.format("nvidia")).policy.share_caps["g"].at_most == 0.9
