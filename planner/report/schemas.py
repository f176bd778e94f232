"""JSON Schemas of every file people write, generated from the models that check them."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from planner.catalog.load import KINDS
from planner.catalog.market import Practice
from planner.catalog.serving import Anchors, Serving
from planner.catalog.source import Sources
from planner.scenario.schema import Scenario

_SINGULAR = {"media": "medium", "switches": "switch", "throughput": "throughput"}


def schemas() -> dict[str, type[BaseModel]]:
    """Schema file name -> model."""
    named: dict[str, type[BaseModel]] = {
        _SINGULAR.get(kind, kind.removesuffix("s")): model for kind, model in KINDS.items()
    }
    single: dict[str, type[BaseModel]] = {
        "sources": Sources,
        "practice": Practice,
        "serving": Serving,
        "anchors": Anchors,
        "scenario": Scenario,
    }
    return {**named, **single}


def write_schemas(folder: Path, more: dict[str, type[BaseModel]]) -> list[Path]:
    """Write every schema, those of rooms above this one by name; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, model in sorted({**schemas(), **more}.items()):
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **model.model_json_schema(),
        }
        if name == "scenario":
            schema["properties"]["extends"] = {
                "type": "string",
                "description": "Parent scenario, by name; every key then overrides the parent's.",
            }
            schema.pop("required")
            facts = schema["$defs"].pop("Figure")
            schema["$defs"]["Figure"] = {"anyOf": [{"type": ["string", "number"]}, facts]}
        path = folder / f"{name}.json"
        path.write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written
