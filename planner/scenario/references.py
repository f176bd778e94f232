"""Every name a scenario uses must be the name of something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.catalog.load import Catalog
from planner.documents import Document, KeyPath
from planner.errors import Problem, did_you_mean
from planner.scenario.assume import assumable
from planner.scenario.policy import Group
from planner.scenario.schema import Scenario

Use = tuple[KeyPath, str, str]
"""Where a name is used, the name, and the kind of thing it must name."""


def references(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """Names that nothing bears, records taken for templates, and ids used twice."""
    tables: dict[str, Iterable[str]] = {
        "model": catalog.models,
        "system": catalog.systems,
        "contract": catalog.contracts,
        "vendor": catalog.vendors,
        "supply pool": catalog.pools,
        "site": scenario.sites,
        "workload": scenario.workloads,
        "offer": scenario.offers,
        "fabric": catalog.fabrics,
        "system, medium, switch, fabric or practice": assumable(catalog),
        "load block": scenario.load_blocks,
        "region": sorted({site.region for site in scenario.sites.values()}),
    }
    for key, name, kind in (*_uses(scenario), *_named_in_contracts(scenario, catalog)):
        known = list(tables[kind])
        if name not in known:
            hint = did_you_mean(name, known) or f"known: {', '.join(sorted(known)[:12]) or 'none'}"
            yield document.problem("SCN001", key, f"no {kind} called '{name}'", hint)
    yield from _records(scenario, catalog, document)
    for name in scenario.installed:
        if name in scenario.offers:
            what = f"'{name}' is the id of an offer too"
            yield document.problem("DOC002", ("installed", name), what, "give each its own")


def _records(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """Contracts that do not say what they are named for: no terms of an offer, no minimum take."""
    for name, offer in scenario.offers.items():
        contract = catalog.contracts.get(offer.contract)
        if contract is not None and contract.terms is None:
            what = f"'{offer.contract}' is a record of a deal, no template"
            yield document.problem("SCN001", ("offers", name, "contract"), what)
    for name, site in scenario.sites.items():
        utility = catalog.contracts.get(site.large_load or "")
        if utility is not None and utility.minimum_take is None:
            what = f"'{site.large_load}' states no minimum_take, so it asks nothing of a site"
            hint = "name a utility's contract, or write billed_share"
            yield document.problem("SCN001", ("sites", name, "large_load"), what, hint)


def _uses(scenario: Scenario) -> Iterator[Use]:
    for part in (_of_work, _of_offers, _of_paper, _of_supply, _of_policy, _of_beliefs):
        yield from part(scenario)


def _of_work(scenario: Scenario) -> Iterator[Use]:
    for name, workload in scenario.workloads.items():
        yield ("workloads", name, "model"), workload.model, "model"
        yield from _listed(("workloads", name, "residency"), workload.residency, "region")
        for block in workload.profile:
            yield ("workloads", name, "profile", block), block, "load block"
    for name, site in scenario.sites.items():
        if site.large_load:
            yield ("sites", name, "large_load"), site.large_load, "contract"
    for name, entry in scenario.onboarding.items():
        yield from _listed(("onboarding", name, "systems"), entry.systems, "system")
        yield from _listed(("onboarding", name, "models"), entry.models, "model")


def _of_offers(scenario: Scenario) -> Iterator[Use]:
    for name, offer in scenario.offers.items():
        if offer.system:
            yield ("offers", name, "system"), offer.system, "system"
        yield ("offers", name, "contract"), offer.contract, "contract"
        yield from _listed(("offers", name, "sites"), offer.sites, "site")
        yield from _listed(("offers", name, "fabrics"), offer.fabrics, "fabric")
        if offer.model:
            yield ("offers", name, "model"), offer.model, "model"


def _of_paper(scenario: Scenario) -> Iterator[Use]:
    for name, fleet in scenario.installed.items():
        yield ("installed", name, "system"), fleet.system, "system"
        yield ("installed", name, "site"), fleet.site, "site"
        if fleet.fabric:
            yield ("installed", name, "fabric"), fleet.fabric, "fabric"
    for name, signed in scenario.signed.items():
        yield ("signed", name, "system"), signed.system, "system"
        yield ("signed", name, "contract"), signed.contract, "contract"
        yield ("signed", name, "site"), signed.site, "site"
        if signed.fabric:
            yield ("signed", name, "fabric"), signed.fabric, "fabric"


def _of_supply(scenario: Scenario) -> Iterator[Use]:
    for name, share in scenario.pools.items():
        if share.slots_of is None:
            yield ("pools", name), name, "supply pool"
        else:
            yield from _grouped(("pools", name, "slots_of"), share.slots_of)
        for system in share.draws:
            yield ("pools", name, "draws", system), system, "system"


def _of_policy(scenario: Scenario) -> Iterator[Use]:
    if scenario.policy.site_loss is not None:
        loss: KeyPath = ("policy", "site_loss")
        yield from _listed((*loss, "sites"), scenario.policy.site_loss.sites, "site")
        yield from _listed((*loss, "workloads"), scenario.policy.site_loss.workloads, "workload")
    for name, cap in scenario.policy.share_caps.items():
        yield from _grouped(("policy", "share_caps", name, "group"), cap.group)
    for name, limit in scenario.policy.limits.items():
        yield from _grouped(("policy", "limits", name, "group"), limit.group)
        yield from _listed(("policy", "limits", name, "at_sites"), limit.at_sites, "site")
    for name, twin in scenario.counterfactuals.items():
        key: KeyPath = ("counterfactuals", name)
        yield from _listed((*key, "forbid_workloads"), twin.forbid_workloads, "workload")
        yield from _listed((*key, "at_sites"), twin.at_sites, "site")
        if twin.forbid is not None:
            yield from _grouped((*key, "forbid"), twin.forbid)


def _of_beliefs(scenario: Scenario) -> Iterator[Use]:
    for name in scenario.assumptions:
        yield ("assumptions", name), name, "system, medium, switch, fabric or practice"
    for index, point in enumerate(scenario.measured):
        yield ("measured", index, "system"), point.system, "system"
        yield ("measured", index, "model"), point.model, "model"
    for name, belief in scenario.software_gain.items():
        key = ("software_gain", name, "group")
        yield from _listed((*key, "vendors"), belief.group.vendors, "vendor")
        yield from _listed((*key, "systems"), belief.group.systems, "system")


def _named_in_contracts(scenario: Scenario, catalog: Catalog) -> Iterator[Use]:
    kinds = {"models": "model"}
    for name in scenario.contracts:
        terms = catalog.contracts[name].terms
        for word, term in (terms.typed if terms else {}).items():
            for at, folder, used in term.names():
                yield ("contracts", name, "terms", word, *at), used, kinds[folder]


def _grouped(key: KeyPath, group: Group) -> Iterator[Use]:
    yield from _listed((*key, "vendors"), group.vendors, "vendor")
    yield from _listed((*key, "systems"), group.systems, "system")
    yield from _listed((*key, "offers"), group.offers, "offer")
    yield from _listed((*key, "fabrics"), group.fabrics, "fabric")


def _listed(key: KeyPath, names: Iterable[str], kind: str) -> Iterator[Use]:
    for index, name in enumerate(names):
        yield (*key, index), name, kind
