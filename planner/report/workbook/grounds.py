"""What a lever's figure rests on: its range, who says so, when, and how good the evidence is."""

from __future__ import annotations

from dataclasses import dataclass

from planner.catalog.fact import SCENARIO, Fact, Figure
from planner.catalog.terms.quotes import Quoted
from planner.options.table import Offering
from planner.plan.saved import SavedRun
from planner.report.workbook.levers import Lever
from planner.scenario.offer import Offer

HEADS = ("input", "of", "low", "high", "source", "as of", "evidence")
"""Heads of the columns of an input: its two names, then its ground."""
_STATED = "stated"


@dataclass(frozen=True)
class Ground:
    """low, high: of the first period, in the lever's unit; None where nobody states a range."""

    low: float | None
    high: float | None
    source: str
    as_of: str
    evidence: str

    @property
    def cells(self) -> tuple[float | str | None, ...]:
        return (self.low, self.high, self.source, self.as_of, self.evidence)


def ground(run: SavedRun, lever: Lever) -> Ground:
    """The fact behind a price that the catalog gives; the scenario for whatever it states itself."""
    parts = lever.key.split(".")
    offering = run.options.offerings.get(lever.subject) if parts[0] == "offers" else None
    offer = run.loaded.scenario.offers.get(offering.offer) if offering else None
    if offering is None or offer is None or offer.price is not None:
        return _stated(run, lever, offer)
    if offering.terms.get(Quoted) is not None:
        return _stated(run, lever, offer)
    fact = _price_fact(run, offer, offering)
    return _stated(run, lever, offer) if fact is None else _of_fact(run, lever, fact)


def _stated(run: SavedRun, lever: Lever, offer: Offer | None) -> Ground:
    noted = f": {offer.note}" if offer is not None and offer.note else ""
    as_of = run.options.timeline.as_of.isoformat()
    return Ground(None, None, f"scenario {run.plan['scenario']}{noted}", as_of, _STATED)


def _price_fact(run: SavedRun, offer: Offer, offering: Offering) -> Fact | None:
    """The fact the price was made from; None for leases and metered offers, whose terms state it."""
    day = run.options.timeline.as_of
    system = run.loaded.catalog.systems.get(offer.system)
    if system is None or offering.ownership not in ("own", "reserve", "rent"):
        return None
    figures: list[Figure | None] = [system.price]
    if offering.ownership != "own":
        figures = [system.rental.on_demand]
    if offering.ownership == "reserve":
        years = round(offering.held * run.options.timeline.years)
        figures.insert(0, {1: system.rental.reserved_1y, 3: system.rental.reserved_3y}.get(years))
    facts = (figure.at(day) for figure in figures if figure is not None)
    return next((fact for fact in facts if fact is not None), None)


def _of_fact(run: SavedRun, lever: Lever, fact: Fact) -> Ground:
    first = next((value for value in lever.values if value == value), None)

    def end(value: float | None) -> float | None:
        """An end of the stated range, moved as the price was on its way into the lever."""
        if value is None or first is None or not fact.number:
            return None
        return value / fact.number * first

    source = run.loaded.catalog.sources.get(fact.source)
    title = f"scenario {run.plan['scenario']}" if fact.source == SCENARIO else fact.source
    return Ground(end(fact.low), end(fact.high), source.title if source else title, fact.as_of, fact.tier)  # fmt: skip
