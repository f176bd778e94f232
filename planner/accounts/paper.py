"""Signed purchases: what is still due on them; what was paid is sunk."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.instalments import inside
from planner.options.commitment import Commitment
from planner.options.table import Options
from planner.timeline import Timeline


@account(
    "signed payments",
    on="deliver",
    driver="systems signed for",
    unit="system",
    capital=True,
    invoiced=True,
)
def signed_payments(options: Options, key: Key) -> Iterator[Payment]:
    """Payments still due on a signed purchase, each in its own period; those before the horizon in its first."""
    commitment = options.offerings[key[0]].commitment
    if commitment is not None:
        for day, usd in commitment.due_usd:
            if day < options.timeline.end:
                period, moment = inside(options.timeline, day)
                yield Payment(period, moment, 1.0, usd)


@account("due past horizon", on="deliver", driver="systems signed for", unit="system", cash=False)
def due_past_horizon(options: Options, key: Key) -> Iterator[Payment]:
    """Payments of a signed purchase that fall after the horizon, in full, each from its own day."""
    commitment, timeline = options.offerings[key[0]].commitment, options.timeline
    if commitment is None:
        return
    past = [(day, usd) for day, usd in commitment.due_usd if day >= timeline.end]
    for day, usd in past:
        yield Payment(timeline.count - 1, "end", 1 / len(past), usd, later=timeline.periods_past(day))  # fmt: skip


def due_past_usd(timeline: Timeline, commitment: Commitment) -> float:
    """Payments of one system after the horizon, each discounted to the horizon's end (USD)."""
    return sum(
        usd * timeline.waited(timeline.periods_past(day))
        for day, usd in commitment.due_usd
        if day >= timeline.end
    )
