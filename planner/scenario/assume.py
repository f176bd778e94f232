"""Assumptions: figures the user supplies where the catalog says not disclosed.

They enter the catalog as facts of the lowest quality, so they never displace a known figure and
everything that rests on them carries the tier ``assumed``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from planner.catalog.fact import SCENARIO, Fact, Figure, InUnit, Strict
from planner.catalog.load import Catalog
from planner.documents import Document
from planner.errors import InvalidData, Problem
from planner.quantities import UnitError, split
from planner.scenario.offer import Assumed
from planner.scenario.schema import Scenario


def with_assumptions(catalog: Catalog, scenario: Scenario, document: Document) -> Catalog:
    """The catalog with the scenario's assumptions appended.

    Raises InvalidData: SCN014 for a field that takes no assumption, DOC006 for a wrong unit.
    """
    systems = dict(catalog.systems)
    problems: list[Problem] = []
    for name, figures in scenario.assumptions.items():
        for field, assumed in figures.items():
            try:
                systems[name] = _assume(systems[name], field, assumed, scenario.as_of)
            except (ValueError, ValidationError, UnitError) as error:
                key = ("assumptions", name, field)
                code = "DOC006" if isinstance(error, UnitError | ValidationError) else "SCN014"
                if isinstance(error, PydanticCustomError):
                    code = error.type
                what = (
                    error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
                )
                problems.append(document.problem(code, key, what))
    if problems:
        raise InvalidData(problems)
    return replace(catalog, systems=systems)


def _assume(entity: Any, field: str, assumed: Assumed, as_of: str) -> Any:
    name, _, rest = field.partition(".")
    known = type(entity).model_fields
    if name not in known:
        raise ValueError(
            f"'{field}' is no figure of a system; figures: {', '.join(figures(entity))}"
        )
    old = getattr(entity, name)
    if rest and isinstance(old, Strict):
        return entity.model_copy(update={name: _assume(old, rest, assumed, as_of)})
    unit = next((mark.unit for mark in _marks(known[name].annotation, known[name].metadata)), None)
    if unit is None:
        raise ValueError(f"'{field}' is no figure; figures: {', '.join(figures(entity))}")
    number, written = split(assumed.value)
    fact = Fact(
        value=number,
        unit=written,
        as_of=as_of,
        quality="assumption",
        source=SCENARIO,
        note=assumed.basis,
    )
    added = InUnit(unit).convert(Figure((fact,)))
    facts = (*(old.root if old else ()), *added.root)
    return entity.model_copy(update={name: Figure(facts)})


def figures(entity: Strict) -> list[str]:
    """Names of the figures of an entity that an assumption can supply."""
    return [
        name
        for name, info in type(entity).model_fields.items()
        if any(_marks(info.annotation, info.metadata))
    ]


def _marks(annotation: Any, metadata: list[Any]) -> list[InUnit]:
    from typing import get_args

    found = [mark for mark in metadata if isinstance(mark, InUnit)]
    for inner in get_args(annotation):
        found += [mark for mark in getattr(inner, "__metadata__", ()) if isinstance(mark, InUnit)]
    return found
