"""A recorded review in rows and sentences; content only, commands and reports show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.plan.scarcity import money
from planner.review.approval import Standing


def decision_rows(body: Mapping[str, Any]) -> list[list[Any]]:
    """What to decide: decision, subject, site, last day, systems, money."""
    return [
        [
            one["decision"],
            one["subject"],
            one["site"],
            one["decide_by"],
            one["systems"],
            None if one["usd"] is None else money(one["usd"]),
        ]
        for one in body["decisions"]
    ]


def attribution_rows(body: Mapping[str, Any]) -> list[list[str]]:
    """Cause and what it brings to the NPV, and their sum."""
    why = body["attribution"]
    rows = [[" and ".join(step["causes"]), shown_change(step["npv_usd"])] for step in why["steps"]]
    return [*rows, ["together", shown_change(why["change_usd"])]]


def carried_rows(body: Mapping[str, Any]) -> list[list[Any]]:
    """What the history told and the plan took up: key, before, after, why."""
    return [
        [one["key"], _brief(one["before"]), _brief(one["after"]), one["why"]]
        for one in body["carried"]
    ]


def _brief(value: Any) -> Any:
    """A value on one line; a whole contract by its size and state."""
    if isinstance(value, Mapping) and "state" in value:
        return f"{value['count']:g} {value['state']}, {value['delivery']}"
    return ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, Mapping) else value


def drift_sentence(body: Mapping[str, Any]) -> str:
    """How far the plan is from the approved one, in words."""
    drift = body["drift"]
    if drift is None:
        return "nothing is approved yet"
    verdict = "materially different from" if drift["material"] else "as good as"
    if drift["npv_share"] is None:
        npv = "the approved inputs have no plan any more"
    else:
        npv = f"NPV {drift['npv_share']:+.2%} beside what time and code bring"
    return f"{verdict} the approved plan: {npv}, {drift['orders_share']:.1%} of its orders' value changed"


def shown_change(usd: float) -> str:
    """A change in dollars, its sign said."""
    return ("+" if usd > 0 else "") + money(usd)


def standing_sentence(stands: Standing) -> str:
    """Whether a review is approved, and what is missing."""
    if stands.state == "rejected":
        return "rejected"
    if stands.missing:
        return f"not approved yet, missing: {', '.join(stands.missing)}"
    under = f", under conditions: {'; '.join(stands.conditions)}" if stands.conditions else ""
    return f"approved{under}"
