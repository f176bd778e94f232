"""Sites, pools, onboarding and losses that make no sense, each with its valid twin."""

from __future__ import annotations

import pytest

from planner.options.join import join
from planner.scenario.load import load
from tests.support import GOOD, Mistake, assert_refused, edited, loaded, problems, written

HOME = "    facility: 20 USD/kW/month"
POOL = "hbm3e: {amount: 60 TB}"
FEEDER = "kind: grid, power: 1 MW, price: 2 MUSD, lead_time: 20 weeks, life: 20 year"
ENGINE = "kind: generation, power: 1 MW, price: 2 MUSD, lead_time: 20 weeks, life: 20 year, running: 60 USD/MWh"
CLASSES = "rack_classes: {dry: {density: 60 kW, racks: 80}, wet: {density: 140 kW, racks: 20}}"
HALL = "kind: shell, racks: 9, price: 2 MUSD, lead_time: 20 weeks, life: 20 year"
LEARN = "systems: [acme-fast], models: [small-8b], volume: 50 ktok/s"


def home(line: str) -> str:
    """One more key of the site."""
    return f"{HOME}\n    {line}"


def blocks(text: str) -> str:
    return home(f"blocks: {{b: {{{text}}}}}")


def pool(text: str) -> str:
    return f"hbm3e: {{{text}}}"


def rule(text: str) -> str:
    return f"policy:\n  {text}\n"


def learn(text: str) -> str:
    return f"onboarding: {{port: {{{LEARN}, {text}}}}}\npolicy:"


POWER = [
    Mistake("redundancy of nobody knows how many", "SCN050", "sites.home.redundancy", HOME, home("redundancy: N+1"), home("redundancy: 3+1"), says="3+1", mark="redundancy"),
    Mistake("redundancy said twice", "SCN050", "sites.home.usable_share", HOME, home("redundancy: 2N\n    usable_share: 50 %"), home("usable_share: 50 %"), mark="usable_share"),
    Mistake("usable share above one", "DOC007", "sites.home.usable_share", HOME, home("usable_share: 120 %"), home("usable_share: 100 %"), mark="usable_share"),
    Mistake("maintenance above all hours", "DOC007", "sites.home.maintenance", HOME, home("maintenance: {2027Q1: 1.2}"), home("maintenance: {2027Q1: 0.02}"), mark="maintenance"),
    Mistake("nobody accepts capping", "SCN057", "sites.home.oversubscription", HOME, home("oversubscription: 20 %"), home("oversubscription: 0 %"), mark="oversubscription"),
    Mistake("billed without a charge", "DOC004", "sites.home.demand_charge", HOME, home("billed_share: 85 %"), home("{billed_share: 85 %, demand_charge: 12 USD/kW/month}").replace("{b", "b").replace("%, d", "%\n    d").replace("h}", "h"), mark="home:"),
    Mistake("utility of nobody", "SCN001", "sites.home.large_load", HOME, home("demand_charge: 9 USD/kW/month\n    large_load: big-deal"), home("demand_charge: 9 USD/kW/month"), mark="large_load"),
    Mistake("utility that asks for nothing", "SCN001", "sites.home.large_load", HOME, home("demand_charge: 9 USD/kW/month\n    large_load: own"), home("demand_charge: 9 USD/kW/month"), says="no minimum_take", mark="large_load"),
    Mistake("demand charge at somebody else's site", "DOC003", "sites.cloud.demand_charge", "network_latency: 15 ms", "network_latency: 15 ms\n    demand_charge: 9 USD/kW/month", mark="demand_charge"),
    Mistake("demand charge on nothing", "DOC006", "sites.home.demand_charge", HOME, home("demand_charge: 9 USD/month"), home("demand_charge: 9 USD/kW/month"), mark="demand_charge"),
    Mistake("demand charge by energy", "DOC006", "sites.home.demand_charge", HOME, home("demand_charge: 0.1 USD/kWh"), home("demand_charge: 9 USD/kW/month"), mark="demand_charge"),
]  # fmt: skip

