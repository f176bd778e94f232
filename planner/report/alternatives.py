"""Near-optimal freedom as a table; content only, the command prints it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from planner.plan.alternatives import Alternatives
from planner.plan.scarcity import money

HEADS = ("", "", "verdict", "in plan", "smallest", "largest", "without it")


def rows(found: Alternatives) -> list[list[Any]]:
    """One line per vendor, gradient and fabric."""
    return [
        [
            group.dimension,
            group.name,
            group.verdict,
            _share(group.share),
            _share(group.smallest),
            _share(group.largest),
            "no plan" if group.without_usd is None else "+" + money(group.without_usd),
        ]
        for group in found.groups
    ]


def as_json(found: Alternatives) -> dict[str, Any]:
    """Everything found."""
    return {
        "slack": found.slack,
        "cost_usd": found.cost_usd,
        "groups": [asdict(group) for group in found.groups],
        "without_base_solves": found.without_effort,
        "shares_base_solves": found.share_effort,
    }


def _share(value: float | None) -> str | None:
    return None if value is None else f"{value:.1%}"
