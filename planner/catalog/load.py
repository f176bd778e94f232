"""Read a catalog folder: every file against its schema, every reference against the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from planner.catalog.chip import Chip
from planner.catalog.conflict import Conflict
from planner.catalog.contract import Contract, clashes
from planner.catalog.fabric import Fabric
from planner.catalog.fact import Strict
from planner.catalog.interconnect import Medium, Switch
from planner.catalog.market import Market, Practice
from planner.catalog.model import Model
from planner.catalog.residual import Residual
from planner.catalog.serving import Anchors, Serving
from planner.catalog.source import Source, Sources
from planner.catalog.supply import Pool
from planner.catalog.system import System
from planner.catalog.throughput import Point, Throughput
from planner.catalog.vendor import Vendor
from planner.catalog.walk import facts_of
from planner.documents import Document, KeyPath, read, validate
from planner.errors import InvalidData, Problem, UnknownName, did_you_mean

KINDS: dict[str, type[Strict]] = {
    "vendors": Vendor,
    "chips": Chip,
    "systems": System,
    "models": Model,
    "throughput": Throughput,
    "contracts": Contract,
    "pools": Pool,
    "markets": Market,
    "media": Medium,
    "switches": Switch,
    "fabrics": Fabric,
    "conflicts": Conflict,
    "residuals": Residual,
}
"""Folder of the catalog -> what each file in it holds."""


SINGLE: dict[str, type[Strict]] = {"sources": Sources, "practice": Practice, "serving": Serving}
"""File of the catalog -> what it holds."""


@dataclass(frozen=True)
class Catalog:
    """Everything that exists, by id."""

    root: Path
    sources: dict[str, Source]
    practice: Practice
    serving: Serving
    vendors: dict[str, Vendor] = field(default_factory=dict)
    chips: dict[str, Chip] = field(default_factory=dict)
    systems: dict[str, System] = field(default_factory=dict)
    models: dict[str, Model] = field(default_factory=dict)
    throughput: dict[str, Throughput] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)
    pools: dict[str, Pool] = field(default_factory=dict)
    markets: dict[str, Market] = field(default_factory=dict)
    media: dict[str, Medium] = field(default_factory=dict)
    switches: dict[str, Switch] = field(default_factory=dict)
    fabrics: dict[str, Fabric] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    residuals: dict[str, Residual] = field(default_factory=dict)

    def entities(self) -> Iterator[tuple[str, str, Strict]]:
        """Every entity as (kind, id, value), kinds in catalog order and ids sorted."""
        for kind in KINDS:
            for name, entity in sorted(getattr(self, kind).items()):
                yield kind, name, entity
        yield "practice", "practice", self.practice
        yield "serving", "serving", self.serving

    def find(self, name: str) -> tuple[str, Strict]:
        """The entity with this id or alias, with its kind; CAT005 when nothing bears it."""
        for kind, ident, entity in self.entities():
            named = name == ident or name in getattr(entity, "aliases", ())
            if named and kind != "throughput":
                return kind, entity
        known = [ident for _, ident, _ in self.entities()]
        raise UnknownName("catalog entry", name, known, code="CAT005")


def load(root: Path, anchors: Path | None = None) -> Catalog:
    """Load a catalog folder; every problem of every file at once.

    anchors: a file of the user's own measurements, laid over the catalog's rows.

    Raises InvalidData: DOC codes for what a single file gets wrong, CAT001 unknown reference,
    CAT002 duplicate id, CAT003 id unlike the file name, CAT004 missing catalog.
    """
    if not (root / "sources.yaml").is_file():
        what = "no catalog here: sources.yaml is missing"
        raise InvalidData([Problem("CAT004", str(root), "", what, "a catalog folder holds one")])
    problems: list[Problem] = []
    documents: list[tuple[str, Document, Any]] = []
    overlay: list[tuple[str, Document, Any]] = []
    kinds: dict[str, type[Strict]] = {**SINGLE, **KINDS}
    for kind, model in kinds.items():
        for path in _files(root, kind):
            try:
                document = read(path, _shown(path))
                documents.append((kind, document, validate(model, document)))
            except InvalidData as error:
                problems += error.problems
    if anchors is not None:
        try:
            document = read(anchors, _shown(anchors))
            overlay.append(("anchors", document, validate(Anchors, document)))
        except InvalidData as error:
            problems += error.problems
    if problems:
        raise InvalidData(problems)
    catalog = _assemble(root, documents, problems)
    for kind, document, entity in documents + overlay:
        if kind == "serving" and not (root / "serving.yaml").is_file():
            continue
        problems += _reference_problems(kind, document, entity, catalog)
    if problems:
        raise InvalidData(problems)
    for _, _, entity in overlay:
        catalog = with_anchors(catalog, entity)
    return catalog


def with_anchors(catalog: Catalog, anchors: Anchors) -> Catalog:
    """The catalog with a user's measurements among its rows; one that stands there already is kept once."""
    tables = dict(catalog.throughput)
    for added in anchors.points:
        point = Point.model_validate(added.model_dump(exclude={"model"}))
        rows = tables.get(added.model) or Throughput(id=added.model, points=())
        if point not in rows.points:
            tables[added.model] = rows.model_copy(update={"points": (*rows.points, point)})
    return replace(catalog, throughput=tables)


