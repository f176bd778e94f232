"""A scenario's own contracts: templates with terms of their own, written as plainly as quotes are.

A bare figure such as ``20 %`` becomes a fact of the scenario, of tier ``assumed``; a list of facts
with sources is as good here as in a catalog.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import Field

from planner.catalog.contract import ChangedTerms, Contract, Terms
from planner.catalog.fact import Strict
from planner.catalog.load import Catalog
from planner.documents import Document, KeyPath
from planner.errors import InvalidData, Problem, did_you_mean


class OwnContract(Strict):
    """A contract of the scenario: its own terms, or a template's with some of them changed."""

    name: str = ""
    """What it is called."""
    parties: tuple[str, ...] = ()
    """Vendor ids or names, supplier first."""
    based_on: str = ""
    """Id of the catalog template whose terms hold where this contract has none of its own."""
    terms: ChangedTerms = Field(default_factory=lambda: ChangedTerms.model_validate({}))
    """Terms; each replaces the template's term of the same name as a whole."""


def with_contracts(catalog: Catalog, own: dict[str, OwnContract], document: Document) -> Catalog:
    """The catalog with the scenario's contracts among its own.

    Raises InvalidData: SCN001 for a template nobody knows, DOC002 for an id of the catalog, DOC004
    where neither the contract nor a template says the ownership.
    """
    problems = list(_problems(catalog, own, document))
    if problems:
        raise InvalidData(problems)
    made = {name: _made(name, contract, catalog) for name, contract in own.items()}
    return replace(catalog, contracts={**catalog.contracts, **made})


def _problems(
    catalog: Catalog, own: dict[str, OwnContract], document: Document
) -> Iterator[Problem]:
    templates = [name for name, known in catalog.contracts.items() if known.terms is not None]
    for name, contract in own.items():
        key: KeyPath = ("contracts", name)
        if name in catalog.contracts:
            what = f"'{name}' is a contract of the catalog"
            yield document.problem("DOC002", key, what, "give it an id of its own, and based_on")
        if contract.based_on and contract.based_on not in templates:
            hint = did_you_mean(contract.based_on, templates) or f"known: {', '.join(templates)}"
            what = f"no contract template called '{contract.based_on}'"
            yield document.problem("SCN001", (*key, "based_on"), what, hint)
        if not contract.based_on and "ownership" not in contract.terms.model_fields_set:
            what = "the key 'ownership' is missing"
            hint = "say it, or name the template it is based_on"
            yield document.problem("DOC004", (*key, "terms", "ownership"), what, hint)


def _made(name: str, contract: OwnContract, catalog: Catalog) -> Contract:
    template = catalog.contracts.get(contract.based_on)
    terms = template.terms if template else None
    written = contract.terms.model_fields_set
    changed = {field: getattr(contract.terms, field) for field in written}
    if terms is not None:
        changed = {field: getattr(terms, field) for field in terms.model_fields_set} | changed
    return Contract(
        id=name,
        name=contract.name or (template.name if template else name),
        parties=contract.parties or (template.parties if template else ()),
        terms=Terms(**changed),
    )
