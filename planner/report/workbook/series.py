"""Decisions as series over periods, and what each of them pays, asked of the accounts themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planner.accounts.account import Account, Payment
from planner.finance.ledger import ZERO
from planner.options.table import Options
from planner.plan.saved import SavedRun
from planner.program.kind import Kind, kinds
from planner.program.price import payments
from planner.program.space import Column
from planner.timeline import SHARE_OF_PERIOD, Moment

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Series:
    """One decision over time: a kind of column with every index but its period.

    values: period -> what was decided; a decision without a period stands at None.
    """

    kind: Kind
    key: Key
    values: dict[int | None, float]

    @property
    def id(self) -> str:
        return "|".join((self.kind.name, *map(str, self.key)))

    @property
    def dated(self) -> bool:
        return None not in self.values

    @property
    def cohort(self) -> int | None:
        """The delivery whose systems it is about, where its own period is another; None where it is not."""
        letters = self.kind.index.split(",")
        if not {"v", "t"} <= set(letters):
            return None
        letters.remove("t")
        return int(self.key[letters.index("v")])

    def column(self, period: int | None) -> Key:
        """The index of the column that decides this series in a period."""
        at = clock(self.kind)
        if at is None or period is None:
            return self.key
        return (*self.key[:at], period, *self.key[at:])

    def name(self, part: str) -> str:
        """Its subject or site, empty where it has none."""
        at = {"subject": self.kind.subject, "site": self.kind.site}[part]
        return "" if at is None else str(self.column(next(iter(self.values)))[at])


def clock(kind: Kind) -> int | None:
    """Place of a kind's own period in its index: t where it has one, else its delivery v."""
    letters = kind.index.split(",")
    for letter in ("t", "v"):
        if letter in letters:
            return letters.index(letter)
    return None


def series_of(run: SavedRun) -> list[Series]:
    """Every decision that is used, in the order of the program's columns."""
    found: dict[tuple[str, Key], dict[int | None, float]] = defaultdict(dict)
    for column, value in zip(run.program.space.columns, run.x, strict=True):
        if abs(value) > ZERO:
            rest, period = _apart(column)
            found[column.kind, rest][period] = float(value)
    return [Series(kinds()[kind], key, values) for (kind, key), values in found.items()]


def _apart(column: Column) -> tuple[Key, int | None]:
    at = clock(kinds()[column.kind])
    if at is None:
        return column.key, None
    return (*column.key[:at], *column.key[at + 1 :]), int(column.key[at])


@dataclass(frozen=True)
class Flow:
    """What one account asks of one series: quantity and dollars per unit of it, by period.

    decided: the period of the decision that every payment hangs on, as of a delivery that pays for
    years; None where each period's payment hangs on that period's own decision. later: periods after
    the moment at which it is paid, past the horizon; dollars are as paid then.
    """

    account: Account
    rate: str
    moment: Moment
    series: Series
    decided: int | None
    quantity: dict[int, float]
    usd: dict[int, float]
    later: float = 0.0

    @property
    def when(self) -> str:
        """When inside its period, or how many periods past it, a payment falls."""
        return f"{self.moment} + {self.later:.6g}" if self.later else self.moment

    @property
    def share(self) -> float:
        """The same as periods after the start of its period."""
        return SHARE_OF_PERIOD[self.moment] + self.later

    @property
    def id(self) -> str:
        when = "" if self.decided is None else str(self.decided)
        return "|".join((self.account.name, self.rate, self.when, self.series.id, when))

    @property
    def came(self) -> int | None:
        """The period in which the systems came that it pays for; None where it pays for none."""
        return self.series.cohort if self.decided is None else self.decided

    def decides(self, period: int) -> int | None:
        """The period of the decision that a payment of this period hangs on."""
        if not self.series.dated:
            return None
        return period if self.decided is None else self.decided


def flows(options: Options, series: Series) -> Iterator[Flow]:
    """Every flow of a series, in the order the accounts name them."""
    asked: dict[int | None, list[tuple[Account, Payment]]] = {
        period: list(payments(options, series.kind.name, series.column(period)))
        for period in series.values
    }
    at_once = series.dated and all(
        payment.period == period for period, made in asked.items() for _, payment in made
    )
    sums: dict[tuple[str, str, str, float, int | None], Flow] = {}
    for period, made in asked.items():
        decided = None if at_once else period
        for account, payment in made:
            key = (account.name, payment.rate, payment.moment, payment.later, decided)
            new = Flow(
                account, payment.rate, payment.moment, series, decided, {}, {}, payment.later
            )
            flow = sums.setdefault(key, new)
            t = payment.period
            flow.quantity[t] = flow.quantity.get(t, 0.0) + payment.quantity
            flow.usd[t] = flow.usd.get(t, 0.0) + payment.usd
    yield from sums.values()
