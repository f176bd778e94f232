"""Masks to order for model-etched silicon, and what a relaxed plan must say of them."""

from __future__ import annotations

from planner.plan.grounds import Table, used
from planner.plan.solved import Answer
from planner.timeline import before

_WHOLE = 1e-6
"""Sets that lack so little of a whole count as whole."""


def mask_sets(answer: Answer) -> Table:
    """Sets of masks to order by offer, by when; a relaxed plan counts them in parts."""
    options = answer.options
    found = []
    for (name, v), sets in used(answer, "etch"):
        offering = options.offerings[name]
        assert offering.masks is not None
        found.append(
            {
                "offer": offering.offer,
                "model": options.configurations[offering.configuration].etched_for,
                "order_by": before(options.timeline.periods[v].start, offering.lead_weeks).isoformat(),
                "serves_from": options.timeline.periods[v].label,
                "sets": sets,
                "usd": sets * offering.masks.fee_usd,
            }
        )  # fmt: skip
    return found


def parts_of_sets(answer: Answer) -> list[str]:
    """What a relaxed plan must say where it pays for a part of a set."""
    totals: dict[str, float] = {}
    for row in mask_sets(answer):
        totals[row["offer"]] = totals.get(row["offer"], 0.0) + row["sets"]
    return [
        f"{name} is charged {sets:.2f} sets of masks, by the system; masks are cut whole: plan in whole units"
        for name, sets in totals.items()
        if abs(sets - round(sets)) > _WHOLE
    ]
