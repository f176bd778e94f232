"""Where an offer's price comes from: the fact of the catalog behind it, or the scenario that states it."""

from __future__ import annotations

from planner.catalog.fact import SCENARIO, Fact, Figure
from planner.catalog.terms.quotes import Quoted
from planner.options.table import Offering
from planner.plan.saved import SavedRun
from planner.scenario.offer import Offer


def price_fact(run: SavedRun, offering: Offering) -> Fact | None:
    """The fact a price was made from; None where the scenario or a contract states the price itself."""
    offer = run.loaded.scenario.offers.get(offering.offer)
    if offer is None or offer.price is not None or offering.terms.get(Quoted) is not None:
        return None
    day = run.options.timeline.as_of
    facts = (figure.at(day) for figure in _figures(run, offer, offering) if figure is not None)
    return next((fact for fact in facts if fact is not None), None)


def _figures(run: SavedRun, offer: Offer, offering: Offering) -> list[Figure | None]:
    """Figures a price is looked for in, in turn; leases and metered offers have their terms instead."""
    system = run.loaded.catalog.systems.get(offer.system)
    if system is None or offering.ownership not in ("own", "reserve", "rent"):
        return []
    if offering.ownership == "own":
        return [system.price]
    figures: list[Figure | None] = [system.rental.on_demand]
    if offering.ownership == "reserve":
        years = round(offering.held * run.options.timeline.years)
        figures.insert(0, {1: system.rental.reserved_1y, 3: system.rental.reserved_3y}.get(years))
    return figures


def source_title(run: SavedRun, fact: Fact) -> str:
    """Title of the source of a fact, as its readers know it."""
    if fact.source == SCENARIO:
        return f"scenario {run.plan['scenario']}"
    source = run.loaded.catalog.sources.get(fact.source)
    return source.title if source else fact.source


def stated(run: SavedRun, offering: Offering | None) -> str:
    """Who says what no fact says: the scenario, with the offer's own note."""
    offer = run.loaded.scenario.offers.get(offering.offer) if offering else None
    noted = f": {offer.note}" if offer is not None and offer.note else ""
    return f"scenario {run.plan['scenario']}{noted}"


def price_source(run: SavedRun, offering: Offering) -> str:
    """Source, day and evidence of a price in words."""
    fact = price_fact(run, offering)
    if fact is None:
        return stated(run, offering)
    spread = f", {fact.low:g} to {fact.high:g} {fact.unit}" if fact.low is not None and fact.high is not None else ""  # fmt: skip
    return f"{source_title(run, fact)}, {fact.as_of}, {fact.tier}{spread}"
