"""The objective: every column's discounted payments, in MUSD."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Account, Key, Payment, registered
from planner.options.table import Options
from planner.options.units import MUSD
from planner.program.space import Space


def payments(options: Options, kind: str, key: Key) -> Iterator[tuple[Account, Payment]]:
    """Every payment of one unit of a column, with its account."""
    for account in registered(kind):
        for payment in account.function(options, key):
            yield account, payment


def objective(space: Space) -> list[float]:
    """Cost of one unit of each column: Σ discount · payment (MUSD), later ones discounted further."""
    options = space.options
    timeline = options.timeline
    discount = {
        (period.index, moment): timeline.discount(period.index, moment) / MUSD
        for period in timeline.periods
        for moment in ("start", "middle", "end")
    }
    by_kind = {kind: registered(kind) for kind in {column.kind for column in space.columns}}
    return [
        sum(
            payment.usd * timeline.waited(payment.later) * discount[payment.period, payment.moment]
            for account in by_kind[column.kind]
            for payment in account.function(options, column.key)
        )
        for column in space.columns
    ]
