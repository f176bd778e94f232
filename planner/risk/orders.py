"""What is decided before the draw is known, and by which day, if deliveries may slip."""

from __future__ import annotations

from math import exp, log
from typing import Any

from planner.options.table import Options
from planner.program.kind import kinds
from planner.risk.due import due, order_by
from planner.risk.modes import Answer
from planner.risk.setting import Setting
from planner.scenario.beliefs.delivery import Slip
from planner.timeline import before

PLACED = 1e-6
"""Units from which something counts as decided."""
CERTAINTIES = {"p50": 0.50, "p80": 0.80, "p95": 0.95}
"""How sure one may want to be that an order is there when its period begins."""


def orders(setting: Setting, answer: Answer) -> list[dict[str, Any]]:
    """Deliveries decided now by offer, site and period, and by which day to order them.

    order_by: by the quoted lead time; order_by_p50, p80, p95: earlier by what a supplier slips with
    that certainty. on_time: probability that an order of today is there when its period begins.
    """
    columns, options = setting.base.program.space.columns, setting.options
    decided = zip(answer.problem.first_columns, answer.decided, strict=True)
    return [
        {
            "offer": columns[j].key[0],
            "site": columns[j].key[1],
            "period": options.timeline.periods[columns[j].key[2]].label,
            "systems": float(value),
            **dates(options, setting.beliefs.slip, columns[j].key[0], columns[j].key[2]),
        }
        for j, value in decided
        if columns[j].kind == "deliver"
        and options.offerings[columns[j].key[0]].fixed is None
        and value > PLACED
    ]


def decisions(setting: Setting, answer: Answer) -> list[dict[str, Any]]:
    """What else is decided now: power bought, slots kept open, terms extended, models onboarded."""
    columns, cards = setting.base.program.space.columns, kinds()
    decided = zip(answer.problem.first_columns, answer.decided, strict=True)
    rows = []
    for j, value in decided:
        column, card = columns[j], cards[columns[j].kind]
        day = due(setting.options, column)
        if column.kind != "deliver" and day is not None and value > PLACED:
            rows.append({"decision": card.name, "of": named(setting.options, column.key), "amount": float(value), "unit": card.unit, "due": day.isoformat()})  # fmt: skip
    return rows


def named(options: Options, key: tuple[Any, ...]) -> str:
    """What a decision is about, in words: periods by their labels."""
    periods = options.timeline.periods
    return ", ".join(periods[part].label if isinstance(part, int) else str(part) for part in key)


def dates(options: Options, slip: Slip | None, offer: str, delivery: int) -> dict[str, Any]:
    """The order-by dates of one delivery."""
    offering = options.offerings[offer]
    quoted = order_by(options, offering, delivery)
    sure = {
        f"order_by_{name}": before(quoted, slip_weeks(slip, share)).isoformat()
        for name, share in CERTAINTIES.items()
    }
    spare = (quoted - options.timeline.as_of).days / 7
    return {"order_by": quoted.isoformat(), **sure, "on_time": on_time(slip, spare)}


def slip_weeks(slip: Slip | None, certainty: float) -> float:
    """Weeks that a delivery is late at most, with this certainty: −mean · ln((1 − q) / chance).

    >>> half = Slip(chance=0.5, mean="20 week", basis="a guess")
    >>> slip_weeks(half, 0.5), round(slip_weeks(half, 0.8), 2)
    (0.0, 18.33)
    """
    if slip is None or 1 - certainty >= slip.chance:
        return 0.0
    return -slip.mean * log((1 - certainty) / slip.chance)


def on_time(slip: Slip | None, spare_weeks: float) -> float:
    """Probability that a delivery slips by no more than what is to spare: 1 − chance · e^(−w / mean).

    >>> round(on_time(Slip(chance=0.5, mean="20 week", basis="a guess"), 20.0), 4)
    0.8161
    """
    if spare_weeks < 0:
        return 0.0
    return 1.0 if slip is None else 1 - slip.chance * exp(-spare_weeks / slip.mean)
