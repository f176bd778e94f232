"""Prices: what is asked now, and a quote for every order it can still be used for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.quantities import convert
from planner.review.actuals.kind import Fact
from planner.review.carry.draft import Draft
from planner.review.quotes.keep import Kept, standing
from planner.timeline import before

_UNITS = {"system": "USD", "system-hour": "USD/system/h", "chip-hour": "USD/chip/h", "Mtok": "USD/Mtok"}  # fmt: skip
"""What a price is for -> its unit in a scenario."""


def carry_prices(draft: Draft, facts: Sequence[Fact], quotes: Sequence[Kept]) -> None:
    """Write prices seen, the newest of each offer, then over them the cheapest quote that stands."""
    newest: dict[str, Fact] = {}
    for fact in sorted(facts, key=lambda fact: (fact.day, fact.seq)):
        if fact.kind == "prices":
            newest[fact.values["offer"]] = fact
    for offer, fact in newest.items():
        if draft.section("offers", offer):
            price = fact.values["price_usd"] / _factor(draft, offer)
            why = f"asked on {fact.day}: {fact.values['source']}"
            draft.put(("offers", offer, "price"), f"{price:.12g} {_UNITS[fact.values['per']]}", why, fact.seq)  # fmt: skip
    cheapest: dict[str, Kept] = {}
    for one in standing(quotes, draft.day):
        for offer in one.offers:
            if offer not in cheapest or one.quote.price_usd < cheapest[offer].quote.price_usd:
                cheapest[offer] = one
        if not one.offers:
            draft.open.append(f"quote {one.quote.number} of {one.quote.vendor} was imported for no offer: import it with --scenario")  # fmt: skip
    for offer, one in cheapest.items():
        if draft.section("offers", offer):
            _quoted(draft, offer, one)


def _quoted(draft: Draft, offer: str, one: Kept) -> None:
    """The quote for deliveries that can be ordered while it holds, and the price asked before for later ones.

    The yearly change and the factor of an offer apply to whatever is written, so they are taken out
    of the quote: it is paid as quoted.
    """
    quote, unit = one.quote, _UNITS[one.quote.per]
    asked = one.offers[offer]
    lead_weeks = _lead_weeks(draft, offer, one)
    rest = _before(draft, offer, unit, asked.price_usd)
    change = 1 + _pure(draft.section("offers", offer).get("price_change", 0.0), "1/year")
    values = []
    for period, price in zip(draft.timeline.periods, rest, strict=True):
        ordered = max(before(period.start, lead_weeks), draft.day)
        grown = change ** (period.index * draft.timeline.years) * _factor(draft, offer)
        values.append(quote.price_usd / grown if ordered <= quote.valid_until else price)
    why = f"quote {quote.number} of {quote.vendor}, {quote.price:,g} {quote.currency} per {quote.per} until {quote.valid_until}"  # fmt: skip
    draft.put(("offers", offer, "price"), draft.steps(tuple(values), unit), why, one.seq)


def _before(draft: Draft, offer: str, unit: str, asked_usd: float) -> tuple[float, ...]:
    """What the scenario says in each period, else what was asked when the quote came in."""
    written = draft.section("offers", offer).get("price")
    if written is None:
        return (asked_usd,) * draft.timeline.count
    if any(change.key == f"offers.{offer}.price" for change in draft.changes):
        return draft.over(written, unit)
    return draft.over(draft.in_usd["offers"][offer]["price"], unit)


def _lead_weeks(draft: Draft, offer: str, one: Kept) -> float:
    """The vendor's lead time, else the offer's, else the one that was planned with."""
    if one.quote.lead_weeks is not None:
        return one.quote.lead_weeks
    written = draft.section("offers", offer).get("lead_time")
    return one.offers[offer].lead_weeks if written is None else convert(written, "week")


def _factor(draft: Draft, offer: str) -> float:
    return _pure(draft.section("offers", offer).get("price_factor", 1.0), "")


def _pure(written: Any, unit: str) -> float:
    """A figure as written; a bare 0 has no unit to give."""
    return 0.0 if written == 0 else convert(written, unit)
