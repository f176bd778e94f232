"""Sources: the catalog's figures behind every system that the scenario knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.catalog.fact import Figure, Strict
from planner.report.content.material import Material
from planner.report.content.piece import Column, Section, Table

ORDER = 90


def section(material: Material) -> Section:
    rows = tuple(_facts(material))
    assumed = sum(row["quality"] == "assumption" for row in rows)
    return Section(
        id="sources",
        title="Figures and their sources",
        sentences=(f"{len(rows)} figures, {assumed} of them assumptions.",),
        tables=(
            Table(
                "sources",
                "Figures in use",
                (
                    Column("entity", "of"),
                    Column("figure", "figure"),
                    Column("value", "value", "number"),
                    Column("unit", "unit"),
                    Column("low", "low", "number"),
                    Column("high", "high", "number"),
                    Column("as_of", "as of", "date"),
                    Column("quality", "who says so"),
                    Column("source", "source"),
                ),
                rows,
                "Of several facts about a figure the best-sourced, newest one on the as-of date is used.",
            ),
        ),
    )


def _facts(material: Material) -> Iterator[dict[str, Any]]:
    catalog, day = material.run.loaded.catalog, material.options.timeline.as_of
    configurations = material.options.configurations.values()
    systems = sorted({c.system for c in configurations if not c.metered})
    chips = sorted({catalog.systems[name].chip for name in systems})
    entities: list[Strict] = [catalog.systems[name] for name in systems]
    entities += [catalog.chips[name] for name in chips]
    for entity in entities:
        for name, figure in _figures(entity, ""):
            fact = figure.at(day)
            if fact is not None:
                source = catalog.sources.get(fact.source)
                yield {
                    "entity": getattr(entity, "id", ""),
                    "figure": name,
                    "value": fact.value,
                    "unit": fact.unit,
                    "low": fact.low,
                    "high": fact.high,
                    "as_of": fact.as_of,
                    "quality": fact.quality,
                    "source": source.title if source else fact.source,
                }


def _figures(entity: Strict, prefix: str) -> Iterator[tuple[str, Figure]]:
    for name in type(entity).model_fields:
        value = getattr(entity, name)
        if isinstance(value, Figure):
            yield prefix + name, value
        elif isinstance(value, Strict):
            yield from _figures(value, f"{prefix}{name}.")
