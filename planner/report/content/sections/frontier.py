"""Frontier: what a hedge orders now at each hazard of displacement, and where special chips leave."""

from __future__ import annotations

from typing import Any

from planner.report.content.material import Material
from planner.report.content.piece import Column, Section, Table
from planner.report.frontier import drawn, told

ORDER = 83
ABSENT = Section(
    "frontier",
    "Displacement frontier",
    (
        "No frontier was given: planner frontier SCENARIO --json > frontier.json, then report with --frontier frontier.json.",
    ),
)


def section(material: Material) -> Section | None:
    found = material.frontier
    if found is None:
        return None
    said = [told(each) for each in found["exits"]]
    own = material.plan["scenario"]
    whose = (
        ()
        if found["scenario"] == own
        else (f"Asked of {found['scenario']}; it speaks for {own} as far as the two agree.",)
    )
    gradients = {row["gradient"]: row["kind"] for row in found["points"]}
    columns = (
        Column("hazard_per_year", "hazard", "number", "1/year"),
        *(Column(f"g{place}", f"{place} {kind}", "share") for place, kind in sorted(gradients.items())),
        Column("cost_usd", "mean cost", "usd"),
        Column("cvar_usd", "CVaR", "usd"),
    )  # fmt: skip
    efficient = (
        Column("omega", "weight of the tail", "number"),
        Column("mean_usd", "mean cost", "usd"),
        Column("cvar_usd", "CVaR", "usd"),
    )
    tables = (
        Table("frontier", "Share of the power ordered in the window, by hazard of displacement", columns, _wide(found["points"])),
        Table("efficient", "Expected cost against its tail", efficient, tuple(found["efficient"])),
    )  # fmt: skip
    return Section(
        id="frontier",
        title="Displacement frontier",
        sentences=(*whose, *(f"{one}." for one in said)),
        charts=(drawn(found["scenario"], found["points"], said),),
        tables=tuple(table for table in tables if table.rows),
    )


def _wide(points: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """One row per hazard, the gradients side by side."""
    rows: dict[float, dict[str, Any]] = {}
    for point in points:
        row = rows.setdefault(point["hazard_per_year"], {key: point[key] for key in ("hazard_per_year", "cost_usd", "cvar_usd")})  # fmt: skip
        row[f"g{point['gradient']}"] = point["share"]
    return tuple(rows[hazard] for hazard in sorted(rows))
