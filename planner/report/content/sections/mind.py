"""What would change our mind: prices at which losers enter, worth of limits, drivers, weak evidence."""

from __future__ import annotations

from collections.abc import Iterator

from planner.plan.price.offers import price_as_said
from planner.plan.scarcity import money
from planner.report.content.material import Material
from planner.report.content.piece import Section
from planner.report.frontier import told

ORDER = 84
_NAMED = 3
"""How many of a kind are named."""
_WEAK = ("claimed", "assumed")
_BUYABLE = ("power", "racks", "liquid", "supply")
"""Families whose limit somebody may sell more of."""


def section(material: Material) -> Section:
    said = (*_prices(material), *_limits(material), *_beliefs(material), *_evidence(material))
    return Section(
        "mind",
        "What would change our mind",
        said or ("No price, limit or belief that was tried changes the orders.",),
    )


def _prices(material: Material) -> Iterator[str]:
    """The losers nearest to their price."""
    lost = [row for row in material.plan["options"] if row.get("target_price_usd") and row.get("target_share")]  # fmt: skip
    for row in sorted(lost, key=lambda row: -row["target_share"])[:_NAMED]:
        yield f"A quote: {row['id']} enters at {price_as_said(material.options, row['id'], row['target_price_usd'])}, {1 - row['target_share']:.1%} below its price, ordered by {row['target_order_by']} for {row['target_delivery']}."  # fmt: skip


def _limits(material: Material) -> Iterator[str]:
    held = [row for row in material.plan["scarcities"] if row["family"] in _BUYABLE]
    for row in held[:_NAMED]:
        yield f"An offer of what is short: {row['sentence']}; anything cheaper is worth taking."


def _beliefs(material: Material) -> Iterator[str]:
    exits = material.frontier["exits"] if material.frontier else []
    for kept in exits:
        if kept["hazard_per_year"] is not None and not kept.get("stays"):
            yield f"A belief: {told(kept)}."
    for run in material.risks[:1]:
        named = ", ".join(f"{row['driver']} ({money(row['change_usd'])})" for row in run.summary["drivers"][:_NAMED])  # fmt: skip
        if named:
            yield f"What moves the cost most, for one standard deviation: {named}."


def _evidence(material: Material) -> Iterator[str]:
    """How much of the capital rests on what nobody measured."""
    spent = {"all": 0.0}
    for row in material.tables["deliveries"]:
        if row["order_by"] and row["price_per"] == "system" and row["price_usd"]:
            usd = row["systems"] * row["price_usd"]
            spent["all"] += usd
            if row["evidence_tier"] in _WEAK:
                spent[row["offer"]] = spent.get(row["offer"], 0.0) + usd
    whole = spent.pop("all")
    if spent and whole:
        most = ", ".join(sorted(spent, key=lambda offer: -spent[offer])[:_NAMED])
        yield f"A measurement: {sum(spent.values()) / whole:.0%} of what is ordered, by price, rests on claimed or assumed figures, most of it {most}."  # fmt: skip
