"""What a unit of an offer costs when it is ordered: the offer's, a quote's or the catalog's price, and its path."""

from __future__ import annotations

from math import nan

from planner.catalog.contract import Terms
from planner.catalog.term import Agreed
from planner.catalog.terms.commitment import Committed
from planner.catalog.terms.escalator import Escalated
from planner.catalog.terms.lease import Leased
from planner.catalog.terms.pass_through import PassedOn
from planner.catalog.terms.prepayment import Prepaid
from planner.catalog.terms.quotes import Quoted
from planner.options.needs import Needs
from planner.options.table import Configuration
from planner.scenario.offer import Offer
from planner.scenario.quantity import PRICE_UNITS, scaled
from planner.timeline import Timeline, before

PER_TERM = ("lease", "reserve")
"""Kinds whose price is fixed when they are signed and escalates over their term."""


def prices(
    offer: Offer,
    terms: Terms,
    agreed: Agreed,
    configuration: Configuration,
    needs: Needs,
    timeline: Timeline,
    lead_weeks: float,
) -> tuple[float, ...]:
    """USD per system (own) or per system-hour, for a delivery in each period; NaN where no quote holds.

    Base price · chips · (1 + change)^years, the escalator's steps where no term holds the price,
    memory passed on, less what prepaying saves; all of it times the offer's factor.
    """
    base = _base(offer, terms, agreed, configuration, needs, timeline, lead_weeks)
    each = 1.0 if terms.ownership in ("own", "lease") or _by_power(offer, agreed) else configuration.chips  # fmt: skip
    change = 1 + offer.price_change
    steps = agreed.get(Escalated) if terms.ownership not in PER_TERM else None
    prepaid = agreed.get(Prepaid)
    kept = 1 - prepaid.discount if prepaid else 1.0
    memory = _memory_usd(agreed, configuration, needs, timeline)
    path = []
    for period, usd in zip(timeline.periods, base, strict=True):
        years = period.index * timeline.years
        rise = steps.after(years) if steps else 1.0
        path.append(usd * each * change**years * rise * kept + memory[period.index])
    return tuple(usd * offer.price_factor for usd in path)


def last_quoted(price_usd: tuple[float, ...]) -> int:
    """The last period that has a price; -1 where none has."""
    return max((period for period, usd in enumerate(price_usd) if usd == usd), default=-1)


def _base(
    offer: Offer, terms: Terms, agreed: Agreed, configuration: Configuration, needs: Needs,
    timeline: Timeline, lead_weeks: float,
) -> tuple[float, ...]:  # fmt: skip
    if offer.price is not None:
        return scaled(offer.price, PRICE_UNITS[terms.ownership]).over(timeline)
    quoted, leased = agreed.get(Quoted), agreed.get(Leased)
    if quoted is not None:
        days = (before(period.start, lead_weeks) for period in timeline.periods)
        found = (quoted.on(max(day, timeline.as_of)) for day in days)
        return tuple(nan if usd is None else usd for usd in found)
    committed = agreed.get(Committed)
    if committed is not None and committed.usd_per_kw_h is not None:
        return (committed.usd_per_kw_h * configuration.provisioned_kw,) * timeline.count
    if terms.ownership == "lease":
        rate = leased.rate_usd_per_h if leased else None
        if rate is None:
            needs.missing.append("no lease rate stated")
        return (nan if rate is None else rate,) * timeline.count
    if terms.ownership == "own":
        return (needs.known(needs.system.price, "price"),) * timeline.count
    term = terms.term.value(timeline.as_of) if terms.term else None
    return (needs.hosted_price(terms.ownership, term, terms.discount),) * timeline.count


def _by_power(offer: Offer, agreed: Agreed) -> bool:
    committed = agreed.get(Committed)
    stated = committed is not None and committed.usd_per_kw_h is not None
    return offer.price is None and stated


def _memory_usd(
    agreed: Agreed, configuration: Configuration, needs: Needs, timeline: Timeline
) -> tuple[float, ...]:
    """What memory's price adds to a system delivered in each period (USD)."""
    passed = agreed.get(PassedOn)
    if passed is None:
        return (0.0,) * timeline.count
    gigabytes = sum(
        needs.known(tier.capacity, f"{tier.kind} capacity") * configuration.chips
        for tier in needs.catalog.chips[configuration.chip].memory
        if tier.kind == passed.memory
    )
    return tuple(passed.per_gb(period.start) * gigabytes for period in timeline.periods)
