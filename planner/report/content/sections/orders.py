"""Orders: what to sign by which date, and when it serves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.plan.scarcity import money
from planner.plan.window import window_ends
from planner.report.charts.chart import Axis, Chart
from planner.report.content.material import Material
from planner.report.content.origin import price_source
from planner.report.content.piece import Column, Section, Table
from planner.report.content.shown import shown
from planner.report.spectrum import PLACES

ORDER = 20
ABSENT = Section(
    "orders",
    "Orders and dates",
    ("Nothing has to be ordered: the plan uses what stands and what is rented by the hour.",),
)


def section(material: Material) -> Section | None:
    orders = [row for row in material.tables["deliveries"] if row["order_by"]]
    if not orders:
        return None
    orders.sort(key=lambda row: (row["order_by"], row["offer"], row["site"]))
    rows = tuple(
        {
            **row,
            "what": f"{row['offer']} @ {row['site']}",
            "source": price_source(material.run, material.options.offerings[row["offer"]]),
        }
        for row in orders
    )
    first = orders[0]
    return Section(
        id="orders",
        title="Orders and dates",
        sentences=(
            f"The first order, {first['offer']} for {first['site']}, is due by {first['order_by']}.",
            _soon(rows, window_ends(material.options.timeline).isoformat()),
        ),
        charts=(_map(material, rows),),
        tables=(
            _by_quarter(rows),
            Table(
                "orders",
                "Every order, the first due first",
                (
                    Column(
                        "order_by",
                        "order by",
                        "date",
                        note="last day that still meets the service date",
                    ),
                    Column("in_service", "in service", "date"),
                    Column("offer", "offer"),
                    Column("site", "site"),
                    Column("contract", "contract"),
                    Column("systems", "systems", "count"),
                    Column(
                        "price_usd",
                        "price",
                        "usd",
                        note="per system, or per system-hour",
                        source="source",
                    ),
                    Column("price_per", "per"),
                    Column("evidence_tier", "evidence"),
                ),
                rows,
            ),
        ),
    )


def _soon(rows: tuple[dict[str, Any], ...], last_day: str) -> str:
    """What the plan really decides: orders of the window, whatever comes later."""
    due = [row for row in rows if row["order_by"] <= last_day]
    if not due:
        return f"Nothing else has to be ordered by {last_day}."
    return f"{len(due)} of {len(rows)} orders are due by {last_day}, {money(_bought_usd(due))} of systems among them."


def _bought_usd(rows: Sequence[dict[str, Any]]) -> float:
    """What purchases among some orders cost, network aside."""
    bought = (row for row in rows if row["price_per"] == "system")
    return sum(float(row["systems"] * (row["price_usd"] or 0.0)) for row in bought)


def _by_quarter(rows: tuple[dict[str, Any], ...]) -> Table:
    """What is to be signed in each quarter, in words."""
    quarters: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        year, month, _ = row["order_by"].split("-")
        quarters.setdefault(f"{year}Q{(int(month) + 2) // 3}", []).append(row)
    told = tuple(
        {
            "quarter": quarter,
            "first": due[0]["order_by"],
            "orders": len(due),
            "bought_usd": _bought_usd(due),
            "what": "; ".join(
                f"{shown(row['systems'], 'count')} {row['what']} by {row['order_by']} for {row['in_service']}"
                for row in due
            ),
        }
        for quarter, due in sorted(quarters.items())
    )
    columns = (
        Column("quarter", "order in", "date"),
        Column("first", "first due", "date"),
        Column("orders", "orders", "count"),
        Column("bought_usd", "systems bought", "usd", note="at their prices, network aside"),
        Column("what", "what, by when, to serve from"),
    )
    return Table("decisions", "Decisions by quarter", columns, told)


def _map(material: Material, rows: tuple[dict[str, Any], ...]) -> Chart:
    return Chart(
        id="orders",
        title="Map of decisions",
        sentence="Each mark is an order at its last date, coloured by place on the spectrum.",
        mark="point",
        rows=tuple(
            {
                "gradient": material.gradient(str(row["system"])),
                **{
                    key: row[key] for key in ("order_by", "in_service", "what", "systems", "source")
                },
                "price": f"{shown(row['price_usd'], 'usd')} per {row['price_per']}",
            }
            for row in rows
        ),
        x=Axis("order_by", "order by", "time", format="%YQ%q"),
        y=Axis("what", "", "names"),
        colour=Axis("gradient", "gradient", "names", values=PLACES),
        told=(
            Axis("in_service", "in service", "names"),
            Axis("systems", "systems"),
            Axis("price", "price", "names"),
            Axis("source", "source of the price", "names"),
        ),
        height=max(120, 18 * len({row["what"] for row in rows})),
    )
