"""What a typed term of a contract is, and how its sourced figures become plain numbers."""

from __future__ import annotations

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from planner.catalog.fact import EvidenceTier, Figure, Strict
from planner.timeline import Timeline, first_day, last_day

if TYPE_CHECKING:
    from planner.catalog.contract import Terms

Ownership = Literal["own", "lease", "reserve", "rent", "meter"]
"""own: bought and housed by us; lease: housed by us, paid for a term, given back; reserve: hosted,
paid for the whole term; rent: hosted, paid by the hour; meter: served by others, paid by the token."""
OURS: tuple[Ownership, ...] = ("own", "lease")
"""Kinds that stand at our own sites."""


@dataclass(frozen=True)
class Clash:
    """Why a term cannot stand as written. key: inside the contract's terms."""

    code: str
    key: tuple[str | int, ...]
    what: str
    hint: str = ""


@dataclass
class Reading:
    """Reads figures on a plan's as-of date; what is missing is gathered, what is used leaves its tier."""

    timeline: Timeline
    missing: list[str] = field(default_factory=list)
    tiers: list[EvidenceTier] = field(default_factory=list)

    def number(self, figure: Figure, name: str) -> float:
        """The figure, or NaN after noting that it is not disclosed."""
        fact = figure.at(self.timeline.as_of)
        if fact is None:
            self.missing.append(f"{name} not disclosed")
            return float("nan")
        self.tiers.append(fact.tier)
        return fact.number

    def number_or(self, figure: Figure | None, name: str, absent: float) -> float:
        """The figure where the term states one, else what its absence means."""
        return absent if figure is None else self.number(figure, name)

    def day(self, figure: Figure, name: str, late: bool = False) -> date:
        """The first (or last) day a dated figure can mean; the as-of date after noting a gap."""
        fact = figure.at(self.timeline.as_of)
        if fact is None:
            self.missing.append(f"{name} not disclosed")
            return self.timeline.as_of
        self.tiers.append(fact.tier)
        return last_day(str(fact.value)) if late else first_day(str(fact.value))


class Term(Strict, ABC):
    """Base of every typed term: a schema whose figures are facts.

    goes_with: kinds of ownership under which it means something.
    """

    goes_with: ClassVar[tuple[Ownership, ...]]

    @abstractmethod
    def resolve(self, reading: Reading) -> Any:
        """The term as plain numbers: a frozen value that accounts, rows and columns look up by type."""

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        """What is wrong with it beside the contract's other terms."""
        return iter(())

    def names(self) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
        """Catalog entries it names: where in the term, the folder that must hold it, its id."""
        return iter(())

    def needs_whole_units(self, as_of: date) -> str:
        """Why it means nothing in a relaxed plan; empty where it does."""
        return ""


_Agreed = TypeVar("_Agreed")


@dataclass(frozen=True)
class Agreed:
    """What the typed terms of a contract come to, by the type of the resolved value."""

    values: Mapping[type, Any] = field(default_factory=dict)

    def get(self, kind: type[_Agreed]) -> _Agreed | None:
        """The resolved term of this type; None where the contract does not have it."""
        return self.values.get(kind)


@cache
def term_types() -> dict[str, type[Term]]:
    """Every typed term by the word it is written under, in order of name."""
    from planner.catalog import terms

    found = {}
    for module_info in sorted(pkgutil.iter_modules(terms.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{terms.__name__}.{module_info.name}")
        found[module_info.name] = module.TERM
    return found
