"""A supply pool gives less than the approved plan counted on."""

from __future__ import annotations

from collections.abc import Iterator

from planner.review.held import Held
from planner.review.triggers.trigger import Seen, trigger


@trigger("HBM short")
def watch(seen: Seen) -> Iterator[tuple[str, str]]:
    """Pools whose amount over the periods both plans see fell by more than allowed."""
    if seen.old is None:
        return
    shared = set(seen.old.labels) & set(seen.new.labels)
    for pool in sorted(set(seen.old.options.supplies) & set(seen.new.options.supplies)):
        then, now = (_amount(held, pool, shared) for held in (seen.old, seen.new))
        if then > 0 and now < then * (1 - seen.settings.watch.hbm_short):
            unit = seen.new.options.supplies[pool].unit
            yield pool, f"{pool} gives {now:,.0f} {unit} instead of {then:,.0f} ({now / then - 1:+.1%})"  # fmt: skip


def _amount(held: Held, pool: str, labels: set[str]) -> float:
    amounts = zip(held.labels, held.options.supplies[pool].amount, strict=True)
    return sum(amount for label, amount in amounts if label in labels)
