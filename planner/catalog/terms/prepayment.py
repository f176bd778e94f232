"""Prepayment of a term: a share of all it will cost paid when it begins, against a lower rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from planner.catalog.figures import Number
from planner.catalog.term import Clash, Ownership, Reading, Term

if TYPE_CHECKING:
    from planner.catalog.contract import Terms


class Prepayment(Term):
    """All or part of a term's payments, made when it begins."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("lease", "reserve")

    share: Number
    """Share of the whole term's payments due when it begins."""
    discount: Number | None = None
    """Reduction of the rate for paying so; absent: none."""

    def resolve(self, reading: Reading) -> Prepaid:
        return Prepaid(
            reading.number(self.share, "prepaid share"),
            reading.number_or(self.discount, "discount for prepaying", 0.0),
        )

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        for name, figure in (("share", self.share), ("discount", self.discount)):
            value = figure.value(as_of) if figure else None
            if value is not None and value > 1:
                yield Clash("CAT008", (name,), f"{value:.0%} is more than the whole payment")
        if terms.cancellable:
            what = "what is paid in advance cannot be saved by ending early"
            yield Clash("CAT006", (), what, "drop 'cancellable', or the prepayment")


@dataclass(frozen=True)
class Prepaid:
    """Share of the term's payments due when it begins, and the reduction of every payment."""

    share: float
    discount: float


TERM = Prepayment
