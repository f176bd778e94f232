"""Offers: every one with its verdict, and what would let in the ones that lost."""

from __future__ import annotations

from collections import Counter
from typing import Any

from planner.report.content.material import Material
from planner.report.content.piece import Column, Section, Table

ORDER = 80

_COLUMNS = (
    Column("id", "offer"),
    Column("system", "system"),
    Column("gradient", "gradient", "number"),
    Column("contract", "contract"),
    Column("verdict", "verdict"),
    Column("systems", "systems", "count"),
    Column(
        "target_price_usd",
        "target price",
        "usd",
        note="at this price or below it enters the plan",
    ),
    Column("target_delivery", "if it serves from", "date"),
    Column("target_order_by", "order by", "date"),
    Column("now_price_usd", "target within 90 days", "usd"),
    Column("missed_by_usd", "missed by", "usd", "per system"),
    Column("negotiation", "to say in a negotiation"),
    Column("why", "why"),
)


def section(material: Material) -> Section:
    rows = material.plan["options"]
    counted = Counter(row["verdict"] for row in rows)
    said = ", ".join(f"{number} {verdict}" for verdict, number in counted.items())
    known = set().union(*(row.keys() for row in rows)) if rows else set()
    columns = tuple(column for column in _COLUMNS if column.key in known)
    return Section(
        id="offers",
        title="Every offer and system",
        sentences=(f"{len(rows)} were weighed: {said}.",),
        tables=tuple(
            table
            for table in (Table("offers", "Verdicts", columns, tuple(rows)), _targets(rows))
            if table.rows
        ),
    )


def _targets(rows: list[dict[str, Any]]) -> Table:
    """Offers that lost and would enter at a price, the nearest first."""
    lost = [row for row in rows if row.get("target_price_usd") and row.get("target_share")]
    lost.sort(key=lambda row: -row["target_share"])
    columns = (
        Column("id", "offer"),
        Column("target_price_usd", "target price", "usd", note="at this price or below it enters the plan"),
        Column("missed_by_usd", "missed by", "usd", "per system"),
        Column("target_delivery", "if it serves from", "date"),
        Column("target_order_by", "order by", "date"),
        Column("negotiation", "to say in a negotiation"),
    )  # fmt: skip
    note = "A target is proven by solving again at it; it holds for the delivery named."
    return Table("targets", "Prices to negotiate, the nearest first", columns, tuple(lost), note)
