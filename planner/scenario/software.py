"""Software over time: how much faster the same systems are believed to serve each year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planner.catalog.fact import Strict
from planner.documents import Document, KeyPath
from planner.errors import Problem
from planner.scenario.quantity import PerYear, Years

if TYPE_CHECKING:
    from planner.catalog.load import Catalog
    from planner.scenario.schema import Scenario

_AlwaysSome = Annotated[PerYear, Field(gt=-1)]


class Platforms(Strict):
    """Systems that share a software stack; every key given narrows it, and with none it means all."""

    vendors: tuple[str, ...] = ()
    """Systems of these vendors."""
    gradients: tuple[int, ...] = ()
    """Chips at these places on the spectrum."""
    systems: tuple[str, ...] = ()
    """These systems."""


class SoftwareGain(Strict):
    """A belief: tokens per second of the same system, gained by software alone."""

    group: Platforms = Platforms()
    """Whose; a system held by several beliefs follows the first."""
    per_year: _AlwaysSome
    """Share gained each year after the as-of date, compounding; young platforms gain more."""
    until: Annotated[Years, Field(gt=0)]
    """Years after the as-of date at which the gain ends: a platform matures."""
    low: _AlwaysSome | None = None
    """The least it could be."""
    high: _AlwaysSome | None = None
    """The most it could be."""
    basis: str
    """Why you believe it: a source, or an estimate and whose."""


def software_problems(
    scenario: Scenario, catalog: Catalog, document: Document
) -> Iterator[Problem]:
    """Beliefs whose range does not hold their value."""
    for name, belief in scenario.software_gain.items():
        key: KeyPath = ("software_gain", name)
        least = belief.per_year if belief.low is None else belief.low
        most = belief.per_year if belief.high is None else belief.high
        if not least <= belief.per_year <= most:
            what = f"{belief.per_year:.4g} a year lies outside its range {least:.4g} to {most:.4g}"
            yield document.problem("SCN033", (*key, "per_year"), what)
