"""When an offer can deliver: its lead time, its first and last delivery, and the day each is ordered by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.catalog.contract import Terms
from planner.catalog.system import System
from planner.fabric.wire import Wired
from planner.options.needs import Needs
from planner.options.pricing import last_quoted
from planner.scenario.offer import Offer
from planner.timeline import Timeline, after, before, first_day, last_day


@dataclass(frozen=True)
class Window:
    """First and last delivery period, and what decides the first."""

    first: int
    last: int
    why: str


def lead_weeks(offer: Offer, terms: Terms, needs: Needs) -> float:
    """Weeks from order to delivery: the offer's, else the system's; hosted capacity has none of its own."""
    if offer.lead_time is not None:
        return offer.lead_time
    return needs.known(needs.system.lead_time, "lead time") if terms.at_our_site else 0.0


def window_of(
    offer: Offer,
    system: System,
    lead: float,
    price: tuple[float, ...],
    wired: Wired | None,
    timeline: Timeline,
) -> Window | str:
    """The periods an offer can deliver in, or why there is none. lead: weeks; price: USD by period."""
    earliest, why = _earliest(offer, system, lead, timeline, wired)
    first, last = timeline.first_from(earliest), timeline.count - 1
    if offer.available_until:
        until = last_day(offer.available_until)
        last = max((p.index for p in timeline.periods if p.start <= until), default=-1)
    if first > last:
        return f"the first possible delivery, {earliest} ({why}), is after the last"
    last = min(last, last_quoted(price))
    if first > last:
        return "every quote has expired before the first possible delivery"
    return Window(first, last, why)


def _earliest(
    offer: Offer, system: System, lead: float, timeline: Timeline, wired: Wired | None
) -> tuple[date, str]:
    """First day of service, and what decides it: the order, the system's date or its fabric's."""
    ordered_today = after(timeline.as_of, lead)
    launch = system.available.at(timeline.as_of) if system.available else None
    opens = first_day(offer.available_from) if offer.available_from else None
    if opens is None and launch is not None:
        opens = last_day(str(launch.value))
    if wired and wired.day > max(ordered_today, opens or ordered_today, timeline.start):
        return wired.day, f"every part of {wired.fabric} can be had by {wired.day}"
    if opens is not None and opens > ordered_today:
        return opens, f"available from {opens}"
    return ordered_today, f"{lead:g} weeks after {timeline.as_of}"


def order_periods(lead: float, timeline: Timeline) -> tuple[int, ...]:
    """The period of each delivery's order-by date; an order of before the horizon is of its first."""
    days = (before(period.start, lead) for period in timeline.periods)
    return tuple(max(0, timeline.index_at(day)) for day in days)
