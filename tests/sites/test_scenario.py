"""The keys of sites, onboarding and losses from a scenario file to the plan, and the scenario that ships."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.options.join import join
from planner.options.table import Options
from planner.plan.make import Plan
from planner.plan.store import run_inputs, save
from planner.plan.verify import verify
from planner.scenario.load import load
from tests.cli.command import called
from tests.plan.plans import SETTINGS, loaded, plan
from tests.support import GOOD, edited, written

HOME = "    facility: 20 USD/kW/month"
RACKS = "    racks: 100\n    rack_density: 60 kW"


def options(folder: Path, *edits: tuple[str, str]) -> Options:
    return join(load(written(folder, edited(GOOD, *edits))))


@pytest.mark.parametrize(
    ("text", "share"),
    [("redundancy: N", 1.0), ("redundancy: 2N", 0.5), ("redundancy: 3+1", 0.75), ("redundancy: 5+1", 5 / 6), ("usable_share: 80 %", 0.8)],
)  # fmt: skip
def test_redundancy_says_how_much_of_the_power_may_be_used(
    tmp_path: Path, text: str, share: float
) -> None:
    """2 MW installed and a feeder of 1 MW: both count at the share; what is billed does not."""
    feeder = (
        "blocks: {f: {kind: grid, power: 1 MW, price: 2 MUSD, lead_time: 20 weeks, life: 20 year}}"
    )
    home = options(tmp_path, (HOME, f"{HOME}\n    {text}\n    {feeder}")).places["home"]
    assert (home.power_kw[0], home.blocks[0].power_kw) == (2000 * share, 1000 * share)
    assert (home.contracted_kw[0], home.blocks[0].contracted_kw) == (2000.0, 1000.0)
    plain = options(tmp_path).places["home"]
    assert plain.power_kw == plain.contracted_kw


@pytest.mark.parametrize(
    ("weeks", "lag"), [("0 weeks", 0), ("1 week", 1), ("13 weeks", 1), ("14 weeks", 2)]
)
def test_commissioning_counts_in_whole_periods(tmp_path: Path, weeks: str, lag: int) -> None:
    home = options(tmp_path, (HOME, f"{HOME}\n    commissioning: {weeks}")).places["home"]
    assert home.lag == lag


def test_a_block_comes_in_the_first_period_after_its_lead_time(tmp_path: Path) -> None:
    """20 weeks after 20 November 2026 is 9 April: the third quarter of 2027, index 2."""
    feeder = (
        "blocks: {f: {kind: grid, power: 1 MW, price: 2 MUSD, lead_time: 20 weeks, life: 20 year}}"
    )
    home = options(tmp_path, (HOME, f"{HOME}\n    {feeder}")).places["home"]
    assert (home.blocks[0].first, home.blocks[0].life) == (2, 80)


def test_an_offer_too_dense_for_every_class_is_no_option_and_says_so(tmp_path: Path) -> None:
    thin = "    rack_classes: {a: {density: 2 kW, racks: 9}, b: {density: 1 kW, racks: 9}}"
    made = options(tmp_path, (RACKS, thin))
    (why,) = [e.why for e in made.exclusions if e.id == "fast-buy"]
    assert "kW a position against" in why
    fits = "    rack_classes: {a: {density: 60 kW, racks: 9}, b: {density: 1 kW, racks: 9}}"
    assert "fast-buy" in options(tmp_path, (RACKS, fits)).offerings


def test_a_weight_that_is_not_disclosed_is_said_and_one_that_is_supplied_is_checked(
    tmp_path: Path,
) -> None:
    """A floor for 900 kg: unknown weight stands with a caveat, two tonnes do not stand."""
    floor = (RACKS, f"{RACKS}\n    floor_load: 900 kg")
    made = options(tmp_path, floor)
    assert made.caveats == ("the floor at home is not checked for acme-fast: weight not disclosed",)
    assert options(tmp_path).caveats == ()
    heavy = (
        "  acme-lean:\n",
        "  acme-fast: {weight: {value: 2000 kg, basis: scale}}\n  acme-lean:\n",
    )
    (why,) = [e.why for e in options(tmp_path, floor, heavy).exclusions if e.id == "fast-buy"]
    assert "2000 kg a position against 900 at home" in why


def test_onboarding_is_made_for_each_model_with_its_cost_and_time(tmp_path: Path) -> None:
    """4 engineers for half a year at 0.4 MUSD: 0.8 MUSD, two quarters."""
    text = "onboarding: {port: {systems: [acme-fast], models: [small-8b], fee: 1 MUSD, time: 2 quarters, engineers: 4, engineer_cost: 0.4 MUSD/year, volume: 500 ktok/s}}\npolicy:"
    (entry,) = options(tmp_path, ("policy:", text)).onboardings
    assert (entry.id, entry.workloads, entry.periods) == ("port@small-8b", {"chat"}, 2)
    assert (entry.fee_usd, entry.engineers_usd) == (1e6, pytest.approx(0.8e6))
    assert entry.volume == pytest.approx(1.8)


@pytest.fixture(scope="module")
def expansion() -> Plan:
    return plan("expansion")


def test_the_expansion_scenario_grows_its_site(expansion: Plan) -> None:
    """It buys power and room at columbus, and its tables' limits hold what it bought."""
    assert {row["kind"] for row in expansion.tables["expansions"]} >= {"generation", "shell"}
    last = [r for r in expansion.tables["sites"] if r["site"] == "columbus"][-1]
    built = sum(row["power_mw"] for row in expansion.tables["expansions"])
    assert last["power_limit_mw"] == pytest.approx(3 * 0.75 + built)
    assert last["power_mw"] <= last["power_limit_mw"] + 1e-6
    assert last["positions"] <= last["positions_limit"] + 1e-6


