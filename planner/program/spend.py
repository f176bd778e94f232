"""What is spent under a contract: invoices of its offers, as payments of the program's columns."""

from __future__ import annotations

from collections import defaultdict

from planner.accounts.account import registered
from planner.options.units import MUSD
from planner.program.kind import kinds
from planner.program.space import Space


def invoices(space: Space, contract: str) -> dict[int, list[tuple[int, float]]]:
    """Period -> (column, MUSD of one unit) of every invoiced payment under a contract."""
    options = space.options
    accounts = {kind: [a for a in registered(kind) if a.invoiced] for kind in kinds()}
    found: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for j, column in enumerate(space.columns):
        card = kinds()[column.kind]
        if not accounts[column.kind] or card.index.split(",")[card.subject] != "o":
            continue
        if options.offerings[column.key[card.subject]].contract != contract:
            continue
        for account in accounts[column.kind]:
            for payment in account.function(options, column.key):
                found[payment.period][j] += payment.usd / MUSD
    return {t: [(j, musd) for j, musd in by.items() if musd] for t, by in sorted(found.items())}
