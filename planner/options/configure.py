"""A system with its power, space and speeds: what serves, wherever it came from."""

from __future__ import annotations

from planner.catalog.load import Catalog
from planner.catalog.system import System
from planner.options.needs import Needs
from planner.options.table import Configuration
from planner.scenario.schema import Scenario
from planner.scenario.workload import Workload
from planner.serving.estimate import Estimator
from planner.serving.rate import Rate, Request


def configure(
    catalog: Catalog, scenario: Scenario, system_id: str, estimator: Estimator
) -> Configuration | str:
    """The configuration of one system, or why it serves nothing that is asked for."""
    system = catalog.systems[system_id]
    chip = catalog.chips[system.chip]
    closed = why_not_open(system, catalog)
    if closed:
        return closed
    as_of = scenario.timeline.as_of
    needs = Needs(catalog, system, as_of)
    chips = needs.known(system.chips, "chips per system")
    hosted_only = system.channel == "cloud only"
    provisioned = positions = 0.0
    if hosted_only:
        provisioned = (
            system.power_provisioned.value(as_of) or 0.0 if system.power_provisioned else 0.0
        )
    else:
        provisioned = needs.known(system.power_provisioned, "power")
        positions = needs.known(system.racks, "rack positions")
    if needs.missing:
        return "; ".join(needs.missing)
    serving = needs.practised(system.power_serving, "serving_power_share", provisioned)
    idle = needs.practised(system.power_idle, "idle_power_share", provisioned)
    rates: dict[str, Rate] = {}
    refusals: dict[str, str] = {}
    asked = [(system_id, w.model, request_of(w)) for w in scenario.workloads.values()]
    for name, answer in zip(scenario.workloads, estimator.rates(asked), strict=True):
        if isinstance(answer, Rate) and answer.tok_per_s > 0:
            rates[name] = answer
        else:
            refusals[name] = "its rate is zero" if isinstance(answer, Rate) else answer.why
    if not rates:
        reasons = sorted(set(refusals.values()))
        return f"it can serve none of the workloads: {'; '.join(reasons)}"
    return Configuration(
        id=system_id,
        system=system_id,
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
        rates=rates,
        refusals=refusals,
    )


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
