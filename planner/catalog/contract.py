"""Contracts: templates an offer can be made under, and sourced records of real deals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import Field, create_model

from planner.catalog.fact import Figure, Strict
from planner.catalog.figures import Number, Text, Years
from planner.catalog.term import OURS, Agreed, Clash, Ownership, Reading, Term, term_types

ENDS_EARLY: tuple[Ownership, ...] = ("lease", "reserve")
"""Kinds paid over a term, which may be ended before it against a fee."""


class PlainTerms(Strict):
    """What an offer under this contract obliges both sides to."""

    ownership: Ownership
    """own: bought and housed by us; lease: housed by us, paid for a term, given back; reserve: hosted,
    paid for the whole term; rent: hosted, paid by the hour; meter: served by others, paid by the token."""
    term: Years | None = None
    """Length of a lease or reservation (years)."""
    outlives: bool = False
    """Whether the term may run past the systems' life; the other side then replaces them."""
    resale: bool = False
    """Whether a bought system may be sold before the end of its life."""
    cancellable: bool = False
    """Whether a lease or reservation may end before its term against the exit fee."""
    exit_fee: Number | None = None
    """Share of the remaining payments due when a lease or reservation ends early."""
    discount: Number | None = None
    """Reduction against the on-demand price where no reserved price is posted."""

    @property
    def typed(self) -> dict[str, Term]:
        """The typed terms written down, by name."""
        written = {name: getattr(self, name, None) for name in term_types()}
        return {name: term for name, term in written.items() if term is not None}

    @property
    def at_our_site(self) -> bool:
        """Whether the systems stand at an owned or colocation site."""
        return self.ownership in OURS

    def agreed(self, reading: Reading) -> Agreed:
        """Every typed term as plain numbers; gaps are noted in ``reading``."""
        values = [term.resolve(reading) for term in self.typed.values()]
        return Agreed({type(value): value for value in values})


def _typed_fields(optional: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: (kind | None, Field(None, description=(kind.__doc__ or "").partition("\n")[0]))
        for name, kind in term_types().items()
    }
    if optional:
        why = "Kind of ownership; absent: the template's."
        fields["ownership"] = (Ownership | None, Field(None, description=why))
    return fields


if TYPE_CHECKING:
    Terms = PlainTerms
    ChangedTerms = PlainTerms
else:
    Terms = create_model("Terms", __base__=PlainTerms, **_typed_fields(optional=False))
    ChangedTerms = create_model("ChangedTerms", __base__=PlainTerms, **_typed_fields(optional=True))


class Contract(Strict):
    """A template, a record, or both."""

    id: str
    """Kebab case."""
    name: str
    """What it is called."""
    parties: tuple[str, ...] = ()
    """Vendor ids or names, supplier first."""
    terms: Terms | None = None
    """Present where an offer can be made under it."""
    minimum_take: Number | None = None
    """Of a utility's contract: least share of the subscribed power that is billed, used or not."""
    facts: dict[str, Figure] = Field(default_factory=dict)
    """What is known of the real deal, by name: value, capacity, term, conditions."""
    notes: dict[str, Text] = Field(default_factory=dict)
    """Further facts."""


def clashes(terms: Terms, as_of: date) -> Iterator[Clash]:
    """Every way in which a contract's terms do not go together."""
    kind = terms.ownership
    if terms.resale and kind != "own":
        yield Clash("CAT006", ("resale",), "only what is owned can be resold")
    if terms.cancellable and kind not in ENDS_EARLY:
        yield Clash("CAT006", ("cancellable",), "only a lease or a reservation can be cancelled")
    if terms.cancellable and terms.exit_fee is None:
        yield Clash("CAT006", ("cancellable",), "what may be cancelled needs its exit fee")
    if kind in ENDS_EARLY and terms.term is None:
        yield Clash("CAT006", ("term",), "a lease or reservation needs its term")
    if kind == "meter" and "metered" not in terms.typed:
        yield Clash("CAT006", ("metered",), "what is paid by the token needs its prices")
    for name, term in terms.typed.items():
        if kind not in term.goes_with:
            what = f"'{name}' means nothing where ownership is '{kind}'"
            yield Clash("CAT006", (name,), what, f"it goes with {', '.join(term.goes_with)}")
        else:
            for clash in term.clashes(terms, as_of):
                yield Clash(clash.code, (name, *clash.key), clash.what, clash.hint)


__all__ = ["ChangedTerms", "Contract", "Ownership", "Terms", "clashes"]
