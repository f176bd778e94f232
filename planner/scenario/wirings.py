"""The sense of wirings and etchings: fabrics are chosen where systems are ours, models where silicon is etched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planner.catalog.load import Catalog
from planner.documents import Document, KeyPath
from planner.errors import Problem
from planner.scenario.schema import Scenario


def etchings(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """Models to etch into silicon that is not etched, and fees of masks nobody orders."""
    for name, offer in scenario.offers.items():
        system = catalog.systems.get(offer.system)
        if offer.model and system and catalog.chips[system.chip].etched is None:
            what = f"the silicon of {offer.system} is not etched for a model: it runs any"
            hint = "leave model away: workloads name theirs"
            yield document.problem("SCN016", ("offers", name, "model"), what, hint)
        for field in ("respin_fee", "systems_per_mask_set"):
            if getattr(offer, field) is not None and not offer.model:
                what = "new masks without the model they are for"
                yield document.problem("SCN016", ("offers", name, field), what, "name the model")


def wirings(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """Fabrics of what is not bought, and fabrics named twice."""
    for name, offer in scenario.offers.items():
        key: KeyPath = ("offers", name, "fabrics")
        contract = catalog.contracts.get(offer.contract)
        terms = contract.terms if contract else None
        if offer.fabrics and terms and terms.ownership != "own":
            what = "only a bought system is wired by us; the rest is wired by who owns it"
            yield document.problem("SCN016", key, what, "name fabrics under a purchase")
        twice = sorted(fabric for fabric, times in Counter(offer.fabrics).items() if times > 1)
        if twice:
            yield document.problem("SCN016", key, f"'{twice[0]}' is named twice", "name it once")
