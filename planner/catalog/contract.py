"""Contracts: templates an offer can be made under, and sourced records of real deals."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from planner.catalog.fact import Figure, Number, SharePerYear, Strict, Text, Years

Ownership = Literal["own", "reserve", "rent"]


class Terms(Strict):
    """What an offer under this contract obliges both sides to."""

    ownership: Ownership
    """own: bought and housed by us; reserve: hosted, paid for the whole term; rent: hosted, paid by the hour."""
    term: Years | None = None
    """Length of a reservation (years)."""
    resale: bool = False
    """Whether a bought system may be sold before the end of its life."""
    cancellable: bool = False
    """Whether a reservation may end before its term against the exit fee."""
    exit_fee: Number | None = None
    """Share of the remaining payments due when a reservation ends early."""
    discount: Number | None = None
    """Reduction against the on-demand price where no reserved price is posted."""

    @model_validator(mode="after")
    def _terms_fit_ownership(self) -> Terms:
        if self.resale and self.ownership != "own":
            raise PydanticCustomError("CAT006", "only what is owned can be resold")
        if self.cancellable and self.ownership != "reserve":
            raise PydanticCustomError("CAT006", "only a reservation can be cancelled")
        if self.cancellable and self.exit_fee is None:
            raise PydanticCustomError("CAT006", "what may be cancelled needs its exit fee")
        if self.ownership == "reserve" and self.term is None:
            raise PydanticCustomError("CAT006", "a reservation needs its term")
        return self


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
    facts: dict[str, Figure] = Field(default_factory=dict)
    """What is known of the real deal, by name: value, capacity, term, conditions."""
    notes: dict[str, Text] = Field(default_factory=dict)
    """Further facts."""


__all__ = ["Contract", "Ownership", "SharePerYear", "Terms"]
