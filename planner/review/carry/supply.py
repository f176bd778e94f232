"""Scarce inputs: what came or is confirmed for a period takes the place of what the scenario expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from planner.review.actuals.kind import Fact
from planner.review.carry.draft import Draft


def carry_supply(draft: Draft, facts: Sequence[Fact]) -> None:
    """Write the amounts told for periods of the horizon; the newest stock told opens the first of them.

    Where nothing carries over, stock is not added.
    """
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: (fact.day, fact.seq)):
        if fact.kind == "memory":
            told[fact.values["pool"]].append(fact)
    labels = [period.label for period in draft.timeline.periods]
    for pool, found in told.items():
        share = draft.section("pools", pool)
        if not share:
            draft.open.append(f"{pool}: amounts were told, and the scenario has no such pool")
            continue
        unit = found[-1].values["unit"]
        written = share.get("amount")
        amounts = [0.0] * len(labels) if written is None else list(draft.over(written, unit))
        for fact in found:
            if fact.values["period"] in labels:
                amounts[labels.index(fact.values["period"])] = fact.values["amount"]
        stock = [fact.values["in_stock"] for fact in found if fact.values["in_stock"] is not None]
        if stock and share.get("carry_over", True):
            amounts[0] += stock[-1]
        last = found[-1]
        why = f"told on {last.day} for {last.values['period']}"
        if stock:
            why += f", with {stock[-1]:g} {unit} in stock"
        changed = tuple(amounts) != (() if written is None else draft.over(written, unit))
        if changed:
            draft.put(("pools", pool, "amount"), draft.steps(tuple(amounts), unit), why, last.seq)