def test_the_expansion_scenario_pays_for_all_of_it(expansion: Plan) -> None:
    accounts = {entry.account for entry in expansion.entries}
    assert accounts >= {
        "expansion", "generation", "energy displaced", "demand charge", "onboarding fee",
        "onboarding engineers", "moving", "remaining value",
    }  # fmt: skip
    total = sum(entry.pv_usd for entry in expansion.entries) / 1e6
    assert total == pytest.approx(expansion.objective_musd, rel=1e-6)


def test_the_expansion_scenario_survives_the_loss_of_either_site(expansion: Plan) -> None:
    """Dropping the rule never costs more, and here it saves."""
    free = plan("expansion", "policy.site_loss=null")
    assert free.objective_musd <= expansion.objective_musd + 1e-9


@pytest.mark.parametrize(
    ("edit", "cheaper"),
    [
        ("sites.columbus.demand_charge=null", True),
        ("onboarding=null", True),
        ("policy.move_cost=null", True),
        ("sites.columbus.redundancy=N", True),
        ("sites.columbus.blocks=null", False),
        ("sites.omaha.oversubscription=0", False),
        ("pools.hbm3e.yield_loss=30 %", False),
        ("sites.columbus.commissioning=20 weeks", False),
        ("sites.columbus.maintenance=20 %", False),
    ],
)
def test_each_key_moves_the_cost_its_way(expansion: Plan, edit: str, cheaper: bool) -> None:
    """A burden lifted saves, a freedom taken costs; none of the keys is dead."""
    from planner.plan.solved import solve

    sets = [edit] if "demand_charge" not in edit else [edit, "sites.columbus.billed_share=0"]
    other = solve(join(loaded("expansion", *sets)), SETTINGS).solution.objective
    assert (other < expansion.objective_musd - 1e-6) is cheaper
    assert (other > expansion.objective_musd + 1e-6) is not cheaper


def test_the_expansion_run_verifies(expansion: Plan, tmp_path: Path) -> None:
    folder = save(expansion, run_inputs(loaded("expansion"), SETTINGS), tmp_path)
    assert [check for check in verify(folder) if not check.passed] == []


def test_the_command_prints_what_must_be_prepared_and_what_was_not_checked(tmp_path: Path) -> None:
    shown = called("run", "expansion", "--out", str(tmp_path))
    assert "Power, room and platforms to prepare" in shown.out
    assert "engine@columbus" in shown.out
    assert "Caveat: the floor at columbus" in shown.out
    (saved,) = (tmp_path / "expansion").glob("*/plan.json")
    told = json.loads(saved.read_text(encoding="utf-8"))
    assert told["caveats"]
    assert told["freedoms"] == []
    plain = called("run", "quickstart", "--out", str(tmp_path))
    assert "to prepare" not in plain.out
