"""Today's plan is materially another one than was approved."""

from __future__ import annotations

from collections.abc import Iterator

from planner.review.triggers.trigger import Seen, trigger


@trigger("plan drift")
def watch(seen: Seen) -> Iterator[tuple[str, str]]:
    """The distance from the approved plan, where it is material."""
    if seen.drift is None or not seen.drift.material:
        return
    npv = seen.drift.npv_share
    told = "the approved plan cannot be made any more" if npv is None else f"NPV {npv:+.1%} beside what time alone brings"  # fmt: skip
    yield "plan", f"{told}; {seen.drift.orders_share:.1%} of the orders' value changed"
