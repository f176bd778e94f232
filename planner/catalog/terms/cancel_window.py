"""Window of cancellation: a term may be ended early only between two ages of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from planner.catalog.figures import Weeks, Years
from planner.catalog.term import Clash, Ownership, Reading, Term

if TYPE_CHECKING:
    from planner.catalog.contract import Terms


class CancelWindow(Term):
    """When a cancellable term may be ended: not before, not after; the fee is the contract's exit fee."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("lease", "reserve")

    opens: Years
    """Years after service began from which it may end."""
    closes: Years | None = None
    """Years after service began until which it may end; absent: until the term is over."""
    notice: Weeks | None = None
    """Notice before it ends; absent: none."""

    def resolve(self, reading: Reading) -> MayCancel:
        years = reading.timeline.years
        opens = reading.number(self.opens, "opening of the cancellation window")
        closes = reading.number_or(self.closes, "close of the cancellation window", float("inf"))
        notice = reading.number_or(self.notice, "notice of the cancellation", 0.0)
        return MayCancel(opens / years, closes / years, notice)

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        opens = self.opens.value(as_of)
        closes = self.closes.value(as_of) if self.closes else None
        if not terms.cancellable:
            what = "a window of cancellation, and the contract cannot be cancelled"
            yield Clash("CAT006", ("opens",), what, "add cancellable: true and its exit_fee")
        if opens is not None and closes is not None and opens > closes:
            what = f"it closes after {closes:g} years, before it opens after {opens:g}"
            yield Clash("CAT006", ("closes",), what)


@dataclass(frozen=True)
class MayCancel:
    """Ages, in periods after delivery, between which a term may end, and the notice in weeks."""

    opens: float
    closes: float
    notice_weeks: float


TERM = CancelWindow
