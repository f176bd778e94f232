"""Moving: loading systems with another workload between the load blocks of a day."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Options
from planner.quantities import HOURS_PER_DAY


@account("moving", on="move", driver="systems moved", unit="system")
def moving(options: Options, key: Key) -> Iterator[Payment]:
    """Each move, every day of the period: load blocks are parts of one day."""
    period, usd = key[3], options.policy.move_cost
    assert usd is not None
    moves = options.timeline.hours / HOURS_PER_DAY
    yield Payment(period, "middle", moves, moves * usd)
