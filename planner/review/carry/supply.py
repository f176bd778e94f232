"""Scarce inputs: by as much as came, or is confirmed, more or less than was expected, pools hold more or less."""

from __future__ import annotations

from collections.abc import Sequence

from planner.review.actuals.kind import Fact
from planner.review.carry.draft import Draft
from planner.timeline import start_of


def carry_supply(draft: Draft, facts: Sequence[Fact]) -> None:
    """Write what was told of each period, the newest word for it, as its difference to what was expected.

    What a period gone by brought too much or too little opens the first period, where the pool
    carries over: its stock already stands there as expected.
    """
    newest: dict[str, dict[str, Fact]] = {}
    for fact in sorted(facts, key=lambda fact: (fact.day, fact.seq)):
        if fact.kind == "memory":
            newest.setdefault(fact.values["pool"], {})[fact.values["period"]] = fact
    for pool, told in newest.items():
        if draft.section("pools", pool):
            _put(draft, pool, told)
        else:
            draft.open.append(f"{pool}: amounts were told, and the scenario has no such pool")


def _put(draft: Draft, pool: str, told: dict[str, Fact]) -> None:
    share = draft.section("pools", pool)
    unit = next(iter(told.values())).values["unit"]
    labels = [period.label for period in draft.timeline.periods]
    written = share.get("amount")
    before = [0.0] * len(labels) if written is None else list(draft.over(written, unit))
    amounts, used = list(before), []
    for period, fact in told.items():
        more = fact.values["amount"] - fact.values["expected"]
        gone = start_of(period) < draft.timeline.start
        if not more or (gone and not share.get("carry_over", True)) or (not gone and period not in labels):  # fmt: skip
            continue
        amounts[0 if gone else labels.index(period)] += more
        used.append(f"{more:+,.6g} {unit} in {period}")
    if min(amounts) < 0:
        draft.open.append(f"{pool}: less came than the plan had drawn by then; its first period holds nothing")  # fmt: skip
        amounts = [max(0.0, amount) for amount in amounts]
    if amounts != before:
        seq = max(fact.seq for fact in told.values())
        draft.put(("pools", pool, "amount"), draft.steps(tuple(amounts), unit), f"against what was expected: {', '.join(used)}", seq)  # fmt: skip
