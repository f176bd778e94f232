"""The sense of sites and what they may become: power, positions, blocks, onboarding, losses."""

from __future__ import annotations

from collections.abc import Iterator

from planner.catalog.load import Catalog
from planner.documents import Document, KeyPath
from planner.errors import Problem, did_you_mean
from planner.scenario.expansion import Block
from planner.scenario.schema import Scenario
from planner.scenario.site import Site
from planner.timeline import after

_OURS_ALONE = (
    "redundancy",
    "usable_share",
    "oversubscription",
    "rack_classes",
    "floor_load",
    "demand_charge",
    "billed_share",
    "large_load",
    "commissioning",
    "maintenance",
    "blocks",
)
"""Keys that say nothing of somebody else's site."""


def grounds(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """Keys of a site that contradict each other."""
    for name, site in scenario.sites.items():
        key: KeyPath = ("sites", name)
        if site.kind == "hosted":
            for field in _OURS_ALONE:
                if getattr(site, field):
                    what = f"a hosted site has no '{field}' of ours; it would be ignored"
                    yield document.problem("DOC003", (*key, field), what, "remove it")
            continue
        if site.redundancy is not None and site.usable_share is not None:
            what = f"redundancy {site.redundancy} already says what share is usable"
            yield document.problem("SCN050", (*key, "usable_share"), what, "keep one of them")
        for field in ("racks", "rack_density", "floor_load"):
            if site.rack_classes and getattr(site, field) is not None:
                what = f"the site's rack classes already say its '{field}'"
                yield document.problem("SCN053", (*key, field), what, "keep one of them")
        billed = site.billed_share is not None and any(
            share for _, share in site.billed_share.steps
        )
        if (billed or site.large_load) and site.demand_charge is None:
            what = "a share of the power is billed, and no demand charge says at what price"
            yield document.problem("DOC004", (*key, "demand_charge"), what)
        if site.oversubscription and not any(w.cappable for w in scenario.workloads.values()):
            what = "no workload accepts capping, so nothing may exceed the power there is"
            hint = "say cappable: true of a workload, or leave oversubscription out"
            yield document.problem("SCN057", (*key, "oversubscription"), what, hint)


def blocks(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """Blocks that cannot come, give nothing, or lack what their kind needs."""
    carbon = scenario.policy.carbon_price or scenario.policy.carbon_cap
    for site_id, site in scenario.sites.items():
        for name, block in site.blocks.items() if site.kind != "hosted" else ():
            key: KeyPath = ("sites", site_id, "blocks", name)
            yield from _of_its_kind(key, site, block, document)
            timeline = scenario.timeline
            comes = after(timeline.as_of, block.lead_time)
            if timeline.first_from(comes) == timeline.count:
                last = timeline.periods[-1].label
                what = f"ordered on {timeline.as_of} it comes on {comes}, after {last} begins"
                hint = "leave it out, or plan farther ahead"
                yield document.problem("SCN051", (*key, "lead_time"), what, hint)
            if carbon and block.kind == "generation" and block.carbon is None:
                what = "emissions are priced or capped, and this generation's are not said"
                yield document.problem("DOC004", (*key, "carbon"), what)


def _of_its_kind(key: KeyPath, site: Site, block: Block, document: Document) -> Iterator[Problem]:
    if block.kind == "shell":
        if block.power is not None:
            what = "a shell brings room, not power"
            yield document.problem("SCN052", (*key, "power"), what, "add a block of grid or generation")  # fmt: skip
        if block.racks is None and block.liquid is None:
            hint = "say how many racks or how much liquid it brings"
            yield document.problem("SCN052", key, "it brings nothing", hint)
    elif block.power is None:
        yield document.problem("DOC004", (*key, "power"), f"a block of kind '{block.kind}' needs 'power'")  # fmt: skip
    for field in ("running", "carbon"):
        if block.kind != "generation" and getattr(block, field) is not None:
            what = (
                f"only generation has '{field}'; grid energy follows the site's tariff and carbon"
            )
            yield document.problem("SCN052", (*key, field), what, "remove it")
    if block.kind == "generation" and block.running is None:
        yield document.problem("DOC004", (*key, "running"), "generation needs its running cost")
    if block.racks is not None and bool(site.rack_classes) != bool(block.rack_class):
        what = "the site has rack classes; of which are these positions?" if site.rack_classes else "the site has no rack classes"  # fmt: skip
        yield document.problem("SCN053", (*key, "rack_class"), what)
    elif block.rack_class and block.rack_class not in site.rack_classes:
        hint = did_you_mean(block.rack_class, site.rack_classes)
        what = f"no rack class called '{block.rack_class}'"
        yield document.problem("SCN001", (*key, "rack_class"), what, hint)


def learning(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """Onboarding that never ends, costs nobody knows, or is asked for twice."""
    years = scenario.timeline.years * scenario.timeline.count
    asked = {workload.model for workload in scenario.workloads.values()}
    seen: dict[tuple[str, str], str] = {}
    for name, entry in scenario.onboarding.items():
        key: KeyPath = ("onboarding", name)
        if entry.time >= years:
            what = f"it takes {entry.time:g} years and the horizon has {years:g}"
            yield document.problem("SCN056", (*key, "time"), what, "ban the offers instead")
        if entry.engineers and entry.engineer_cost is None:
            what = "engineers are at work, and nothing says what one costs a year"
            yield document.problem("DOC004", (*key, "engineer_cost"), what)
        for at, model in enumerate(entry.models):
            if model in catalog.models and model not in asked:
                what = f"no workload asks for '{model}'"
                yield document.problem("SCN056", (*key, "models", at), what, "remove it")
            for system in entry.systems:
                if (system, model) in seen:
                    what = f"'{seen[system, model]}' already onboards {model} on {system}"
                    yield document.problem("SCN056", (*key, "models", at), what, "keep one of them")  # fmt: skip
                seen[system, model] = name


def losses(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """A loss to survive needs a second site."""
    if scenario.policy.site_loss is not None and len(scenario.sites) < 2:
        what = "there is one site, and nothing is left when it is lost"
        yield document.problem("SCN055", ("policy", "site_loss"), what, "add a site")
