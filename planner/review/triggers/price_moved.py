"""An offer asks another price than in the approved plan for the same delivery."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from planner.plan.scarcity import money
from planner.review.held import Held
from planner.review.triggers.trigger import Seen, trigger


@trigger("price moved")
def watch(seen: Seen) -> Iterator[tuple[str, str]]:
    """Offers whose price, for the first delivery that both plans allow, moved by more than allowed."""
    if seen.old is None:
        return
    for offer in sorted(set(seen.old.options.offerings) & set(seen.new.options.offerings)):
        then, now = _prices(seen.old, offer), _prices(seen.new, offer)
        label = next((label for label in then if label in now), None)
        if label is None or not then[label]:
            continue
        move = now[label] / then[label] - 1
        if abs(move) > seen.settings.watch.price_move:
            says = f"{offer} for {label} asks {money(now[label])} instead of {money(then[label])} ({move:+.1%})"
            yield offer, says


def _prices(held: Held, offer: str) -> dict[str, float]:
    """Price by period of delivery; what is signed is no price any more."""
    offering = held.options.offerings[offer]
    if offering.fixed is not None or not offering.price_usd:
        return {}
    return {
        held.labels[period]: offering.price_usd[period]
        for period in range(offering.first, min(offering.last + 1, len(held.labels)))
        if isfinite(offering.price_usd[period])
    }
