"""``planner catalog``: list, show, audit, stale, schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.output import Json, emit_json, line, table

app = typer.Typer(help="What exists: chips, systems, models, contracts; every figure with its source.", no_args_is_help=True)  # fmt: skip
Name = Annotated[str, typer.Option("--catalog", help="A folder under catalogs/, or a path.")]


@app.command("list")
def list_(
    kind: Annotated[str, typer.Argument(help="systems, chips, models, ... or all.")] = "systems",
    catalog: Name = "default",
    json: Json = False,
) -> None:
    """List entries of one kind. Example: planner catalog list chips"""
    from planner.catalog.load import KINDS, load
    from planner.errors import UnknownName
    from planner.report.catalog import listing
    from planner.scenario.load import find_catalog

    loaded = load(find_catalog(catalog))
    if kind not in (*KINDS, "all"):
        raise UnknownName("kind of entry", kind, [*KINDS, "all"])
    rows = [row for row in listing(loaded) if kind in ("all", row[1])]
    if json:
        emit_json({"entries": [dict(zip(("id", "kind", "name", "vendor", "note"), row, strict=True)) for row in rows]})  # fmt: skip
    else:
        table(f"{len(rows)} entries", ("id", "kind", "name", "vendor", "note"), rows)


@app.command()
def show(
    entry: Annotated[str, typer.Argument(metavar="ID", help="Id or alias of an entry.")],
    catalog: Name = "default",
    json: Json = False,
) -> None:
    """Show every figure of an entry with its source. Example: planner catalog show etched-sohu"""
    from planner.catalog.load import load
    from planner.report.catalog import figures, particulars, sources
    from planner.scenario.load import find_catalog

    loaded = load(find_catalog(catalog))
    kind, entity = loaded.find(entry)
    if json:
        emit_json({"kind": kind, "entry": entity.model_dump(mode="json", exclude_none=True)})
        return
    table(f"{kind}: {entry}", ("key", "value"), particulars(entity))
    for name, value, as_of, quality, said in figures(entity):
        line(f"{name}: {value}  ({quality}, {as_of})")
        line(f"    {said}")
    line()
    line("Sources")
    for source, title in sources(entity, loaded):
        line(f"  [{source}] {title}")


@app.command()
def audit(catalog: Name = "default", json: Json = False) -> None:
    """Hold every claim against its bound, and settle every conflict. Example: planner catalog audit"""
    from dataclasses import asdict

    from planner.catalog.load import load
    from planner.report.catalog import newest_day
    from planner.scenario.load import find_catalog
    from planner.serving.audit import audit as audited
    from planner.serving.conflicts import settle

    loaded = load(find_catalog(catalog))
    day = newest_day(loaded)
    conflicts, claims = list(settle(loaded, day)), list(audited(loaded, day))
    if json:
        rows = [{"kind": "conflict", **asdict(row)} for row in conflicts]
        rows += [{"kind": "claim", **asdict(row)} for row in claims]
        emit_json({"rows": rows})
        return
    line("Conflicts")
    for conflict in conflicts:
        bound = (
            "" if conflict.bound is None else f"; bound {conflict.bound:,.4g} {conflict.bound_unit}"
        )
        line(f"{conflict.number}. {conflict.claim}{bound}")
        line(f"    {conflict.verdict}: {conflict.explanation}")
        for text in (conflict.resolution, *(f"used: {figure}" for figure in conflict.used)):
            line(f"    {text}")
    line()
    line("Claimed throughput")
    for row in claims:
        known = "no bound is known" if row.bound is None else f"its bound is {row.bound:,.0f}"
        line(f"{row.system}, {row.model}, {row.scenario}: {row.claim:,.0f} {row.unit}; {known}")
        line(f"    {row.verdict}: {row.explanation}")
        line(f"    {row.resolution}")


@app.command()
def stale(
    as_of: Annotated[
        str, typer.Option("--as-of", help="The day to judge from, such as 2027-06-30.")
    ],
    catalog: Name = "default",
    json: Json = False,
) -> None:
    """Name figures past their review date. Example: planner catalog stale --as-of 2027-06-30"""
    from planner.catalog.load import load
    from planner.errors import Usage
    from planner.report.catalog import stale_figures
    from planner.scenario.load import find_catalog
    from planner.timeline import first_day

    try:
        day = first_day(as_of)
    except ValueError as error:
        raise Usage(f"CLI003: --as-of: {error}") from error
    rows = stale_figures(load(find_catalog(catalog)), day)
    if json:
        emit_json({"stale": [dict(zip(("id", "figure", "as_of", "review_by"), row, strict=True)) for row in rows]})  # fmt: skip
    else:
        table(f"{len(rows)} figures to review", ("id", "figure", "as of", "review by"), rows)


@app.command()
def schema(
    out: Annotated[Path, typer.Option("--out", help="Folder to write to.")] = Path(
        "catalogs/schemas"
    ),
) -> None:
    """Write the JSON Schemas that editors use for completion. Example: planner catalog schema"""
    from planner.report.schemas import write_schemas
    from planner.review.settings import Settings

    for path in write_schemas(out, {"review": Settings}):
        line(str(path))
