"""A hedge against named worlds as data."""

from __future__ import annotations

from typing import Any

from planner.options.units import MUSD
from planner.risk.compiled import Compiled
from planner.risk.hedge import Hedge
from planner.risk.stage import TwoStage


def as_data(base: Compiled, problem: TwoStage, found: Hedge) -> dict[str, Any]:
    """Orders, cost by world, and what hedging is worth; keys carry units."""
    columns, x = base.program.space.columns, found.decision.x
    periods = base.options.timeline.periods
    worth = found.worth
    now = [columns[j] for j in problem.first_columns]
    decided = [(*c.key, value, mean) for c, value, mean in zip(now, x, worth.mean_plan, strict=True) if c.kind == "deliver"]  # fmt: skip
    return {
        "method": found.method,
        "orders": [
            {"offer": o, "site": i, "period": periods[v].label, "systems": float(value), "systems_mean_plan": float(mean)}
            for o, i, v, value, mean in decided
        ],
        "worlds": [
            {"world": world.name, "probability": world.probability, "cost_usd": float(cost) * MUSD}
            for world, cost in zip(problem.worlds, found.decision.costs, strict=True)
        ],
        "recourse_usd": worth.recourse * MUSD,
        "wait_and_see_usd": worth.wait_and_see * MUSD,
        "expected_value_usd": worth.expected_value * MUSD,
        "of_mean_plan_usd": worth.of_mean_plan * MUSD,
        "evpi_usd": worth.of_perfect_information * MUSD,
        "vss_usd": worth.of_stochastic_solution * MUSD,
    }  # fmt: skip
