"""The menu of flexibility as data and as a table."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from planner.plan.scarcity import money
from planner.risk.flexibility import Item


def item_data(item: Item) -> dict[str, Any]:
    """One instrument; ``per_usd`` is null where it costs nothing on average."""
    return {**asdict(item), "per_usd": item.per_usd}


def rows(items: list[Item]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Instruments, what they take off the tail, and what they cost or save on average."""
    heads = ("instrument", "CVaR removed", "premium", "CVaR removed per USD")
    return heads, [
        (
            item.instrument,
            money(item.cvar_removed_usd),
            money(item.premium_usd) if item.premium_usd > 0 else f"saves {money(-item.premium_usd)}",
            "pays for itself" if item.per_usd is None else f"{item.per_usd:.2f}",
        )
        for item in items
    ]  # fmt: skip
