"""A catalog as plain data and back, so that a saved run carries every figure it used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from planner.catalog.load import KINDS, Catalog
from planner.catalog.market import Practice
from planner.catalog.serving import Serving
from planner.catalog.source import Source


def to_data(catalog: Catalog) -> dict[str, Any]:
    """Every entity in canonical units, ids sorted."""
    data: dict[str, Any] = {
        kind: {
            name: entity.model_dump(mode="json", exclude_defaults=True)
            for name, entity in sorted(getattr(catalog, kind).items())
        }
        for kind in KINDS
    }
    data["practice"] = catalog.practice.model_dump(mode="json", exclude_defaults=True)
    data["serving"] = catalog.serving.model_dump(mode="json", exclude_defaults=True)
    data["sources"] = {
        name: source.model_dump(mode="json", exclude_defaults=True)
        for name, source in sorted(catalog.sources.items())
    }
    return data


def from_data(data: dict[str, Any]) -> Catalog:
    """The catalog that ``to_data`` described."""
    tables: dict[str, Any] = {
        kind: {name: model.model_validate(entity) for name, entity in data.get(kind, {}).items()}
        for kind, model in KINDS.items()
    }
    sources = {name: Source.model_validate(value) for name, value in data["sources"].items()}
    practice = Practice.model_validate(data["practice"])
    serving = Serving.model_validate(data["serving"])
    return Catalog(Path("inputs/catalog.json"), sources, practice, serving, **tables)
