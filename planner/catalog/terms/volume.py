"""Volumes: the least and most of an offer, the smallest order, and discounts by quantity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, ClassVar, Literal

from planner.catalog.fact import Strict
from planner.catalog.figures import Number
from planner.catalog.term import Clash, Ownership, Reading, Term

if TYPE_CHECKING:
    from planner.catalog.contract import Terms


class Tier(Strict):
    """Units from one count to another, and what is taken off their price."""

    begins: Number
    """Units delivered before the first of this tier."""
    ends: Number | None = None
    """Units delivered with the last of it; absent: where the next begins, or no end."""
    discount: Number
    """Share taken off the price."""


class Volume(Term):
    """Least and most over the horizon, smallest order, and discounts by quantity, of each offer."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own", "lease", "reserve")

    minimum: Number | None = None
    """Fewest systems over the horizon."""
    maximum: Number | None = None
    """Most systems over the horizon."""
    minimum_order: Number | None = None
    """Fewest systems delivered in a period in which any is."""
    tiers: tuple[Tier, ...] = ()
    """In order of count, from 0."""
    counted: Literal["each tier", "all units"] = "each tier"
    """Whether a discount is of the units inside its tier, or of every unit once its tier is reached."""

    def resolve(self, reading: Reading) -> Volumes:
        maximum = reading.number_or(self.maximum, "maximum volume", inf)
        begins = [reading.number(tier.begins, "begin of a tier") for tier in self.tiers]
        discounts = [reading.number(tier.discount, "discount of a tier") for tier in self.tiers]
        ends = [*begins[1:], self._last_end(reading, maximum)]
        return Volumes(
            minimum=reading.number_or(self.minimum, "minimum volume", 0.0),
            maximum=maximum,
            minimum_order=reading.number_or(self.minimum_order, "minimum order", 0.0),
            tiers=tuple(map(Bracket, begins, ends, discounts)) if begins else (),
            all_units=self.counted == "all units",
        )

    def _last_end(self, reading: Reading, maximum: float) -> float:
        ends = self.tiers[-1].ends if self.tiers else None
        return min(maximum, reading.number_or(ends, "end of a tier", inf))

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        if self.tiers and terms.ownership != "own":
            yield Clash("CAT006", ("tiers",), "discounts by quantity are of what is bought")
        if self.tiers and terms.resale:
            what = "what was bought at a discount could be sold above the price paid"
            yield Clash("CAT006", ("tiers",), what, "say resale: false")
        if self.maximum is None and (self.minimum_order or self.tiers):
            what = "a smallest order or a discount by quantity needs the most that may be bought"
            yield Clash(
                "CAT006", ("maximum",), what, "say the largest volume either side thinks of"
            )
        most = self.maximum.value(as_of) if self.maximum else None
        for name in ("minimum", "minimum_order"):
            figure = getattr(self, name)
            least = figure.value(as_of) if figure else None
            if least is not None and most is not None and least > most:
                what = f"at least {least:g} are asked for and at most {most:g} allowed"
                yield Clash("CAT008", (name,), what)
        yield from self._tier_clashes(as_of)

    def _tier_clashes(self, as_of: date) -> Iterator[Clash]:
        known = [
            (tier.begins.value(as_of), tier.ends.value(as_of) if tier.ends else None)
            for tier in self.tiers
        ]
        if known and known[0][0] not in (None, 0):
            yield Clash("CAT008", ("tiers", 0), "the first tier does not begin at 0")
        for index, ((begins, ends), (following, _)) in enumerate(pairwise(known), start=1):
            if begins is None or following is None:
                continue
            if following <= begins or (ends is not None and ends > following):
                what = f"the tier from {following:g} overlaps the one before it"
                yield Clash("CAT008", ("tiers", index), what, "let each begin where the last ends")
            elif ends is not None and ends < following:
                what = f"no tier holds the units from {ends:g} to {following:g}"
                yield Clash("CAT008", ("tiers", index), what, "let each begin where the last ends")

    def needs_whole_units(self, as_of: date) -> str:
        if self.minimum_order is not None:
            return "a smallest order is all or nothing, which parts of systems walk around"
        if self.tiers and self.counted == "all units":
            return "a discount on all units is a step, which parts of systems walk around"
        discounts = [tier.discount.value(as_of) or 0.0 for tier in self.tiers]
        if any(later > earlier for earlier, later in pairwise(discounts)):
            return "discounts that rise with quantity would be taken before they are earned"
        return ""


@dataclass(frozen=True)
class Bracket:
    """Units from ``begins`` to ``ends`` and the share taken off their price."""

    begins: float
    ends: float
    discount: float


@dataclass(frozen=True)
class Volumes:
    """Volume terms as plain numbers; counts of systems."""

    minimum: float
    maximum: float
    minimum_order: float
    tiers: tuple[Bracket, ...]
    all_units: bool


TERM = Volume
