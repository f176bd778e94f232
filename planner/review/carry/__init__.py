"""From what the history knows to the next plan's scenario: installed, signed, moved, measured, quoted.

Nothing here reads a clock or a file: a document, the entries and a day give a document, and a list of
what was changed, why, and by which entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.documents import Document
from planner.review.actuals.read import facts_in
from planner.review.carry.demand import carry_demand
from planner.review.carry.draft import Change, Draft
from planner.review.carry.paper import carry_paper
from planner.review.carry.prices import carry_prices
from planner.review.carry.speeds import carry_speeds
from planner.review.carry.supply import carry_supply
from planner.review.entry import Entry
from planner.review.quotes.keep import all_quotes

__all__ = ["Carried", "Change", "carried", "carry"]


@dataclass(frozen=True)
class Carried:
    """The next scenario, what was changed in it, and what stays open for people to settle."""

    document: Document
    changes: tuple[Change, ...]
    open: tuple[str, ...]


def carry(document: Document, entries: Sequence[Entry], day: date) -> Document:
    """The document with everything that the entries knew on a day; the same one where they knew nothing."""
    return carried(document, entries, day).document


def carried(document: Document, entries: Sequence[Entry], day: date) -> Carried:
    """The same with what was changed. The document speaks of ``day`` already: its as-of date and periods.

    What happened after the day is not seen, whenever it was told. Raises InvalidData (SCN019) for an
    amount of the document in a currency without a rate.
    """
    facts = [fact for fact in facts_in(entries) if fact.day <= day]
    quotes = [one for one in all_quotes(entries) if one.quote.quoted_on <= day]
    draft = Draft(document, day)
    carry_paper(draft, facts)
    carry_supply(draft, facts)
    carry_prices(draft, facts, quotes)
    carry_demand(draft, facts)
    carry_speeds(draft, facts)
    return Carried(draft.document(), tuple(draft.changes), tuple(draft.open))
