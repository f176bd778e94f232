"""The sense of wirings: a fabric is ours to choose only where the system is ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planner.catalog.load import Catalog
from planner.documents import Document, KeyPath
from planner.errors import Problem
from planner.scenario.schema import Scenario


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
