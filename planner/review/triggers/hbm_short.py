"""A supply pool gives less than the approved plan counted on."""

from __future__ import annotations

from collections.abc import Iterator

from planner.review.held import Held
from planner.review.triggers.trigger import Seen, trigger


@trigger("HBM short")
def watch(seen: Seen) -> Iterator[tuple[str, str]]:
    """Pools that by the last period both plans see will have given less than was counted on.

    What came before a plan's first period is in that period where a pool carries over, so the sums
    of both plans begin at the same day; the fall is told as a share of what the shared periods give.
    """
    if seen.old is None:
        return
    shared = [label for label in seen.old.labels if label in set(seen.new.labels)]
    for pool in sorted(set(seen.old.options.supplies) & set(seen.new.options.supplies)):
        stock = seen.new.options.supplies[pool].carry_over
        then, now = (_amount(held, pool, shared, stock) for held in (seen.old, seen.new))
        expected = _amount(seen.old, pool, shared, stock=False)
        if expected > 0 and then - now > expected * seen.settings.watch.hbm_short:
            unit = seen.new.options.supplies[pool].unit
            yield pool, f"{pool} gives {then - now:,.0f} {unit} less than the {expected:,.0f} counted on ({(now - then) / expected:+.1%})"  # fmt: skip


def _amount(held: Held, pool: str, shared: list[str], stock: bool) -> float:
    """Units over the shared periods, and where stock is kept over those before them too."""
    labels = held.labels[: held.labels.index(shared[-1]) + 1] if stock and shared else shared
    amounts = zip(held.labels, held.options.supplies[pool].amount, strict=True)
    return sum(amount for label, amount in amounts if label in labels)
