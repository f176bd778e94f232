"""Scarcity: what holds the plan back, and what one more unit of it is worth."""

from __future__ import annotations

from typing import Any

from planner.quantities import MEGA
from planner.report.charts.chart import Axis, Chart
from planner.report.content.material import Material
from planner.report.content.piece import Column, Section, Table

ORDER = 70
ABSENT = Section(
    "scarcity",
    "What holds it back",
    ("No limit binds: one more unit of anything is worth nothing.",),
)
_SHOWN = 12


def section(material: Material) -> Section | None:
    rows = material.plan["scarcities"]
    if not rows:
        return None
    drawn = tuple({"what": _named(row), "musd": row["rent_usd"] / MEGA} for row in rows[:_SHOWN])
    return Section(
        id="scarcity",
        title="What holds it back",
        sentences=tuple(f"{_capital(row['sentence'])}." for row in rows[:3]),
        charts=(_chart(drawn),) if any(row["musd"] for row in drawn) else (),
        tables=(
            Table(
                "scarcity",
                "Every scarcity",
                (
                    Column("what", "of"),
                    Column("sentence", "what one more unit is worth"),
                    Column("periods", "periods it binds", "count"),
                    Column("usd_per_unit", "by the plan's prices", "usd"),
                    Column("more_usd_per_unit", "worth of one more", "usd"),
                    Column("less_usd_per_unit", "cost of one less", "usd"),
                    Column("rent_usd", "cost that hangs on it", "usd"),
                ),
                tuple({**row, "what": _named(row)} for row in rows),
            ),
        ),
    )


def _chart(rows: tuple[dict[str, Any], ...]) -> Chart:
    return Chart(
        id="scarcity",
        title="Cost that hangs on each scarcity",
        sentence="Present value that hangs on each limit: its price times its amount.",
        mark="bar",
        rows=rows,
        x=Axis("musd", "MUSD"),
        y=Axis("what", "", "names"),
        height=max(120, 22 * len(rows)),
    )


def _named(row: dict[str, Any]) -> str:
    return f"{row['family']}: {row['subject']}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
