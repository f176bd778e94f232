"""Near-optimal freedom as a table; content only, the command prints it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from planner.finance.ledger import ZERO
from planner.plan.alternatives import Alternatives
from planner.plan.scarcity import money

HEADS = ("", "", "verdict", "in plan", "smallest", "largest", "without it")
_LEAST_SHOWN = 5e-4
"""Shares below this would print as none at all."""


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


def title(found: Alternatives) -> str:
    """What the table is of, with what the slack pays for."""
    slack = money(found.slack * abs(found.cost_usd))
    return f"Within {found.slack * 100:.3g} % of the best cost, that is {slack}: shares of the work"


def _share(value: float | None) -> str | None:
    """A share in percent; one that is small and not nothing does not pass for nothing."""
    if value is None:
        return None
    return "<0.1%" if ZERO < value < _LEAST_SHOWN else f"{value:.1%}"
