"""The sense of a scenario's offers and contracts: dates, minima, tokens, terms that clash or outlast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from planner.catalog.contract import clashes
from planner.catalog.load import Catalog
from planner.catalog.terms.swap import Swap
from planner.documents import Document, KeyPath, dotted
from planner.errors import Problem, did_you_mean
from planner.scenario.quantity import Series
from planner.scenario.schema import Scenario
from planner.timeline import first_day, last_day


def offer_dates(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """Dates that are none, and offers that end before they begin."""
    for name, offer in scenario.offers.items():
        begins = date_or_why(offer.available_from, first_day)
        ends = date_or_why(offer.available_until, last_day)
        for field, read in (("available_from", begins), ("available_until", ends)):
            if isinstance(read, str):
                yield document.problem("DOC009", ("offers", name, field), read)
        if isinstance(begins, date) and isinstance(ends, date) and begins > ends:
            what = f"it ends ({offer.available_until}) before it begins ({offer.available_from})"
            yield document.problem("SCN004", ("offers", name, "available_until"), what)


def date_or_why(text: str, read: Callable[[str], date]) -> date | str | None:
    """The date, why it is none, or None where nothing was written."""
    if not text:
        return None
    try:
        return read(text)
    except ValueError as error:
        return str(error)


def minima(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """More asked for than can be had, of offers and of the policy's limits on them."""
    for name, offer in scenario.offers.items():
        if offer.min_total and offer.max_total and offer.min_total > offer.max_total:
            what = f"at least {offer.min_total:g} are asked for and at most {offer.max_total:g} allowed"
            yield document.problem("SCN009", ("offers", name, "min_total"), what)
        if offer.min_total and offer.max_per_period:
            most = sum(offer.max_per_period.over(scenario.timeline)) if _covers(offer.max_per_period, scenario) else None  # fmt: skip
            if most is not None and offer.min_total > most:
                what = f"at least {offer.min_total:g} are asked for and {most:g} can be had in all"
                yield document.problem("SCN009", ("offers", name, "min_total"), what)
    for name, limit in scenario.policy.limits.items():
        low, high = limit.at_least, limit.at_most
        if low is not None and high is not None and low > high:
            key: KeyPath = ("policy", "limits", name)
            what = f"{dotted(key)} asks for at least {low:g} and at most {high:g}"
            yield document.problem("SCN009", key, what)


def _covers(series: Series, scenario: Scenario) -> bool:
    try:
        series.over(scenario.timeline)
    except ValueError:
        return False
    return True


def tokens(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """An offer of tokens has no system of ours, every other one does."""
    for name, offer in scenario.offers.items():
        contract = catalog.contracts.get(offer.contract)
        terms = contract.terms if contract else None
        if terms is None:
            continue
        key: KeyPath = ("offers", name)
        if terms.ownership != "meter" and not offer.system:
            yield document.problem("DOC004", (*key, "system"), "the key 'system' is missing")
        if terms.ownership == "meter" and offer.system:
            what = "tokens are served by others, on systems we do not name"
            yield document.problem("SCN016", (*key, "system"), what, "remove it")
        if terms.ownership == "meter" and offer.max_per_period is not None:
            what = "tokens are not counted in systems"
            hint = "say the contract's metered.capacity in tokens per second"
            yield document.problem("SCN016", (*key, "max_per_period"), what, hint)


def contracts(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """Terms that do not go together, in our own contracts and in the templates our offers use."""
    as_of = scenario.timeline.as_of
    own: dict[str, KeyPath] = {name: ("contracts", name, "terms") for name in scenario.contracts}
    used = {offer.contract: ("offers", name) for name, offer in scenario.offers.items()}
    used |= {signed.contract: ("signed", name) for name, signed in scenario.signed.items()}
    for name, key in {**used, **own}.items():
        contract = catalog.contracts.get(name)
        if contract is not None and contract.terms is not None:
            swap = contract.terms.typed.get("swap")
            if isinstance(swap, Swap) and swap.system not in catalog.systems:
                at = (*key, "swap", "system") if name in own else (*key, "contract")
                hint = did_you_mean(swap.system, catalog.systems)
                yield document.problem("SCN001", at, f"no system called '{swap.system}'", hint)
            for clash in clashes(contract.terms, as_of):
                at = (*key, *clash.key) if name in own else (*key, "contract")
                yield document.problem(clash.code, at, clash.what, clash.hint)
    for name, offer in scenario.offers.items():
        contract = catalog.contracts.get(offer.contract)
        typed = contract.terms.typed if contract and contract.terms else {}
        for term in () if scenario.whole_units else typed.values():
            if why := term.needs_whole_units(as_of):
                hint = "run with --integer, or set whole_units: true"
                yield document.problem("SCN017", ("offers", name, "contract"), why, hint)


def terms_within_life(
    scenario: Scenario, catalog: Catalog, document: Document
) -> Iterator[Problem]:
    """A term longer than its systems live, unless the contract says that they are replaced."""
    as_of = scenario.timeline.as_of
    for name, offer in scenario.offers.items():
        contract, system = catalog.contracts.get(offer.contract), catalog.systems.get(offer.system)
        terms = contract.terms if contract else None
        if terms is None or terms.term is None or system is None or terms.outlives:
            continue
        life = system.life.value(as_of) if system.life else None
        life = catalog.practice.life.value(as_of) if life is None else life
        term = terms.term.value(as_of)
        if term is not None and life is not None and term > life:
            what = f"the term of {term:g} years outlasts the {life:g} years '{offer.system}' lives"
            hint = "shorten it, or say outlives: true where the other side replaces them"
            yield document.problem("SCN018", ("offers", name, "contract"), what, hint)
