"""What an account is: one pure function from one column to its payments.

The objective coefficient of a column is the discounted sum of its payments; the ledger row after
the solve is the same payments times the solved value. Nothing else prices anything, so the
ledger's NPV and the objective cannot part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from planner.options.table import Options
from planner.timeline import Moment

Key = tuple[Any, ...]
"""Index of a column, such as (offer, site, delivery period)."""


@dataclass(frozen=True)
class Payment:
    """One payment per unit of a column.

    period: index; moment: when inside it. quantity: of the account's driver, never 0 where there
    is money. usd: positive is cost. rate: which of an account's prices this is, where one column
    pays several at once, such as the tariff of a load block; payments that agree in everything the
    ledger prints have one price per unit. later: periods after the moment at which it falls, for what
    is owed past the horizon; the timeline discounts them, and the ledger books their worth then.
    """

    period: int
    moment: Moment
    quantity: float
    usd: float
    rate: str = ""
    later: float = 0.0


Function = Callable[[Options, Key], Iterable[Payment]]


@dataclass(frozen=True)
class Account:
    """A named line of the ledger.

    on: kind of column it prices. driver and unit: what its quantity counts. capital: whether it
    is capital expenditure. facility: whether it belongs to the building, whose clock is its own.
    cash: whether it is paid at all, or reckons what lies past the horizon or was not served.
    invoiced: whether the contract's supplier is paid, so that it counts as spent under the contract.
    """

    name: str
    on: str
    driver: str
    unit: str
    function: Function
    capital: bool = False
    facility: bool = False
    cash: bool = True
    invoiced: bool = False

    @property
    def meaning(self) -> str:
        return (self.function.__doc__ or "").strip().splitlines()[0]


_REGISTER: list[Account] = []


def account(
    name: str,
    on: str,
    driver: str,
    unit: str,
    capital: bool = False,
    facility: bool = False,
    cash: bool = True,
    invoiced: bool = False,
) -> Callable[[Function], Function]:
    """Register a function as an account on one kind of column."""

    def register(function: Function) -> Function:
        _REGISTER.append(
            Account(name, on, driver, unit, function, capital, facility, cash, invoiced)
        )
        return function

    return register


def registered(on: str) -> tuple[Account, ...]:
    """The accounts on one kind of column, in order of name."""
    return tuple(sorted((a for a in _REGISTER if a.on == on), key=lambda a: a.name))


def all_accounts() -> tuple[Account, ...]:
    """Every account, in order of name and column kind."""
    return tuple(sorted(_REGISTER, key=lambda a: (a.name, a.on)))
