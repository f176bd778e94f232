"""What to say to each supplier: a target price where it lost, room to rise where it won."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from planner.finance.ledger import ZERO
from planner.options.table import Options
from planner.plan.hot import ACQUISITIONS, Hot
from planner.plan.price.room import Room, room
from planner.plan.price.slope import Slope
from planner.plan.price.target import Target, target, window_part
from planner.plan.scarcity import money
from planner.plan.window import window_ends
from planner.quantities import MEGA

LOST_ONLY, EVERY, NONE = "lost", "all", "none"
SCOPES = (LOST_ONLY, EVERY, NONE)
"""Which offers are priced: the lost ones, all, or none."""


@dataclass(frozen=True)
class Negotiation:
    """Prices to negotiate with. Absent where the question does not arise.

    target: for delivery at any date; now: for an order in the decision window. free_is_too_dear:
    it would stay out even for nothing. room: of an offer that won.
    """

    target: Target | None = None
    now: Target | None = None
    free_is_too_dear: bool = False
    room: Room | None = None
    sentence: str = ""


def negotiations(
    hot: Hot,
    slopes: dict[str, Slope],
    scope: str = LOST_ONLY,
    only: Iterable[str] | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> dict[str, Negotiation]:
    """Every offer of the scope with its prices; an offer nothing of which scales with its price is left out."""
    wanted = set(slopes if only is None else only)
    found: dict[str, Negotiation] = {}
    for offer in slopes:
        if offer not in wanted or scope == NONE:
            continue
        if not is_used(hot, offer):
            found[offer] = _lost(hot, slopes[offer], offer)
        elif scope == EVERY:
            found[offer] = _won(hot, slopes[offer], offer)
            say(f"room to rise of {offer}")
    return found


def is_used(hot: Hot, offer: str) -> bool:
    """Whether the plan orders or rents any of an offer."""
    columns = hot.program.space.columns
    return any(
        hot.base.x[position] > ZERO
        for position in hot.columns_of[offer]
        if columns[position].kind in ACQUISITIONS
    )


def _lost(hot: Hot, slope: Slope, offer: str) -> Negotiation:
    found = target(hot, slope, offer)
    if found is None:
        return Negotiation(free_is_too_dear=True, sentence="even for nothing the plan would do without it; it would have to be paid")  # fmt: skip
    now = target(hot, window_part(hot, slope, offer), offer, at_most=found.factor)
    return Negotiation(found, now, sentence=_target_sentence(hot.options, found, now, offer))


def _won(hot: Hot, slope: Slope, offer: str) -> Negotiation:
    found = room(hot, slope, offer)
    return Negotiation(room=found, sentence=_room_sentence(found) if found else "")


def _target_sentence(options: Options, found: Target, now: Target | None, offer: str) -> str:
    text = f"wins at {price_as_said(options, offer, found.price_usd)} ({found.factor - 1:+.1%}) for {found.delivery} at {found.site}, order by {found.order_by}"  # fmt: skip
    if now is None:
        return f"{text}; ordered by {window_ends(options.timeline)} at no price"
    if abs(now.factor - found.factor) < 1e-6 * found.factor:
        return text
    return f"{text}; ordered by {window_ends(options.timeline)} at {price_as_said(options, offer, now.price_usd)} ({now.factor - 1:+.1%}) for {now.delivery}"  # fmt: skip


def price_as_said(options: Options, offer: str, usd: float) -> str:
    """A price per system, system-hour or million tokens, as people say it."""
    ownership = options.offerings[offer].ownership
    if ownership == "meter":
        return f"{money(usd * MEGA)} a Mtok"
    return money(usd) if ownership == "own" else f"{money(usd)}/h"


def _room_sentence(found: Room) -> str:
    if found.leaves is None:
        leaves = "no price makes it leave: there is no plan without it"
    else:
        leaves = f"it leaves at {_rise(found.leaves)}"
    shrinks = "" if found.shrinks is None else f"the plan holds up to {_rise(found.shrinks)}; "
    cost = "" if found.without_musd is None else f"; doing without it costs {money(found.without_musd * 1e6)}"  # fmt: skip
    return f"{shrinks}{leaves}{cost}"


def _rise(factor: float) -> str:
    """A factor of the asked price as a rise.

    >>> _rise(1.0421), _rise(3.785)
    ('+4.2%', '3.8 times its price')
    """
    return f"{factor - 1:+.1%}" if factor < 2 else f"{factor:.1f} times its price"
