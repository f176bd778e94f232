"""Rights to more or other systems become offerings of their own, tied to the contract they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from planner.catalog.load import Catalog
from planner.catalog.term import Agreed
from planner.catalog.terms.expand import MayExpand
from planner.catalog.terms.fast_option import FastSlot
from planner.catalog.terms.swap import MaySwap
from planner.options.offering import offering
from planner.options.right import Right
from planner.options.table import Configuration, Offering
from planner.scenario.offer import Offer
from planner.scenario.quantity import PRICE_UNITS, Series
from planner.scenario.schema import Scenario
from planner.timeline import before


def exercised_under(
    base: Offering, catalog: Catalog, scenario: Scenario
) -> Iterator[tuple[Right, str, str, Offer]]:
    """Every right of an offering's contract, the system and fabric it brings, and the offer it amounts to."""
    expand, fast = base.terms.get(MayExpand), base.terms.get(FastSlot)
    swap = base.terms.get(MaySwap)
    signed = scenario.signed.get(base.id)
    system = signed.system if signed is not None else scenario.offers[base.offer].system
    fabric = base.id.partition("@")[2] if signed is None else signed.fabric
    if expand is not None:
        lead = base.lead_weeks if expand.lead_weeks is None else expand.lead_weeks
        right = Right("expand", base.offer, expand.share, expand.most, expand.until)
        yield right, system, fabric, _offer(base, system, expand.usd, lead)
    if fast is not None:
        right = Right("fast", base.offer, until=fast.expiry, fee_usd=fast.fee_usd)
        yield right, system, fabric, _offer(base, system, fast.price_usd, fast.lead_weeks)
    if swap is not None:
        right = Right("swap", base.offer, handed_in=swap.handed_in)
        yield right, swap.system, "", _offer(base, swap.system, swap.price_usd, 0.0)


def _offer(base: Offering, system: str, usd: float, lead_weeks: float) -> Offer:
    unit = PRICE_UNITS[base.ownership]
    return Offer.model_validate(
        {
            "system": system,
            "contract": base.contract,
            "supplier": base.supplier,
            "sites": base.sites,
            "price": Series((("", usd),), unit=unit),
            "lead_time": f"{lead_weeks} week",
        }
    )


def right_offering(
    name: str, right: Right, offer: Offer, made: Configuration, catalog: Catalog, scenario: Scenario
) -> Offering | str:
    """The offering a right amounts to, or why it can never be used.

    It is bought outright at its own price: the terms of the contract are those of what was signed.
    """
    found = offering(name, offer, made, catalog, scenario)
    if isinstance(found, str):
        return found
    last = found.last
    if right.until is not None:
        last = _last_delivery(right.until, found, scenario)
        if last < found.first:
            return f"the right ends on {right.until}, before anything ordered under it could come"
    usd = offer.price.steps[0][1] if offer.price is not None else 0.0
    each = made.chips if found.ownership == "reserve" else 1.0
    return replace(
        found,
        last=last,
        price_usd=(usd * each,) * scenario.timeline.count,
        max_total=None,
        min_total=None,
        terms=Agreed(),
        right=right,
    )


def _last_delivery(until: date, found: Offering, scenario: Scenario) -> int:
    """Last period whose order-by date is no later than the last day of the right."""
    periods = scenario.timeline.periods
    in_time = (p.index for p in periods if before(p.start, found.lead_weeks) <= until)
    return min(found.last, max(in_time, default=-1))