GROUND = [
    Mistake("block after the horizon", "SCN051", "sites.home.blocks.b.lead_time", HOME, blocks(FEEDER.replace("20 weeks", "160 weeks")), blocks(FEEDER), says="2027Q4", mark="    blocks:"),
    Mistake("shell with power", "SCN052", "sites.home.blocks.b.power", HOME, blocks(f"{HALL}, power: 1 MW"), blocks(HALL), mark="    blocks:"),
    Mistake("shell of nothing", "SCN052", "sites.home.blocks.b", HOME, blocks(HALL.replace("racks: 9, ", "")), blocks(HALL.replace("racks: 9", "liquid: 1 MW")), mark="    blocks:"),
    Mistake("feeder that burns fuel", "SCN052", "sites.home.blocks.b.running", HOME, blocks(f"{FEEDER}, running: 60 USD/MWh"), blocks(ENGINE), mark="    blocks:"),
    Mistake("generation without fuel", "DOC004", "sites.home.blocks.b.running", HOME, blocks(ENGINE.replace(", running: 60 USD/MWh", "")), blocks(ENGINE), mark="    blocks:"),
    Mistake("feeder without power", "DOC004", "sites.home.blocks.b.power", HOME, blocks(FEEDER.replace("power: 1 MW, ", "")), blocks(FEEDER), mark="    blocks:"),
    Mistake("negative lead time", "DOC007", "sites.home.blocks.b.lead_time", HOME, blocks(FEEDER.replace("20 weeks", "-2 weeks")), blocks(FEEDER), mark="    blocks:"),
    Mistake("unknown kind of block", "DOC005", "sites.home.blocks.b.kind", HOME, blocks(FEEDER.replace("grid", "gird")), blocks(FEEDER), mark="    blocks:"),
    Mistake("racks said twice", "SCN053", "sites.home.floor_load", "    rack_density: 60 kW", f"    {CLASSES}\n    floor_load: 900 kg", "    floor_load: 900 kg\n    rack_density: 60 kW", mark="floor_load"),
    Mistake("class at a site without any", "SCN053", "sites.home.blocks.b.rack_class", HOME, blocks(f"{HALL}, rack_class: wet"), blocks(HALL), mark="    blocks:"),
]  # fmt: skip

POOLS = [
    Mistake("all is lost", "SCN054", "pools.hbm3e.yield_loss", POOL, pool("amount: 60 TB, yield_loss: 100 %"), pool("amount: 60 TB, yield_loss: 4 %")),
    Mistake("negative yield", "DOC007", "pools.hbm3e.yield_loss", POOL, pool("amount: 60 TB, yield_loss: -4 %"), pool("amount: 60 TB, yield_loss: 0 %")),
    Mistake("nothing arrives", "SCN054", "pools.hbm3e", POOL, pool("carry_over: true"), pool("allocations: {lta: 60 TB}")),
    Mistake("allocation in another unit", "DOC006", "pools.hbm3e.allocations.lta", POOL, pool("allocations: {lta: 60 MW}"), pool("allocations: {lta: 60 TB}")),
    Mistake("draw of an unknown system", "SCN001", "pools.hbm3e.draws.acme-fats", POOL, pool("amount: 60 TB, draws: {acme-fats: 1 TB}"), pool("amount: 60 TB, draws: {acme-fast: 1 TB}"), says="acme-fast"),
    Mistake("draw without a unit", "DOC006", "pools.hbm3e.draws.acme-fast", POOL, pool("amount: 60 TB, draws: {acme-fast: 9}"), pool("amount: 60 TB, draws: {acme-fast: 9 GB}")),
    Mistake("negative draw", "DOC007", "pools.hbm3e.draws.acme-fast", POOL, pool("amount: 60 TB, draws: {acme-fast: -9 GB}"), pool("amount: 60 TB, draws: {acme-fast: 9 GB}")),
    Mistake("slots of a catalog pool", "SCN054", "pools.hbm3e.slots_of", POOL, pool("amount: 60 TB, slots_of: {vendors: [acme]}"), "acme-slots: {amount: 60 systems, slots_of: {vendors: [acme]}}"),
    Mistake("slots of an unknown vendor", "SCN001", "pools.slots.slots_of.vendors.0", POOL, "slots: {amount: 60 systems, slots_of: {vendors: [acne]}}", "slots: {amount: 60 systems, slots_of: {vendors: [acme]}}"),
    Mistake("slots in draws", "SCN054", "pools.slots.draws", POOL, "slots: {amount: 6 systems, slots_of: {vendors: [acme]}, draws: {acme-fast: 1 system}}", "slots: {amount: 6 systems, slots_of: {vendors: [acme]}}"),
]  # fmt: skip

