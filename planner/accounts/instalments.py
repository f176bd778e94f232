"""Instalments: deposits and milestones of a purchase, each in its own period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.accounts.account import Key, Payment, account
from planner.catalog.terms.instalments import PaidInShares, ShareDue
from planner.options.table import Offering, Options
from planner.timeline import Moment, Timeline, after, before


@account(
    "instalments",
    on="deliver",
    driver="share of systems paid",
    unit="system",
    capital=True,
    invoiced=True,
)
def instalments(options: Options, key: Key) -> Iterator[Payment]:
    """Shares of the delivery period's price, each on the day the contract ties it to."""
    offer, _, delivery = key
    offering = options.offerings[offer]
    if offering.terms.get(PaidInShares) is not None and offering.paid_by_plan:
        for period, moment, share in paid_when(options, offer, delivery):
            yield Payment(period, moment, share, share * offering.price_usd[delivery])


def paid_when(options: Options, offer: str, delivery: int) -> Iterator[tuple[int, Moment, float]]:
    """(period, moment, share of the price) of every part of a delivery's price."""
    offering = options.offerings[offer]
    agreed = offering.terms.get(PaidInShares)
    if agreed is None:
        yield delivery, "start", 1.0
        return
    for part in agreed.parts:
        day = due(offering, part, options.timeline, delivery)
        yield *inside(options.timeline, day), part.share


def due(offering: Offering, part: ShareDue, timeline: Timeline, delivery: int) -> date:
    """The day on which a share of a delivery's price is due."""
    service = timeline.periods[delivery].start
    if part.at == "order":
        promised = timeline.periods[offering.promised(delivery)].start
        return after(before(promised, offering.lead_weeks), part.weeks)
    return before(service, part.weeks) if part.at == "shipment" else after(service, part.weeks)


def inside(timeline: Timeline, day: date) -> tuple[int, Moment]:
    """Period and moment at which a payment of a day counts.

    On the first day of a period at its start, later in it in its middle; before the horizon at its
    start, after it at its end.
    """
    period = timeline.index_at(day)
    if period < 0:
        return 0, "start"
    if period == timeline.count:
        return period - 1, "end"
    return period, "start" if day == timeline.periods[period].start else "middle"
