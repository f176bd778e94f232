"""At what price, or else at what speed, a system that a hedge does not order would enter, and where
it would then leave.

Bisected by re-solves on the same draws at hazard 0: the cuts of one price serve the next, those of
one speed every slower one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

from planner.risk.frontier import Frontier
from planner.risk.master import Cuts
from planner.risk.requote import Quoted, offers_of, quoted
from planner.risk.respeed import sped
from planner.timeline import Timeline

TOLERANCE = 0.01
"""To which the entry price is found, as a share of the quote."""
BELOW = 0.9
"""Share of the entry price at which the exit is shown: at that price itself it leaves at once."""
FASTEST = 16.0
"""Factor up to which an entry speed is sought."""
SPEED_TOLERANCE = 0.05
"""To which it is found, as a share of it."""
ABOVE = 1.1
"""Factor on the entry speed at which the exit is shown."""


@dataclass(frozen=True)
class Entry:
    """Where an absent system enters the window's orders at hazard 0.

    price_usd: today's quote for its first delivery that the window orders. share: of it, at which
    the system enters; None where not even as a gift. speed: factor on its speed at which it enters
    at that quote; sought where no price suffices, None where the fastest tried does not either.
    exit_per_year: hazard at which it leaves again where its price, or its speed, is a tenth better;
    infinite where it stays.
    """

    system: str
    gradient: int
    offer: str
    period: str
    price_usd: float
    share: float | None
    exit_per_year: float | None
    speed: float | None = None

    @property
    def entry_usd(self) -> float | None:
        """The price at which it enters."""
        return None if self.share is None else self.share * self.price_usd


def entry(frontier: Frontier, system: str, largest: float, tolerance: float) -> Entry | None:
    """The entry of a system absent at hazard 0; None where no order of it falls into the window.

    largest, tolerance: of the hazards (1/year) among which its exit is sought.
    """
    setting = frontier.setting
    what = quoted(setting, frontier.problem, offers_of(setting.options, system))
    first = _first_order(frontier, system)
    if first is None or not what.price.any():
        return None
    share = _share(frontier, what, system)
    left, speed = None, None
    if share is not None:
        left = frontier.requoted(what, BELOW * share).exit(system, largest, tolerance)
    else:
        speed = entry_speed(frontier, system)
    if speed is not None:
        left = sped(frontier, system, ABOVE * speed, Cuts()).exit(system, largest, tolerance)
    offer, period = first
    offering = setting.options.offerings[offer]
    timeline: Timeline = setting.options.timeline
    return Entry(
        system=system,
        gradient=setting.options.of(offer).gradient or 0,
        offer=offer,
        period=timeline.periods[period].label,
        price_usd=offering.price_usd[period],
        share=share,
        exit_per_year=left,
        speed=speed,
    )


def _first_order(frontier: Frontier, system: str) -> tuple[str, int] | None:
    """Offer and period of the first delivery that the window may order."""
    firsts = {offer.id: offer.first for offer in offers_of(frontier.setting.options, system)}
    columns = frontier.setting.base.program.space.columns
    upper = frontier.problem.base.upper
    open_now = [
        (columns[j].key[2], columns[j].key[0])
        for j in frontier.problem.first_columns
        if columns[j].kind == "deliver"
        and columns[j].key[2] >= firsts.get(columns[j].key[0], inf)
        and upper[j] > 0
    ]
    return (min(open_now)[1], min(open_now)[0]) if open_now else None


def _share(frontier: Frontier, what: Quoted, system: str) -> float | None:
    """The largest share of the price, to the tolerance, at which the system is ordered."""

    def enters(share: float) -> bool:
        return frontier.requoted(what, share).ordered(0.0, system)

    if not enters(0.0):
        return None
    low, high = 0.0, 1.0
    while high - low > TOLERANCE:
        middle = (low + high) / 2
        low, high = (middle, high) if enters(middle) else (low, middle)
    return low


def entry_speed(frontier: Frontier, system: str) -> float | None:
    """The least factor on a system's speed, to the tolerance, at which it is ordered at its quote."""
    low, high, cuts = 1.0, FASTEST, Cuts()
    if not sped(frontier, system, FASTEST, cuts).ordered(0.0, system):
        return None
    while high / low > 1 + SPEED_TOLERANCE:
        middle = sqrt(low * high)
        slower = cuts.copy()
        if sped(frontier, system, middle, slower).ordered(0.0, system):
            high, cuts = middle, slower
        else:
            low = middle
    return high
