"""Fabric: what wires the fleet, what it costs of capital and power, and where light would win."""

from __future__ import annotations

from typing import Any

from planner.plan.fabrics import fabric_lines
from planner.plan.scarcity import money
from planner.quantities import MEGA
from planner.report.charts.chart import Axis, Chart
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
_COMPARED = (
    Column("fabric", "fabric"),
    Column("system", "configuration"),
    Column("systems", "systems at most", "count"),
    Column("network_usd", "network", "usd", note="paid over the horizon"),
    Column("network_share_of_capex", "of capital", "share"),
    Column("network_mw", "network at most", "number", "MW"),
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

_FLIPS = (
    Column("figure", "figure"),
    Column("value", "now", "number"),
    Column("flips_at", "flips at", "number"),
    Column("unit", "unit"),
    Column("instead", "wired by"),
    Column("sentence", "in words"),
)


def section(material: Material) -> Section | None:
    rows = material.tables["fabric"]
    lights = material.plan["photonics"]
    flips = [
        {**flip, "instead": " + ".join(flip["instead"]) or "no fabric on offer"}
        for flip in material.plan.get("flips", [])
    ]
    if not rows and not lights:
        return None
    said = [light["sentence"] for light in lights if light["sentence"]]
    compared = _compared(rows)
    tables = (
        Table("fabrics", "Fabrics compared, over all that is delivered", _COMPARED, compared),
        Table("fabric", "Fabric by site and period", _COLUMNS, tuple(rows)),
        Table("fabric-media", "Photonic parts on offer", _LIGHTS, tuple(lights)),
        Table("fabric-flips", "What would wire it otherwise", _FLIPS, tuple(flips)),
    )
    return Section(
        id="fabric",
        title="Fabric",
        sentences=tuple(said or [f"{line}." for line in fabric_lines(rows)[:3]]),
        charts=(_chart(compared),) if compared else (),
        tables=tuple(table for table in tables if table.rows),
    )


def _compared(rows: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """What each fabric costs beside the systems it wires; power is missing where nobody states it."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["fabric"], row["system"]), []).append(row)
    found = []
    for (fabric, system), of in groups.items():
        network, capital = (sum(row[key] for row in of) for key in ("network_usd", "capex_usd"))
        found.append(
            {
                "fabric": fabric,
                "system": system,
                "systems": _most(of, "systems"),
                "network_usd": network,
                "network_share_of_capex": network / capital if capital else None,
                "network_mw": _most(of, "network_mw"),
            }
        )
    return tuple(sorted(found, key=lambda row: -row["network_usd"]))


def _most(rows: list[dict[str, Any]], key: str) -> float | None:
    """The largest sum over the sites in one period; rows are what stands, so periods do not add up."""
    sums: dict[str, float] = {}
    for row in rows:
        if row[key] is not None:
            sums[row["period"]] = sums.get(row["period"], 0.0) + row[key]
    return max(sums.values(), default=None)


def _chart(compared: tuple[dict[str, Any], ...]) -> Chart:
    dearest = compared[0]
    return Chart(
        id="fabrics",
        title="Network capital by configuration and fabric",
        sentence=f"{dearest['system']} ({dearest['fabric']}) takes most network capital: {money(dearest['network_usd'])}.",
        mark="bar",
        rows=tuple({**row, "musd": row["network_usd"] / MEGA} for row in compared),
        x=Axis("musd", "MUSD"),
        y=Axis("system", "", "names"),
        colour=Axis("fabric", "fabric", "names"),
        height=max(120, 22 * len({row["system"] for row in compared})),
    )
