"""The generality premium as data, a table and a sentence."""

from __future__ import annotations

from typing import Any

from planner.plan.scarcity import money
from planner.report.frontier import rows, wide
from planner.risk.generality import Premium

_NAMES = ("with it", "without it")


def premium_data(found: Premium) -> dict[str, Any]:
    """Both hedges by gradient, and the premium."""
    both = {"with": found.with_life, "without": found.without}
    points = [{**row, "second_life": name} for name, point in both.items() for row in rows({0.0: point}, "second_life")]  # fmt: skip
    return {"premium_usd": found.usd, "omega": found.omega, "points": points}


def premium_rows(found: Premium) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Share of the window's orders by gradient, cost and tail, both ways."""
    heads, lines = wide({0.0: found.with_life, 1.0: found.without}, "second life")
    return heads, [(name, *line[1:]) for name, line in zip(_NAMES, lines, strict=True)]


def premium_sentence(found: Premium) -> str:
    """What the second life is worth."""
    share = found.usd / found.without.cost_usd if found.without.cost_usd else 0.0
    return f"The generality premium is {money(found.usd)}, {share:.2%} of the mean cost without it: what it is worth to a buyer who only serves that others still want these systems once displaced"
