"""Catalog entries as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from planner.catalog.fact import Fact, Figure, Strict
from planner.catalog.load import Catalog
from planner.catalog.walk import facts_of, figures_of
from planner.timeline import first_day, last_day

_REVIEW_AFTER = timedelta(days=365)
_MOVING_KINDS = ("markets", "pools", "practice")
_MOVING_FIGURES = frozenset(
    {"price", "rental", "lead_time", "available", "valuation", "revenue", "booked", "fabric_price"}
)


def listing(catalog: Catalog) -> Iterator[tuple[str, str, str, str, str]]:
    """(id, kind, name, vendor, note) of every entry."""
    for kind, name, entity in catalog.entities():
        note = ""
        if kind == "systems":
            chip = catalog.chips[getattr(entity, "chip")]  # noqa: B009
            place = f"gradient {chip.gradient}, " if chip.gradient else ""
            note = place + str(getattr(entity, "channel"))  # noqa: B009
        elif kind == "throughput":
            note = f"{len(getattr(entity, 'points'))} rows"  # noqa: B009
        yield name, kind, getattr(entity, "name", ""), getattr(entity, "vendor", ""), note


def particulars(entity: Strict) -> list[tuple[str, str]]:
    """What an entry says that is not a figure."""
    rows = []
    for name in type(entity).model_fields:
        value = getattr(entity, name)
        if isinstance(value, dict) and all(isinstance(inner, str) for inner in value.values()):
            value = tuple(f"{key}: {inner}" for key, inner in value.items())
        plain = isinstance(value, str | int | float | bool) or (isinstance(value, tuple) and value)
        if plain and not isinstance(value, Figure) and value != "" and not _holds_facts(value):
            rows.append(
                (name, ", ".join(map(str, value)) if isinstance(value, tuple) else str(value))
            )
    return rows


def _holds_facts(value: Any) -> bool:
    return isinstance(value, tuple) and any(isinstance(item, Strict) for item in value)


def figures(entity: Strict) -> list[tuple[str, ...]]:
    """Every fact: (figure, value, as of, quality, source id and note)."""
    rows: list[tuple[str, ...]] = []
    for key, fact in facts_of(entity):
        name = ".".join(str(part) for part in key if not isinstance(part, int))
        note = f"REJECTED: {fact.rejected}. {fact.note}" if fact.rejected else fact.note
        said = f"[{fact.source}] {note}".strip()
        rows.append((name, shown(fact), fact.as_of, fact.quality, said))
    return rows


def sources(entity: Strict, catalog: Catalog) -> list[tuple[str, str]]:
    """(id, title and address) of every source an entity cites."""
    cited = sorted({fact.source for _, fact in facts_of(entity)})
    known = catalog.sources
    return [(name, f"{known[name].title} {known[name].url}".strip()) for name in cited]


def shown(fact: Fact) -> str:
    """A fact's value with unit, label and range."""
    value = fact.value if isinstance(fact.value, str) else f"{fact.value:,.6g}"
    text = f"{value} {fact.unit}".strip()
    if fact.low is not None or fact.high is not None:
        ends = (f"{end:,.6g}" if end is not None else "" for end in (fact.low, fact.high))
        text += f" ({' to '.join(ends)})"
    return f"{text} [{fact.label}]" if fact.label else text


def stale_figures(catalog: Catalog, day: date) -> list[tuple[str, str, str, str]]:
    """(id, figure, as of, review by) of every figure in use whose review date has passed.

    What the world sets (prices, rentals, lead times, values, supply) is due a year after its
    date; what physics or a data sheet sets is due only where the fact itself says so. A launch that
    is past does not move any more.
    """
    rows = []
    for kind, name, entity in catalog.entities():
        for key, figure in figures_of(entity):
            fact = figure.at(day)
            if fact is None:
                continue
            launched = "available" in key and first_day(str(fact.value)) <= day
            moves = kind in _MOVING_KINDS or any(part in _MOVING_FIGURES for part in key)
            due = last_day(fact.review_by) if fact.review_by else None
            if due is None and moves and not launched:
                due = last_day(fact.as_of) + _REVIEW_AFTER
            if due is not None and due < day:
                rows.append((name, ".".join(map(str, key)), fact.as_of, due.isoformat()))
    return rows


def newest_day(catalog: Catalog) -> date:
    """The day from which every fact of the catalog is seen."""
    return max(
        first_day(fact.as_of) for _, _, entity in catalog.entities() for _, fact in facts_of(entity)
    )