def _files(root: Path, kind: str) -> list[Path]:
    if kind in KINDS:
        return sorted((root / kind).glob("*.yaml"))
    path = root / f"{kind}.yaml"
    return [path] if kind != "serving" or path.is_file() else [shipped_calibration()]


def shipped_calibration() -> Path:
    """The calibration that comes with the planner, for catalogs that bring none of their own."""
    places = [Path(__file__).resolve().parents[2], Path(sys.prefix) / "share" / "planner"]
    files = [place / "catalogs" / "default" / "serving.yaml" for place in places]
    return next((file for file in files if file.is_file()), files[0])


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _assemble(
    root: Path, documents: list[tuple[str, Document, Any]], problems: list[Problem]
) -> Catalog:
    tables: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    single: dict[str, Any] = {}
    for kind, document, entity in documents:
        if kind not in KINDS:
            single[kind] = entity
            continue
        if entity.id in tables[kind]:
            what = f"the id '{entity.id}' is taken by another file in {kind}"
            problems.append(document.problem("CAT002", ("id",), what, "give it an id of its own"))
        if entity.id != Path(document.file).stem:
            what = f"the id '{entity.id}' is not the file's name"
            hint = f"rename the file to {entity.id}.yaml"
            problems.append(document.problem("CAT003", ("id",), what, hint))
        tables[kind][entity.id] = entity
    sources = single["sources"].sources
    return Catalog(root, sources, single["practice"], single["serving"], **tables)


_REFERENCES: dict[str, dict[str, str]] = {
    "chips": {"vendor": "vendors"},
    "systems": {"vendor": "vendors", "chip": "chips", "resale": "markets"},
    "throughput": {"id": "models"},
    "practice": {"resale": "markets"},
    "media": {"vendor": "vendors"},
    "switches": {"vendor": "vendors", "optics": "media"},
    "fabrics": {"switch": "switches"},
}
"""Kind -> key -> the kind that key's value must name."""


def _reference_problems(
    kind: str, document: Document, entity: Any, catalog: Catalog
) -> Iterator[Problem]:
    for key, target in _REFERENCES.get(kind, {}).items():
        name = getattr(entity, key)
        if name:
            yield from _must_exist(document, (key,), name, target, catalog)
    if kind in ("throughput", "anchors"):
        for index, point in enumerate(entity.points):
            key_path: KeyPath = ("points", index, "system")
            yield from _must_exist(document, key_path, point.system, "systems", catalog)
            if kind == "anchors":
                model: KeyPath = ("points", index, "model")
                yield from _must_exist(document, model, point.model, "models", catalog)
    if kind == "fabrics":
        for pair, name in entity.media.items():
            yield from _must_exist(document, ("media", pair), name, "media", catalog)
    if kind == "chips":
        for index, name in enumerate(entity.runs.only_models):
            yield from _must_exist(
                document, ("runs", "only_models", index), name, "models", catalog
            )
    if kind == "contracts" and entity.terms is not None:
        for clash in clashes(entity.terms, date.max):
            yield document.problem(clash.code, ("terms", *clash.key), clash.what, clash.hint)
        for word, term in entity.terms.typed.items():
            for at, folder, name in term.names():
                yield from _must_exist(document, ("terms", word, *at), name, folder, catalog)
    for key_path, fact in facts_of(entity):
        if fact.source not in catalog.sources:
            hint = did_you_mean(fact.source, catalog.sources) or "add it to sources.yaml"
            what = f"no source called '{fact.source}'"
            yield document.problem("CAT001", (*key_path, "source"), what, hint)


def _must_exist(
    document: Document, key: KeyPath, name: str, kind: str, catalog: Catalog
) -> Iterator[Problem]:
    table = getattr(catalog, kind)
    if name not in table:
        hint = did_you_mean(name, table) or f"add a file to {kind}/"
        yield document.problem("CAT001", key, f"nothing in {kind} is called '{name}'", hint)
