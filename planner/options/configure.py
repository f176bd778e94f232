"""A system with its wiring, power, space and speeds: what serves, wherever it came from."""

from __future__ import annotations

from dataclasses import replace

from planner.catalog.load import Catalog
from planner.catalog.system import System
from planner.fabric.wire import Wired
from planner.options.needs import Needs
from planner.options.software import software_of
from planner.options.table import Configuration
from planner.options.wiring import wired_system
from planner.scenario.schema import Scenario
from planner.scenario.workload import Workload
from planner.serving.estimate import Estimator
from planner.serving.network import OWN, Network
from planner.serving.rate import Rate, Refusal, Request


def configure(
    catalog: Catalog,
    scenario: Scenario,
    system_id: str,
    estimator: Estimator,
    fabric_id: str = "",
    etched_for: str = "",
) -> Configuration | str:
    """The configuration of one system in one fabric, or why it serves nothing that is asked for.

    fabric_id: empty where no fabric is named; its id is then the system's own. etched_for: model
    that model-etched silicon is made for; empty: what it holds today.
    """
    system = catalog.systems[system_id]
    closed = why_not_open(system, catalog)
    if closed:
        return closed
    needs = Needs(catalog, system, scenario.timeline.as_of)
    bare = _bare(system, needs)
    if needs.missing:
        return "; ".join(needs.missing)
    if etched_for:
        bare = replace(bare, id=f"{system_id}:{etched_for}", etched_for=etched_for)
    if not fabric_id:
        return _serving(bare, scenario, estimator)
    wired = wired_system(catalog, scenario, system, bare.chips, fabric_id)
    if isinstance(wired, str):
        return wired
    draw = {
        name: getattr(bare, name) + wired.kw for name in ("provisioned_kw", "serving_kw", "idle_kw")
    }
    named = replace(bare, id=f"{bare.id}@{fabric_id}", wired=wired, **draw)
    return _serving(named, scenario, estimator)


def _bare(system: System, needs: Needs) -> Configuration:
    """The system without network or speeds; what it lacks is noted in ``needs``."""
    chip = needs.catalog.chips[system.chip]
    chips = needs.known(system.chips, "chips per system")
    provisioned = positions = 0.0
    if system.channel == "cloud only":
        figure = system.power_provisioned
        provisioned = figure.value(needs.as_of) or 0.0 if figure else 0.0
    else:
        provisioned = needs.known(system.power_provisioned, "power")
        positions = needs.known(system.racks, "rack positions")
    serving = needs.practised(system.power_serving, "serving_power_share", provisioned)
    idle = needs.practised(system.power_idle, "idle_power_share", provisioned)
    return Configuration(
        id=system.id,
        system=system.id,
        chip=chip.id,
        vendor=system.vendor,
        gradient=chip.gradient,
        family=chip.family,
        chips=chips,
        provisioned_kw=provisioned,
        serving_kw=serving,
        idle_kw=min(idle, serving),
        positions=positions,
        liquid=system.cooling == "liquid",
        availability=needs.practised(None, "availability"),
        stacked_memory=chip.stacked_memory,
        rates={},
        refusals={},
        weight_kg=system.weight.value(needs.as_of) if system.weight else None,
    )


def _serving(bare: Configuration, scenario: Scenario, estimator: Estimator) -> Configuration | str:
    """The configuration with its rates, or why it serves none of the workloads."""
    rates: dict[str, Rate] = {}
    refusals: dict[str, str] = {}
    network = network_of(bare.wired)
    asked = [
        (bare.system, w.model, replace(request_of(w), respun=w.model == bare.etched_for), network)
        for w in scenario.workloads.values()
    ]
    for name, answer in zip(scenario.workloads, estimator.rates(asked), strict=True):
        why = why_not(answer, bare.wired)
        if bare.etched_for and scenario.workloads[name].model != bare.etched_for:
            why = f"its silicon is etched for {bare.etched_for}"
        if why:
            refusals[name] = why
        elif isinstance(answer, Rate):
            rates[name] = answer
    if not rates:
        reasons = sorted(set(refusals.values()))
        return f"it can serve none of the workloads: {'; '.join(reasons)}"
    software = software_of(scenario, bare)
    return replace(bare, rates=rates, refusals=refusals, software=software)


def network_of(wired: Wired | None) -> Network:
    """A wiring as serving sees it; the system's own where none is named."""
    if wired is None:
        return OWN
    return Network(
        wired.domain_chips,
        wired.scale_up_gb_per_s,
        wired.scale_out_gb_per_s,
        pod_chips=wired.pod_chips,
    )


def why_not(answer: Rate | Refusal, wired: Wired | None) -> str:
    """Why an estimate is no rate in this fabric; empty where it is one."""
    if not isinstance(answer, Rate):
        return answer.why
    if answer.tok_per_s <= 0:
        return "its rate is zero"
    if wired and answer.chips_per_replica > wired.pod_chips:
        joined = f"the {wired.pod_chips:g} that '{wired.fabric}' joins"
        return f"a replica of {answer.chips_per_replica:g} chips does not fit {joined}"
    return ""


def why_not_open(system: System, catalog: Catalog) -> str:
    """Why no offer at all can be made of a system; empty where one can."""
    chip = catalog.chips[system.chip]
    if chip.coprocessor:
        return f"a coprocessor, never alone: {chip.coprocessor}"
    if system.channel in ("internal only", "restricted", "not an offer"):
        return f"{system.channel}: {system.why_not_offered or 'no reason recorded'}"
    return ""


def request_of(workload: Workload) -> Request:
    """A workload as serving sees it; deferrable work has no latency limits."""
    if workload.deferrable:
        return Request(workload.isl, workload.osl, None, None, workload.precisions)
    return Request(workload.isl, workload.osl, workload.ttft, workload.tpot, workload.precisions)
