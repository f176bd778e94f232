"""Rights and promises of a plan for a terminal: what to decide by when, and what is still owed."""

from __future__ import annotations

from typing import Any

from planner.plan.make import Plan
from planner.plan.scarcity import money

SHOWN = 12
"""Rights listed when a run ends; ``tables/rights.csv`` holds them all."""
SHOWN_WHOLE_FROM = 100
"""Amounts from which no fraction is shown."""


def rights_to_decide(plan: Plan) -> list[list[Any]]:
    """The rights to decide on first: what, in which contract, how much of it the plan uses, by when."""
    return [
        [row["decide_by"] or "·", row["right"], _where(row), _amount(row), row["advice"]]
        for row in plan.tables["rights"][:SHOWN]
    ]


def promises(plan: Plan) -> list[str]:
    """One sentence on what is owed past the horizon, one on terms that are left early."""
    owed = sum(row["owed_past_horizon_usd"] for row in plan.tables["commitments"])
    charged = sum(row["charged_past_horizon_usd"] for row in plan.tables["commitments"])
    fees = [row["exit_fee_usd"] for row in plan.tables["ends"] if row["exit_fee_usd"]]
    lines = []
    if owed:
        lines.append(f"Owed past the horizon: {money(owed)}, of which {money(charged)} is above what it will be worth and is charged")  # fmt: skip
    if fees:
        many = "once" if len(fees) == 1 else f"{len(fees)} times"
        lines.append(f"Terms are left early {many}, for {money(sum(fees))} of exit fees")
    return lines


def _where(row: dict[str, Any]) -> str:
    cohort = f" of {row['cohort']}" if row["cohort"] else ""
    return f"{row['held_under']}{cohort}"


def _amount(row: dict[str, Any]) -> str:
    used = _number(row["used"])
    return used if row["available"] is None else f"{used} of {_number(row['available'])}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= SHOWN_WHOLE_FROM else f"{value:.3g}"
