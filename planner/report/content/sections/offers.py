"""Offers: every one with its verdict, and what would let in the ones that lost."""

from __future__ import annotations

from collections import Counter

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
        tables=(Table("offers", "Verdicts", columns, tuple(rows)),),
    )
