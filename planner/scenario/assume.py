"""Assumptions: figures the user supplies where the catalog says not disclosed.

They enter the catalog as facts of the lowest quality, so they never displace a known figure and
everything that rests on them carries the tier ``assumed``; a user's own quote, marked so, enters as
the best and does. One that replaces the catalog stands alone and stays assumed, so that a published
case can be computed with its own inputs; what it replaces is kept, rejected, and comes back with it gone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from planner.catalog.fact import SCENARIO, Fact, Figure, Strict
from planner.catalog.figures import InUnit
from planner.catalog.load import Catalog
from planner.documents import Document
from planner.errors import InvalidData, Problem
from planner.quantities import UnitError, split
from planner.scenario.offer import Assumed
from planner.scenario.schema import Scenario
from planner.timeline import first_day

KINDS = ("systems", "media", "switches", "fabrics")
PRACTICE, AVAILABLE = "practice", "available"
"""Ids and fields that are not of a kind of their own."""
_REPLACED = "an assumption of the scenario replaces it"
_ALWAYS = "1900"
"""As-of date of what is taken as known whenever a plan is made."""


def with_assumptions(catalog: Catalog, scenario: Scenario, document: Document) -> Catalog:
    """The catalog with the scenario's assumptions appended.

    Raises InvalidData: SCN014 for a field that takes no assumption, DOC006 for a wrong unit.
    """
    tables = _tables(catalog)
    problems: list[Problem] = []
    for name, figures in scenario.assumptions.items():
        table = next(table for table in tables.values() if name in table)
        for field, assumed in figures.items():
            try:
                table[name] = _assume(table[name], field, assumed, scenario.as_of)
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
    return _with_tables(catalog, tables)


def assumable(catalog: Catalog) -> list[str]:
    """Ids whose figures a scenario may supply."""
    return [PRACTICE, *(name for kind in KINDS for name in getattr(catalog, kind))]


def available_from(catalog: Catalog, part: str, day: date) -> Catalog:
    """The catalog as if a box, with the optics in it, or a medium could be had from a day on."""
    fact = Fact(value=day.isoformat(), as_of=_ALWAYS, quality="user", source=SCENARIO)
    dated = {AVAILABLE: Figure((fact,))}
    media, switches = dict(catalog.media), dict(catalog.switches)
    medium = part
    if part in switches:
        medium = switches[part].optics
        switches[part] = switches[part].model_copy(update=dated)
    if medium in media:
        media[medium] = media[medium].model_copy(update=dated)
    return replace(catalog, media=media, switches=switches)


def _assume(entity: Any, field: str, assumed: Assumed, as_of: str) -> Any:
    name, _, rest = field.partition(".")
    known = type(entity).model_fields
    if name not in known:
        raise ValueError(
            f"'{field}' is no figure of {entity.id}; figures: {', '.join(figures(entity))}"
        )
    old = getattr(entity, name)
    if rest and isinstance(old, Strict):
        return entity.model_copy(update={name: _assume(old, rest, assumed, as_of)})
    if name not in figures(entity):
        raise ValueError(f"'{field}' is no figure; figures: {', '.join(figures(entity))}")
    mark = next(iter(_marks(known[name].annotation, known[name].metadata)), None)
    value, unit = split(assumed.value) if mark else (_day(assumed.value), "")
    fact = Fact(
        value=value,
        unit=unit,
        as_of=as_of,
        quality=assumed.quality,
        source=SCENARIO,
        note=assumed.basis,
    )
    added = mark.convert(Figure((fact,))) if mark else Figure((fact,))
    kept = () if old is None else old.root
    if assumed.replaces_catalog:
        kept = tuple(fact if fact.rejected else _rejected(fact, _REPLACED) for fact in kept)
    return entity.model_copy(update={name: Figure((*kept, *added.root))})


def _rejected(fact: Fact, why: str) -> Fact:
    return fact.model_copy(update={"rejected": why})


def without_assumptions(catalog: Catalog, scenario: Scenario) -> Catalog:
    """The catalog as it is without what a scenario assumed, so that another may assume something else.

    What an assumption replaced is known again.
    """
    tables = _tables(catalog)
    for name, assumed in scenario.assumptions.items():
        for table in (table for table in tables.values() if name in table):
            for field in assumed:
                table[name] = _stripped(table[name], field)
    return _with_tables(catalog, tables)


def _tables(catalog: Catalog) -> dict[str, dict[str, Any]]:
    """Copies of every table that takes assumptions, the practice as a table of one."""
    tables = {kind: dict(getattr(catalog, kind)) for kind in KINDS}
    return {**tables, PRACTICE: {PRACTICE: catalog.practice}}


def _with_tables(catalog: Catalog, tables: dict[str, dict[str, Any]]) -> Catalog:
    return replace(
        catalog,
        practice=tables[PRACTICE][PRACTICE],
        systems=tables["systems"],
        media=tables["media"],
        switches=tables["switches"],
        fabrics=tables["fabrics"],
    )


def _stripped(entity: Any, field: str) -> Any:
    name, _, rest = field.partition(".")
    old = getattr(entity, name)
    if rest and isinstance(old, Strict):
        return entity.model_copy(update={name: _stripped(old, rest)})
    known = [fact for fact in old.root if fact.source != SCENARIO]
    facts = tuple(_rejected(fact, "") if fact.rejected == _REPLACED else fact for fact in known)
    return entity.model_copy(update={name: Figure(facts) if facts else None})


def _day(text: str) -> str:
    """A date as written; DOC009 where it is none."""
    try:
        first_day(text)
    except ValueError as error:
        raise PydanticCustomError("DOC009", "{why}", {"why": str(error)}) from error
    return text


def figures(entity: Strict) -> list[str]:
    """Names of the figures of an entity that an assumption can supply."""
    return [
        name
        for name, info in type(entity).model_fields.items()
        if any(_marks(info.annotation, info.metadata)) or name == AVAILABLE
    ]


def _marks(annotation: Any, metadata: list[Any]) -> list[InUnit]:
    from typing import get_args

    found = [mark for mark in metadata if isinstance(mark, InUnit)]
    for inner in get_args(annotation):
        found += [mark for mark in getattr(inner, "__metadata__", ()) if isinstance(mark, InUnit)]
    return found
