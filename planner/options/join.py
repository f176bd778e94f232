"""Join catalog and scenario: offer × wiring -> one row with speeds, power, prices and dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from planner.catalog.load import Catalog
from planner.documents import Document
from planner.errors import InvalidData, MissingFigure, Problem
from planner.options.agreed import as_agreed
from planner.options.agreement import Agreement, agreement_of
from planner.options.configure import configure, why_not_open
from planner.options.ground import Place
from planner.options.installed import installed_offering
from planner.options.metered import metered
from planner.options.offering import offering
from planner.options.onboardings import onboardings
from planner.options.paper import on_paper
from planner.options.places import demand_of, place_of, supply_of
from planner.options.signing import refuse_overfull
from planner.options.standing import unweighed
from planner.options.survival import refuse_the_unsurvivable
from planner.options.table import Configuration, Exclusion, Offering, Options, Supply
from planner.quantities import KILO, MEGA
from planner.scenario.load import Loaded
from planner.scenario.offer import Offer
from planner.scenario.schema import Scenario
from planner.serving.estimate import Estimator

_NOT_ASKED = "open to us, but the scenario has no offer for it"


def join(loaded: Loaded, asked: Estimator | None = None) -> Options:
    """The options of a scenario.

    asked: an estimator that has read a catalog of the same systems and models on the same day.
    Raises InvalidData: SCN007 for a workload nobody can serve, SCN008 where no offer is usable.
    """
    scenario, catalog, document = loaded.scenario, loaded.catalog, loaded.document
    timeline, price = scenario.timeline, scenario.policy.carbon_price
    asked = asked or Estimator(catalog, timeline.as_of, scenario.claims)
    market = _Market(catalog, scenario, asked)
    market.open()
    market.enter_paper(loaded)
    configurations, offerings = market.configurations, market.offerings
    exclusions = (*market.exclusions, *_systems_without_offer(catalog, scenario))
    arcs, barred = _arcs(scenario, configurations, offerings)
    _refuse_the_impossible(scenario, configurations, offerings, arcs, exclusions, document)
    _refuse_weightless_caps(scenario, configurations, document)
    refuse_the_unsurvivable(scenario, arcs, document)
    places = _places(catalog, scenario)
    refuse_overfull(timeline, configurations, offerings, places, document)
    supplies = _supplies(catalog, scenario)
    return Options(
        scenario=scenario.name, timeline=timeline, blocks=dict(scenario.load_blocks), places=places,
        demands={name: demand_of(name, w, scenario) for name, w in scenario.workloads.items()}, supplies=supplies,
        configurations=configurations, offerings=offerings, arcs=frozenset(arcs), exclusions=exclusions,
        policy=scenario.policy, carbon_usd_per_g=price.over(timeline) if price else None,
        staff_usd_per_kw_year=_staff(catalog, timeline.as_of), whole_units=scenario.whole_units,
        counterfactuals=dict(scenario.counterfactuals), barred=frozenset(barred), onboardings=onboardings(scenario),
        caveats=unweighed(places, configurations, offerings), agreements=_agreements(scenario, supplies),
    )  # fmt: skip


@dataclass
class _Market:
    """Offers and installed fleet on their way into the table, each in every fabric it names."""

    catalog: Catalog
    scenario: Scenario
    estimator: Estimator
    configurations: dict[str, Configuration] = field(default_factory=dict)
    offerings: dict[str, Offering] = field(default_factory=dict)
    exclusions: list[Exclusion] = field(default_factory=list)

    def open(self) -> None:
        """Every wiring of every offer, then what stands already."""
        for name, offer in self.scenario.offers.items():
            if not offer.system:
                self._tokens(name, offer)
                continue
            for fabric in offer.fabrics or ("",):
                ident = f"{name}@{fabric}" if fabric else name
                made = self._configured(offer.system, fabric, offer.model)
                if not isinstance(made, str):
                    result = offering(ident, offer, made, self.catalog, self.scenario)
                    if not isinstance(result, str):
                        result = as_agreed(result, self.scenario.timeline)
                    self._enter(ident, made, result)
                else:
                    self.exclusions.append(Exclusion(ident, offer.system, made))
        for name, fleet in self.scenario.installed.items():
            made = self._configured(fleet.system, fleet.fabric)
            if not isinstance(made, str):
                standing = installed_offering(name, fleet, made, self.catalog, self.scenario)
                self._enter(name, made, standing)
            else:
                self.exclusions.append(Exclusion(name, fleet.system, made))

    def _tokens(self, name: str, offer: Offer) -> None:
        service = metered(name, offer, self.catalog, self.scenario)
        if isinstance(service, str):
            self.exclusions.append(Exclusion(name, "", service))
        else:
            self._enter(name, *service)

    def enter_paper(self, loaded: Loaded) -> None:
        """Signed contracts, and the rights that contracts hold."""
        for found in on_paper(loaded, self._configured, self.offerings):
            if isinstance(found, Exclusion):
                self.exclusions.append(found)
            else:
                self._enter(found[1].id, *found)

    def _configured(self, system: str, fabric: str, model: str = "") -> Configuration | str:
        return configure(self.catalog, self.scenario, system, self.estimator, fabric, model)

    def _enter(self, ident: str, made: Configuration, result: Offering | str) -> None:
        if isinstance(result, str):
            self.exclusions.append(Exclusion(ident, made.system, result))
        else:
            self.configurations[made.id] = made
            self.offerings[ident] = result


def _places(catalog: Catalog, scenario: Scenario) -> dict[str, Place]:
    return {name: place_of(name, site, scenario, catalog) for name, site in scenario.sites.items()}


def _supplies(catalog: Catalog, scenario: Scenario) -> dict[str, Supply]:
    return {
        name: supply_of(name, share, catalog.pools.get(name), scenario)
        for name, share in scenario.pools.items()
    }


def _agreements(scenario: Scenario, supplies: dict[str, Supply]) -> dict[str, Agreement]:
    return {
        name: agreement_of(name, written, supplies[written.pool].unit, scenario.timeline)
        for name, written in scenario.pool_agreements.items()
    }


def _staff(catalog: Catalog, as_of: date) -> float:
    """Operators' pay per kW of provisioned power and year (USD)."""
    per_mw = catalog.practice.staff.value(as_of)
    salary = catalog.practice.staff_cost.value(as_of)
    if per_mw is None or salary is None:
        raise MissingFigure("practice", "staff or staff_cost", as_of)
    return per_mw * salary * KILO / MEGA


