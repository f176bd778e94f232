"""The switchboard as data, a table and sentences."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from planner.plan.scarcity import money
from planner.risk.rule import Rule

_SHOWN = 4
"""Changes of orders that a sentence names; the data has all."""


def rule_data(rule: Rule) -> dict[str, Any]:
    """One rule; ``holds_to`` is the last point tried at which today's orders still stand."""
    return asdict(rule)


def sentence(rule: Rule) -> str:
    """If this, then that instead; what it is worth, what it costs if wrong, and by when."""
    largest = sorted(rule.otherwise, key=lambda row: -abs(row["instead"] - row["today"]))
    told = ", ".join(f"{row['of']}: {row['instead']:.3g} instead of {row['today']:.3g}" for row in largest[:_SHOWN])  # fmt: skip
    more = f" and {len(largest) - _SHOWN} more" if len(largest) > _SHOWN else ""
    return (
        f"If {rule.trigger} {_point(rule)} (today {_figure(rule.today, rule.unit)}): {told}{more}. "
        f"It saves {money(rule.beyond_usd)} there and costs {money(rule.if_wrong_usd)} if it does not last; "
        f"last day to switch {rule.last_day}"
    )


def _point(rule: Rule) -> str:
    return _figure(rule.threshold, rule.unit)


def _figure(value: float, unit: str) -> str:
    if unit == "USD":
        return money(value)
    return f"{value:.3g} {unit}"
