"""The sense of a scenario against its catalog: references, dates, shares, demand, sites, rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isclose

from planner.catalog.load import Catalog
from planner.documents import Document, KeyPath
from planner.errors import Problem, did_you_mean
from planner.quantities import UnitError
from planner.scenario.check_offers import (
    contracts,
    date_or_why,
    minima,
    offer_dates,
    terms_within_life,
    tokens,
)
from planner.scenario.check_pools import pools
from planner.scenario.check_signed import agreement_problems, signed_problems
from planner.scenario.check_sites import blocks, grounds, learning, losses
from planner.scenario.policy import Group
from planner.scenario.quantity import PRICE_UNITS, Series, scaled
from planner.scenario.references import references
from planner.scenario.risk import risk_problems
from planner.scenario.schema import Scenario
from planner.scenario.software import software_problems
from planner.scenario.wirings import etchings, wirings
from planner.timeline import first_day

_SHARE_TOLERANCE = 1e-6


def problems_of(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """Every problem that a well-formed scenario still has."""
    for check in _CHECKS:
        yield from check(scenario, catalog, document)


def _blocks(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    total = sum(scenario.load_blocks.values())
    if not isclose(total, 1.0, abs_tol=_SHARE_TOLERANCE):
        what = f"the blocks' shares of hours sum to {total:.6g}, not 1"
        yield document.problem("SCN010", ("load_blocks",), what)
    for name, workload in scenario.workloads.items():
        if workload.profile and set(workload.profile) <= set(scenario.load_blocks):
            mean = sum(
                share * workload.profile.get(block, 1.0)
                for block, share in scenario.load_blocks.items()
            )
            if not isclose(mean, 1.0, abs_tol=1e-3):
                what = f"the profile averages {mean:.4g} over the blocks, not 1"
                hint = f"divide each by {mean:.4g}"
                yield document.problem("SCN010", ("workloads", name, "profile"), what, hint)


def _horizon(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    if scenario.timeline.end <= scenario.timeline.as_of:
        what = f"the horizon ends before the as-of date {scenario.as_of}"
        yield document.problem("SCN004", ("horizon",), what)


def _service_dates(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    for name, fleet in scenario.installed.items():
        key: KeyPath = ("installed", name, "in_service")
        begun = date_or_why(fleet.in_service, first_day)
        if isinstance(begun, str):
            yield document.problem("DOC009", key, begun)
        elif begun is not None and begun > scenario.timeline.start:
            what = f"it enters service in {fleet.in_service}, after the horizon begins"
            yield document.problem("SCN004", key, what, "what is still to come is an offer")


def _series(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    for key, series in series_of(scenario):
        try:
            series.over(scenario.timeline)
        except ValueError as error:
            hint = f"add a step for {scenario.horizon.start}"
            yield document.problem("SCN013", key, str(error), hint)
    for name, offer in scenario.offers.items():
        contract = catalog.contracts.get(offer.contract)
        if offer.price is not None and contract is not None and contract.terms is not None:
            try:
                scaled(offer.price, PRICE_UNITS[contract.terms.ownership])
            except UnitError as error:
                unit = PRICE_UNITS[contract.terms.ownership]
                hint = f"under '{offer.contract}' a price is in {unit}"
                yield document.problem("DOC006", ("offers", name, "price"), str(error), hint)


def series_of(value: object, key: KeyPath = ()) -> Iterator[tuple[KeyPath, Series]]:
    """Every series inside a scenario with its key path."""
    from planner.catalog.fact import Strict

    if isinstance(value, Series):
        yield key, value
    elif isinstance(value, Strict):
        for name in type(value).model_fields:
            yield from series_of(getattr(value, name), (*key, name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from series_of(inner, (*key, name))


def _demand(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    if not scenario.workloads:
        yield document.problem("SCN006", ("workloads",), "there is no workload, so nothing to plan")
    for name, workload in scenario.workloads.items():
        if all(value == 0 for _, value in workload.demand.steps):
            what = "the demand is zero in every period"
            hint = "remove the workload, or say how much is asked for"
            yield document.problem("SCN006", ("workloads", name, "demand"), what, hint)
    if not scenario.offers and not scenario.installed:
        yield document.problem("SCN008", ("offers",), "there is no offer and no installed fleet")


def _sites(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    for name, site in scenario.sites.items():
        if site.kind != "hosted":
            for field in _NEEDED_AT_OUR_SITES:
                if getattr(site, field) is None and not (site.rack_classes and "rack" in field):
                    what = f"a site of kind '{site.kind}' needs '{field}'"
                    yield document.problem("DOC004", ("sites", name, field), what)
        if isinstance(site.tariff, dict):
            for block in scenario.load_blocks:
                if block not in site.tariff:
                    what = f"no tariff for the load block '{block}'"
                    yield document.problem("DOC004", ("sites", name, "tariff", block), what)
            for block in site.tariff:
                if block not in scenario.load_blocks:
                    hint = did_you_mean(block, scenario.load_blocks)
                    what = f"no load block called '{block}'"
                    yield document.problem("SCN001", ("sites", name, "tariff", block), what, hint)
    for name, offer in scenario.offers.items():
        contract = catalog.contracts.get(offer.contract)
        if contract is None or contract.terms is None:
            continue
        for index, site_id in enumerate(offer.sites):
            known = scenario.sites.get(site_id)
            hosted = not contract.terms.at_our_site
            if known is not None and (known.kind == "hosted") != hosted:
                what = f"'{offer.contract}' cannot be signed at '{site_id}', which is {known.kind}"
                hint = "hosted contracts go with hosted sites, others with owned or colocation ones"
                yield document.problem("SCN015", ("offers", name, "sites", index), what, hint)


def _rules(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    for name, cap in scenario.policy.share_caps.items():
        if cap.group == Group():
            what = "an empty group means the whole fleet, and a share of it caps nothing but itself"
            key: KeyPath = ("policy", "share_caps", name, "group")
            yield document.problem("SCN016", key, what, "name vendors, gradients or systems")
        if cap.group.offers:
            key = ("policy", "share_caps", name, "group", "offers")
            what = (
                "a share of the fleet is counted by system, and offers of one system share a fleet"
            )
            yield document.problem("SCN016", key, what, "name systems, vendors or gradients")
    for name, offer in scenario.offers.items():
        contract = catalog.contracts.get(offer.contract)
        rented = contract and contract.terms and contract.terms.ownership in ("rent", "meter")
        for field in ("max_total", "min_total"):
            if rented and getattr(offer, field) is not None:
                what = "capacity rented by the hour has no total"
                hint = "limit it with max_per_period"
                yield document.problem("SCN016", ("offers", name, field), what, hint)


def _figures(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """What is missing is not zero: figures that a plan would otherwise take for nothing."""
    for name, site in scenario.sites.items():
        carbon = scenario.policy.carbon_price or scenario.policy.carbon_cap
        if site.kind != "hosted" and carbon and site.carbon is None:
            what = "emissions are priced or capped, and this site's carbon intensity is not said"
            yield document.problem("DOC004", ("sites", name, "carbon"), what)
        for field in _OWN_SITE_ONLY if site.kind == "hosted" else ():
            if getattr(site, field) is not None:
                what = f"a hosted site has no '{field}' of ours; it would be ignored"
                yield document.problem("DOC003", ("sites", name, field), what, "remove it")
    for name, offer in scenario.offers.items():
        contract = catalog.contracts.get(offer.contract)
        terms = contract.terms if contract else None
        if terms and terms.ownership == "reserve" and offer.lead_time is None:
            what = "a reservation needs its lead time, and no catalog knows it"
            yield document.problem("DOC004", ("offers", name, "lead_time"), what, "write 0 weeks for at once")  # fmt: skip
        if offer.price is not None and offer.price.growth_per_year and offer.price_change:
            what = "the price already grows; price_change would count the change twice"
            yield document.problem("SCN016", ("offers", name, "price_change"), what, "keep one of them")  # fmt: skip
    for name, fleet in scenario.installed.items():
        system = catalog.systems.get(fleet.system)
        known = system.price.value(scenario.timeline.as_of) if system and system.price else None
        if system and fleet.price is None and known is None:
            what = "its support contract is a share of its price, and no price is known"
            yield document.problem("DOC004", ("installed", name, "price"), what)
    for year in scenario.policy.budget:
        first, last = scenario.timeline.start.year, scenario.timeline.periods[-1].year
        if not first <= year <= last:
            what = f"{year} is outside the horizon, {first} to {last}"
            yield document.problem("SCN004", ("policy", "budget", str(year)), what)


def _risk(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    yield from risk_problems(scenario, catalog, document)


_OWN_SITE_ONLY = (
    "power",
    "racks",
    "rack_density",
    "liquid",
    "pue",
    "tariff",
    "facility",
    "carbon",
    "shell",
)
_NEEDED_AT_OUR_SITES = _OWN_SITE_ONLY[:-2]


_Check = Callable[[Scenario, Catalog, Document], Iterator[Problem]]
_CHECKS: tuple[_Check, ...] = (
    references,
    _blocks,
    _horizon,
    offer_dates,
    _service_dates,
    signed_problems,
    agreement_problems,
    _series,
    _demand,
    _sites,
    minima,
    _rules,
    tokens,
    _figures,
    contracts,
    _risk,
    software_problems,
    wirings,
    grounds,
    blocks,
    pools,
    learning,
    losses,
    terms_within_life,
    etchings,
)
