"""A kind of actual: its columns, what does not go together in its rows, and what a row says as a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from planner.errors import Problem
from planner.review.cells import Row
from planner.review.columns import Column
from planner.scenario.load import Loaded

ENTRY = "actuals"
"""Kind of the entry in the history that holds the facts of one file."""
Rows = Sequence[tuple[Row, dict[str, Any]]]


@dataclass(frozen=True)
class Fact:
    """One thing that happened. day: when, which decides the first review that sees it. seq: its entry."""

    kind: str
    day: date
    values: Mapping[str, Any]
    seq: int = 0

    def as_data(self) -> dict[str, Any]:
        """Plain data for the history."""
        return {"kind": self.kind, "day": self.day.isoformat(), **self.values}


def from_data(data: Mapping[str, Any], seq: int) -> Fact:
    """A fact as the history keeps it."""
    values = {name: value for name, value in data.items() if name not in ("kind", "day")}
    return Fact(data["kind"], date.fromisoformat(data["day"]), values, seq)


@dataclass(frozen=True)
class World:
    """What rows are held against: a scenario with its catalog, what is known already, and the day."""

    loaded: Loaded
    known: tuple[Fact, ...]
    day: date

    def of(self, kind: str) -> list[Fact]:
        """Known facts of one kind."""
        return [fact for fact in self.known if fact.kind == kind]

    def rate(self, currency: str) -> float | None:
        """Dollars per unit of a currency; None where the scenario has no rate for it."""
        if currency == "USD":
            return 1.0
        found = self.loaded.scenario.exchange_rates.get(currency)
        return found.rate if found else None


def _no_problems(world: World, rows: Rows) -> Iterator[Problem]:
    return iter(())


@dataclass(frozen=True)
class Kind:
    """One kind of actual.

    name: of a sheet, and of ``--kind``. columns: of a row, names drawn from the world. fact: a row's
    day and plain values. check: what is wrong with rows that can each be read. others: whether a
    file may hold further columns. begins: whether rows of other kinds may name what its rows begin.
    """

    name: str
    title: str
    columns: Callable[[World], tuple[Column, ...]]
    fact: Callable[[World, dict[str, Any]], tuple[date, dict[str, Any]]]
    check: Callable[[World, Rows], Iterator[Problem]] = field(default=_no_problems)
    others: bool = False
    begins: bool = False


KINDS: dict[str, Kind] = {}
"""Every kind by name."""


def register(kind: Kind) -> Kind:
    """Make a kind known."""
    KINDS[kind.name] = kind
    return kind


def past(world: World, rows: Rows, column: str) -> Iterator[Problem]:
    """Rows that speak of a day still to come (REV065)."""
    for row, values in rows:
        if values[column] is not None and values[column] > world.day:
            what = f"{values[column]} lies after {world.day}; what has not happened is no actual"
            yield row.problem("REV065", column, what, "leave it for a later file")


def other_money(world: World, rows: Rows, column: str) -> Iterator[Problem]:
    """Rows in a currency without a rate (REV057)."""
    for row, values in rows:
        if world.rate(values[column]) is None:
            what = f"the amount is in {values[column]}, and no rate says what that is in USD"
            hint = f"add {values[column]} to the exchange_rates of the scenario"
            yield row.problem("REV057", column, what, hint)


def cohorts(world: World) -> dict[str, float]:
    """Systems signed for, by cohort: the scenario's contracts on paper and the orders that came since."""
    found = {name: signed.count for name, signed in world.loaded.scenario.signed.items()}
    return found | {str(fact.values["cohort"]): fact.values["systems"] for fact in world.of("orders")}  # fmt: skip
