"""The plan takes more capital than it may."""

from __future__ import annotations

from collections.abc import Iterator

from planner.plan.scarcity import money
from planner.review.triggers.trigger import Seen, trigger


@trigger("budget passed")
def watch(seen: Seen) -> Iterator[tuple[str, str]]:
    """The capital of the plan over its horizon against the review's budget."""
    capex, budget = seen.new.plan["headline"]["capex_usd"], seen.settings.budget
    if budget is not None and capex > budget:
        yield "capex", f"the plan takes {money(capex)} of capital, the budget is {money(budget)}"