LEARNING = [
    Mistake("onboarding beyond the horizon", "SCN056", "onboarding.port.time", "policy:", learn("time: 4 quarters"), learn("time: 3 quarters")),
    Mistake("onboarding of no workload's model", "SCN056", "onboarding.port.models.0", "policy:", learn("time: 1 quarter").replace("small-8b", "hybrid-8b"), learn("time: 1 quarter")),
    Mistake("onboarding of an unknown system", "SCN001", "onboarding.port.systems.0", "policy:", learn("time: 1 quarter").replace("acme-fast", "acme-fats"), learn("time: 1 quarter")),
    Mistake("onboarding twice", "SCN056", "onboarding.other.models.0", "policy:", f"onboarding: {{port: {{{LEARN}, time: 1 quarter}}, other: {{{LEARN}, time: 1 quarter}}}}\npolicy:", learn("time: 1 quarter")),
    Mistake("engineers for nothing", "DOC004", "onboarding.port.engineer_cost", "policy:", learn("time: 1 quarter, engineers: 4"), learn("time: 1 quarter, engineers: 4, engineer_cost: 0.4 MUSD/year")),
    Mistake("loss of an unknown site", "SCN001", "policy.site_loss.sites.0", "policy:\n", rule("site_loss: {share: 50 %, sites: [hone]}"), rule("site_loss: {share: 50 %, sites: [home]}"), mark="site_loss"),
]  # fmt: skip

MISTAKES = [*POWER, *GROUND, *POOLS, *LEARNING]


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_nonsense_is_named_with_its_code_its_line_and_its_key(tmp_path, mistake):
    path = written(tmp_path, edited(GOOD, (mistake.anchor, mistake.wrong)))
    found = problems(load, path)
    (problem,) = [p for p in found if p.key == mistake.key] or found
    assert_refused(problem, mistake, path)


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_its_sensible_twin_loads(tmp_path, mistake):
    loaded(tmp_path, (mistake.anchor, mistake.twin))


def test_a_block_names_a_class_that_the_site_has(tmp_path):
    """Of two classes one must be named, and rightly."""
    racks = ("    racks: 100\n    rack_density: 60 kW\n", f"    {CLASSES}\n")
    for name, code in (("wets", "SCN001"), ("", "SCN053")):
        hall = HALL + (f", rack_class: {name}" if name else "")
        path = written(tmp_path, edited(GOOD, racks, (HOME, blocks(hall))))
        (problem,) = problems(load, path)
        assert (problem.code, problem.key) == (code, "sites.home.blocks.b.rack_class")
    loaded(tmp_path, racks, (HOME, blocks(f"{HALL}, rack_class: wet")))


def test_dirty_generation_says_its_carbon_where_carbon_counts(tmp_path):
    priced = ("  service_level: 99 %", "  carbon_price: 50 USD/tCO2e")
    grid = f"{HOME}\n    carbon: 300 gCO2e/kWh"
    engine = "\n    blocks: {{b: {{{}}}}}"
    path = written(tmp_path, edited(GOOD, priced, (HOME, grid + engine.format(ENGINE))))
    (problem,) = problems(load, path)
    assert (problem.code, problem.key) == ("DOC004", "sites.home.blocks.b.carbon")
    clean = engine.format(f"{ENGINE}, carbon: 450 gCO2e/kWh")
    loaded(tmp_path, priced, (HOME, grid + clean))


def test_a_loss_that_nothing_survives_is_refused_before_the_solve(tmp_path):
    """Only home may serve chat within 16 ms; without that limit the cloud can take over."""
    loss = ("  service_level: 99 %", "  site_loss: {share: 50 %}")
    near = ("    shed_penalty: 20 USD/Mtok", "    shed_penalty: 20 USD/Mtok\n    residency: [us]")
    apart = (
        "  cloud:\n    kind: hosted\n    region: us",
        "  cloud:\n    kind: hosted\n    region: eu",
    )
    (problem,) = problems(join, loaded(tmp_path, loss, near, apart))
    assert (problem.code, problem.key) == ("SCN055", "policy.site_loss")
    assert "only 'home' can serve 'chat'" in problem.what
    assert join(loaded(tmp_path, loss)).policy.site_loss is not None


def test_a_loss_needs_a_second_site(tmp_path):
    text = edited(
        GOOD,
        ("  service_level: 99 %", "  site_loss: {share: 50 %}"),
        ("  cloud:\n    kind: hosted\n    region: us\n    network_latency: 15 ms\n", ""),
        ("  fast-rent: {system: acme-fast, contract: rent, sites: [cloud]}\n", ""),
    )
    (problem,) = problems(load, written(tmp_path, text))
    assert problem.code == "SCN055"