def _systems_without_offer(catalog: Catalog, scenario: Scenario) -> list[Exclusion]:
    asked = {offer.system for offer in scenario.offers.values()}
    asked |= {fleet.system for fleet in scenario.installed.values()}
    asked |= {signed.system for signed in scenario.signed.values()}
    return [
        Exclusion(name, name, why_not_open(system, catalog) or _NOT_ASKED)
        for name, system in sorted(catalog.systems.items())
        if name not in asked
    ]


def _arcs(
    scenario: Scenario, configurations: dict[str, Configuration], offerings: dict[str, Offering]
) -> tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]:
    """(configuration, site, workload) where the service level and latency allow it: inside and outside residency."""
    stands = {(o.configuration, site) for o in offerings.values() for site in o.sites}
    arcs: set[tuple[str, str, str]] = set()
    barred: set[tuple[str, str, str]] = set()
    for name, site_id in stands:
        site = scenario.sites[site_id]
        for workload_id in configurations[name].rates:
            workload = scenario.workloads[workload_id]
            limit = workload.max_network_latency
            near = limit is None or site.network_latency <= limit
            inside = not workload.residency or site.region in workload.residency
            if near:
                (arcs if inside else barred).add((name, site_id, workload_id))
    return arcs, barred


def _refuse_weightless_caps(
    scenario: Scenario, configurations: dict[str, Configuration], document: Document
) -> None:
    """A share of the fleet is counted in provisioned power; a group without any cannot be capped."""
    problems = []
    for name, cap in scenario.policy.share_caps.items():
        inside = {
            configuration.id
            for configuration in configurations.values()
            if (not cap.group.vendors or configuration.vendor in cap.group.vendors)
            and (not cap.group.systems or configuration.system in cap.group.systems)
            and (not cap.group.gradients or configuration.gradient in cap.group.gradients)
            and (not cap.group.fabrics or configuration.fabric in cap.group.fabrics)
        }
        weightless = sorted(
            c
            for c in inside
            if configurations[c].provisioned_kw == 0 and not configurations[c].metered
        )
        if weightless:
            what = f"a share is counted in power, and the power of {', '.join(weightless)} is not disclosed"
            hint = "supply power_provisioned under assumptions, or cap another group"
            problems.append(document.problem("SCN016", ("policy", "share_caps", name), what, hint))
    if problems:
        raise InvalidData(problems)


def _refuse_the_impossible(
    scenario: Scenario,
    configurations: dict[str, Configuration],
    offerings: dict[str, Offering],
    arcs: set[tuple[str, str, str]],
    exclusions: Sequence[Exclusion],
    document: Document,
) -> None:
    problems: list[Problem] = []
    if not offerings:
        reasons = "; ".join(f"{e.id}: {e.why}" for e in exclusions if e.offer in scenario.offers)
        problems.append(document.problem("SCN008", ("offers",), "no offer is usable", reasons))
    else:
        served = {workload for _, _, workload in arcs}
        for name in scenario.workloads:
            if name not in served:
                reasons = "; ".join(
                    f"{c.id}: {c.refusals.get(name, 'too far or outside its residency')}"
                    for c in configurations.values()
                )
                what = "no open offer can serve this workload"
                problems.append(document.problem("SCN007", ("workloads", name), what, reasons))
    if problems:
        raise InvalidData(problems)
