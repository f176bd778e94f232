"""What a contract costs beside its units: loans and prepayments, credit, underspend, warrants."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.instalments import inside
from planner.catalog.terms.loan import Lent
from planner.catalog.terms.warrants import Vesting
from planner.options.table import Options
from planner.options.units import MUSD


@account("loan", on="signed", driver="dollars lent", unit="USD")
def loan(options: Options, key: Key) -> Iterator[Payment]:
    """Money lent or prepaid to the supplier, and what comes back of it in cash with its interest.

    What was paid before the as-of date is sunk; what is due past the horizon is counted at its end.
    """
    lent, timeline = options.agreed(key[0]).get(Lent), options.timeline
    if lent is None:
        return
    if lent.lent >= timeline.as_of:
        yield Payment(*inside(timeline, lent.lent), lent.amount_usd, lent.amount_usd)
    for day, usd in () if lent.credited else lent.in_cash():
        if day >= timeline.as_of:
            yield Payment(*inside(timeline, day), -usd, -usd)


@account("prepaid credit", on="credit", driver="invoices paid by credit", unit="USD")
def prepaid_credit(options: Options, key: Key) -> Iterator[Payment]:
    """Invoices of the period paid out of what was prepaid."""
    yield Payment(key[1], "middle", MUSD, -MUSD)


@account("remaining value", on="balance", driver="credit still open", unit="USD", cash=False)
def credit_left(options: Options, key: Key) -> Iterator[Payment]:
    """Credit that can still be used past the horizon, at its end; what has lapsed is lost."""
    contract, period = key
    lent, timeline = options.agreed(contract).get(Lent), options.timeline
    open_later = lent is not None and lent.repaid >= timeline.end
    if period == timeline.count - 1 and open_later:
        yield Payment(period, "end", MUSD, -MUSD)


@account("underspend", on="underspend", driver="spend agreed and not made", unit="USD")
def underspend(options: Options, key: Key) -> Iterator[Payment]:
    """What falls short of the year's minimum spend, paid when the year (or the horizon) ends."""
    year = key[1]
    last = max(period.index for period in options.timeline.periods if period.year == year)
    yield Payment(last, "end", MUSD, MUSD)


@account("warrants", on="signed", driver="shares of the supplier", unit="share")
def warrants(options: Options, key: Key) -> Iterator[Payment]:
    """Shares that vest to us: shown with their number, and at 0 USD unless the contract counts them."""
    vesting, timeline = options.agreed(key[0]).get(Vesting), options.timeline
    if vesting is not None and timeline.as_of <= vesting.vests < timeline.end:
        usd = -vesting.shares * vesting.counted_usd
        yield Payment(*inside(timeline, vesting.vests), vesting.shares, usd)
