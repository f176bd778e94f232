"""Sites and supply: what is used of power, racks, liquid cooling and scarce inputs."""

from __future__ import annotations

from planner.report.charts.chart import Axis, Chart
from planner.report.content.material import Material
from planner.report.content.piece import Column, Section, Table

ORDER = 50
ABSENT = Section(
    "sites", "Sites and supply", ("The scenario has no site of its own and no supply pool.",)
)


def section(material: Material) -> Section | None:
    sites, pools = material.tables["sites"], material.tables["pools"]
    charts = []
    if sites:
        charts.append(_against(sites, "site", "power_mw", "power_limit_mw", "power", "MW"))
    if pools:
        charts.append(_against(pools, "pool", "drawn", "arrives", "pools", "units of the pool"))
    if not charts:
        return None
    return Section(
        id="sites",
        title="Sites and supply",
        sentences=(*_full(sites), *_beyond(pools)),
        charts=tuple(charts),
        tables=tuple(table for table in (_sites(sites), _pools(pools)) if table.rows),
    )


def _against(
    rows: list[dict[str, object]], facet: str, use: str, limit: str, name: str, unit: str
) -> Chart:
    drawn = [
        {"period": row["period"], "of": row[facet], "line": line, "value": row[key]}
        for row in rows
        for line, key in (("used", use), ("limit", limit))
    ]
    return Chart(
        id=name,
        title=f"{name.capitalize()}: used against what there is",
        sentence=f"{name.capitalize()} used and available, by period.",
        mark="line",
        rows=tuple(drawn),
        x=Axis("period", "period", "order"),
        y=Axis("value", unit),
        colour=Axis("line", "", "names"),
        facet=Axis("of", "", "names"),
    )


def _full(sites: list[dict[str, object]]) -> list[str]:
    said = []
    for site in dict.fromkeys(str(row["site"]) for row in sites):
        full = [
            str(row["period"])
            for row in sites
            if row["site"] == site and _near(row["power_mw"], row["power_limit_mw"])
        ]
        if full:
            said.append(f"Power at {site} is used up in {', '.join(full)}.")
    return said


def _beyond(pools: list[dict[str, object]]) -> list[str]:
    """Pools of which more is drawn in some period than arrives in it."""
    over = [row["pool"] for row in pools if _more(row["drawn"], row["arrives"])]
    named = ", ".join(str(pool) for pool in dict.fromkeys(over))
    return [f"Where more {named} is drawn than arrives, it was kept from before or bought on the spot market."] if over else []  # fmt: skip


def _more(drawn: object, arrives: object) -> bool:
    return isinstance(drawn, float) and isinstance(arrives, float) and drawn > arrives * (1 + 1e-6)


def _near(used: object, limit: object) -> bool:
    return isinstance(used, float) and isinstance(limit, float) and used >= limit * (1 - 1e-6) > 0


def _sites(rows: list[dict[str, object]]) -> Table:
    columns = (
        Column("site", "site"),
        Column("period", "period", "date"),
        Column("power_mw", "power", "number", "MW"),
        Column("power_limit_mw", "of", "number", "MW"),
        Column("positions", "racks", "number", "positions"),
        Column("positions_limit", "of", "number", "positions"),
        Column("liquid_mw", "liquid", "number", "MW"),
        Column("liquid_limit_mw", "of", "number", "MW"),
    )
    return Table("sites", "Sites by period", columns, tuple(rows))


def _pools(rows: list[dict[str, object]]) -> Table:
    columns = (
        Column("pool", "pool"),
        Column("unit", "unit"),
        Column("period", "period", "date"),
        Column("arrives", "arrives", "number"),
        Column("drawn", "drawn", "number"),
        Column("spot", "bought on the spot market", "number"),
    )
    return Table("pools", "Supply pools by period", columns, tuple(rows))
