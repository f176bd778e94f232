"""How far the prices of what won may rise, as a table; content only, the command prints it."""

from __future__ import annotations

from math import inf
from typing import Any

from planner.plan.make import Plan
from planner.plan.price.offers import price_as_said
from planner.plan.scarcity import money
from planner.plan.verdicts import CHOSEN, Verdict

ROOM_HEADS = ("offer", "asks", "plan holds up to", "leaves at", "without it")


def room_rows(plan: Plan) -> list[list[Any]]:
    """Offers that won and were asked, the one that would leave first at the top."""
    asked = [line for line in plan.verdicts if line.verdict == CHOSEN and line.negotiation]
    return [
        [
            line.id,
            _price(plan, line, 1.0),
            _price(plan, line, line.shrinks_above_share),
            _leaves(plan, line),
            "no plan" if line.without_it_usd is None else f"+{money(line.without_it_usd)}",
        ]
        for line in sorted(asked, key=lambda line: (line.leaves_above_share or inf, line.id))
    ]


def _leaves(plan: Plan, line: Verdict) -> str | None:
    share = line.leaves_above_share
    if share is None:
        return "at no price"
    return f"{_price(plan, line, share)} ({share - 1:+.1%})"


def _price(plan: Plan, line: Verdict, share: float | None) -> str | None:
    """So many times what it asks for the first delivery possible; None where no share is known."""
    options = plan.solved.options
    offering = options.offerings[line.id]
    return None if share is None else price_as_said(options, line.id, share * offering.price_usd[offering.first])  # fmt: skip
