"""Conflicts with their bounds computed and the figures that stand instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.catalog.conflict import Bound, Conflict
from planner.catalog.fact import Fact, Figure
from planner.catalog.load import Catalog
from planner.errors import MissingFigure
from planner.quantities import factor
from planner.serving.laws import LAWS


@dataclass(frozen=True)
class Settled:
    """One conflict: every claim as said, its bound with unit, verdict, why, and what is used."""

    id: str
    number: int
    claim: str
    bound: float | None
    bound_unit: str
    verdict: str
    explanation: str
    resolution: str
    used: tuple[str, ...]


def settle(catalog: Catalog, as_of: date) -> Iterator[Settled]:
    """Every conflict of the catalog, in order of its number.

    Raises MissingFigure (CAT012) where a bound's input or a figure said to be used has no fact.
    """
    for conflict in sorted(catalog.conflicts.values(), key=lambda c: c.number):
        bound, unit = _bound(conflict, as_of) if conflict.bound else (None, "")
        yield Settled(
            id=conflict.id,
            number=conflict.number,
            claim=f"{conflict.title}: {'; '.join(map(_said, conflict.claim))}",
            bound=bound,
            bound_unit=unit,
            verdict=conflict.verdict,
            explanation=conflict.explanation,
            resolution=conflict.resolution,
            used=tuple(
                f"{use.kind}/{use.id} {use.figure}: {_said(_fact(catalog, use.kind, use.id, use.figure, as_of))}"
                for use in conflict.used
            ),
        )  # fmt: skip


def _bound(conflict: Conflict, as_of: date) -> tuple[float, str]:
    stated: Bound | None = conflict.bound
    assert stated is not None
    law = LAWS[stated.law]
    arguments: dict[str, float] = {}
    for name, (argument, unit) in law.inputs.items():
        fact = stated.inputs[name].at(as_of) if name in stated.inputs else None
        if fact is None:
            raise MissingFigure(conflict.id, f"bound.inputs.{name}", as_of)
        scale = factor(fact.unit or "dimensionless", unit or "dimensionless")
        arguments[argument] = fact.number * scale
    return law.function(**arguments), law.unit


def _fact(catalog: Catalog, kind: str, name: str, dotted: str, as_of: date) -> Fact:
    value: object = getattr(catalog, kind)[name]
    for step in dotted.split("."):
        if isinstance(value, dict):
            value = value[step]
        elif isinstance(value, tuple):
            value = value[int(step)]
        else:
            value = getattr(value, step)
    fact = value.at(as_of) if isinstance(value, Figure) else None
    if fact is None:
        raise MissingFigure(name, dotted, as_of)
    return fact


def _said(fact: Fact) -> str:
    value = fact.value if isinstance(fact.value, str) else f"{fact.value:,.6g}"
    note = f" ({fact.note})" if fact.note else ""
    return f"{value} {fact.unit}".strip() + note
