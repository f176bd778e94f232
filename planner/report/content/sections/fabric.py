"""Fabric: what wires the fleet, what it costs of capital and power, and where light would win."""

from __future__ import annotations

from planner.plan.fabrics import fabric_lines
from planner.report.content.material import Material
from planner.report.content.piece import Column, Section, Table

ORDER = 45
ABSENT = Section(
    "fabric",
    "Fabric",
    (
        "Nothing in this plan is wired by a fabric of the catalog, and no photonic part is on offer.",
    ),
)

_COLUMNS = (
    Column("period", "period", "date"),
    Column("site", "site"),
    Column("system", "configuration"),
    Column("fabric", "fabric"),
    Column("parts", "parts"),
    Column("systems", "systems", "count"),
    Column("network_usd", "network", "usd", "paid in the period"),
    Column("network_share_of_capex", "of capital", "share"),
    Column("network_mw", "network", "number", "MW"),
    Column("network_share_of_power", "of power", "share"),
)
_LIGHTS = (
    Column("part", "photonic part"),
    Column("verdict", "verdict"),
    Column("price_usd", "price", "usd"),
    Column("break_even_usd", "wins below", "usd"),
    Column("break_even_w", "or below", "number", "W"),
    Column("wins_by", "or by", "date"),
    Column("losing_costs_usd", "losing it costs", "usd"),
    Column("sentence", "in words"),
)


def section(material: Material) -> Section | None:
    rows = material.tables["fabric"]
    lights = material.plan["photonics"]
    if not rows and not lights:
        return None
    said = [light["sentence"] for light in lights if light["sentence"]]
    tables = (
        Table("fabric", "Fabric by site and period", _COLUMNS, tuple(rows)),
        Table("fabric-media", "Photonic parts on offer", _LIGHTS, tuple(lights)),
    )
    return Section(
        id="fabric",
        title="Fabric",
        sentences=tuple(said or [f"{line}." for line in fabric_lines(rows)[:3]]),
        tables=tuple(table for table in tables if table.rows),
    )
