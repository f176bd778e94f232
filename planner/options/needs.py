"""The figures an offer needs of its system, each with its source, or the reason it cannot be made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from planner.catalog.fact import EvidenceTier, Fact, Figure, weakest
from planner.catalog.load import Catalog
from planner.catalog.system import System
from planner.catalog.term import Ownership

_RESERVED = {1.0: "reserved_1y", 3.0: "reserved_3y"}


@dataclass
class Needs:
    """Reads figures of one system; what is missing is gathered, what is used leaves its tier."""

    catalog: Catalog
    system: System
    as_of: date
    missing: list[str] = field(default_factory=list)
    tiers: list[EvidenceTier] = field(default_factory=list)

    def known(self, figure: Figure | None, name: str) -> float:
        """The figure, or NaN after noting that it is not disclosed; callers check ``missing``."""
        fact = self._fact(figure)
        if fact is None:
            self.missing.append(f"{name} not disclosed")
            return float("nan")
        return fact.number

    def practised(self, figure: Figure | None, practice: str, base: float = 1.0) -> float:
        """The system's own figure, else the planning practice times ``base``."""
        fact = self._fact(figure)
        if fact is not None:
            return fact.number
        default: Figure = getattr(self.catalog.practice, practice)
        value = default.value(self.as_of)
        if value is None:
            self.missing.append(f"practice.yaml has no {practice}")
            return float("nan")
        self.tiers.append("assumed")
        return value * base

    def _fact(self, figure: Figure | None) -> Fact | None:
        fact = figure.at(self.as_of) if figure else None
        if fact is not None:
            self.tiers.append(fact.tier)
        return fact

    def hosted_price(
        self, ownership: Ownership, term_years: float | None, discount: Figure | None
    ) -> float:
        """USD per chip-hour: the posted price for the term, else on-demand less the discount."""
        rental = self.system.rental
        if ownership == "reserve" and term_years in _RESERVED:
            fact = self._fact(getattr(rental, _RESERVED[term_years]))
            if fact is not None:
                return fact.number
        on_demand = self._fact(rental.on_demand)
        if on_demand is None:
            self.missing.append("hosted price not posted")
            return float("nan")
        if ownership == "rent":
            return on_demand.number
        cut = discount.value(self.as_of) if discount else None
        if cut is None:
            self.missing.append(f"no reserved price posted for {term_years or 0:g} years")
            return float("nan")
        self.tiers.append("assumed")
        return on_demand.number * (1 - cut)

    @property
    def tier(self) -> EvidenceTier:
        return weakest("measured", *self.tiers)
