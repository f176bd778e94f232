"""Deposit and milestone payments: shares of the price due at order, at shipment or after acceptance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import isclose
from typing import ClassVar, Literal

from pydantic import Field

from planner.catalog.fact import Strict
from planner.catalog.figures import Number, Weeks
from planner.catalog.term import Clash, Ownership, Reading, Term

Event = Literal["order", "shipment", "acceptance"]
_TOLERANCE = 1e-6


class Instalment(Strict):
    """One share of the price and when it is due."""

    share: Number
    """Share of the price; the shares of a contract sum to 1."""
    at: Event
    """order: the day the order is placed; shipment: before service begins; acceptance: after."""
    gap: Weeks | None = None
    """Weeks after the order, before service (shipment) or after it (acceptance); absent: none."""


class Instalments(Term):
    """Deposit and milestones: the price paid in shares, each on its own day."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own",)

    payments: tuple[Instalment, ...] = Field(min_length=1)
    """In any order."""

    def resolve(self, reading: Reading) -> PaidInShares:
        return PaidInShares(
            tuple(
                ShareDue(
                    reading.number(part.share, "instalment share"),
                    part.at,
                    reading.number_or(part.gap, "gap of an instalment", 0.0),
                )
                for part in self.payments
            )
        )

    def clashes(self, terms: object, as_of: date) -> Iterator[Clash]:
        shares = [part.share.value(as_of) for part in self.payments]
        total = sum(share for share in shares if share is not None)
        if None not in shares and not isclose(total, 1.0, abs_tol=_TOLERANCE):
            what = f"the shares of the price sum to {total:.6g}, not 1"
            yield Clash("CAT007", ("payments",), what, "say what is due when, to the last cent")


@dataclass(frozen=True)
class ShareDue:
    """A share of the price, the event it is tied to, and weeks from it."""

    share: float
    at: Event
    weeks: float


@dataclass(frozen=True)
class PaidInShares:
    """Instalments as plain numbers."""

    parts: tuple[ShareDue, ...]


TERM = Instalments
