"""Time value of dated amounts, in a few tested lines."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

_WIDEST = 1e6
"""Rates beyond this many times a year are no return anybody would quote."""
_HALVINGS = 200


def net_present_value(rate: float, amounts: Sequence[float]) -> float:
    """Worth today of amounts at the ends of years 0, 1, 2 …: Σ amount_k · (1 + r)^−k.

    >>> net_present_value(0.10, [-100, 110])
    0.0
    """
    return sum(amount * (1 + rate) ** -year for year, amount in enumerate(amounts))


def dated_value(rate: float, flows: Sequence[tuple[float, float]]) -> float:
    """Worth at time 0 of (years, amount) pairs: Σ amount · (1 + r)^−years.

    >>> round(dated_value(0.10, [(0.0, -100.0), (0.5, 100.0)]), 4)
    -4.6537
    """
    return float(sum(amount * (1 + rate) ** -years for years, amount in flows))


def internal_rate_of_return(flows: Sequence[tuple[float, float]]) -> float | None:
    """The yearly rate at which dated amounts are worth nothing; None where there is no single one.

    flows: (years, amount), in order of time. Only amounts whose running total changes sign once,
    from below zero to above, have one rate that means a return; others answer None.

    >>> internal_rate_of_return([(0, -100.0), (1, 110.0)])
    0.1
    >>> internal_rate_of_return([(0, 100.0), (1, 10.0)]) is None
    True
    """
    if not _invests_then_earns(flows):
        return None
    low, high = -1 + 1e-9, 1.0
    while dated_value(high, flows) > 0:
        high *= 2
        if high > _WIDEST:
            return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if dated_value(middle, flows) > 0:
            low = middle
        else:
            high = middle
    return round((low + high) / 2, 12)


def _invests_then_earns(flows: Sequence[tuple[float, float]]) -> bool:
    """Whether the running total starts below zero, crosses it once and ends above."""
    total, totals = 0.0, []
    for _, amount in flows:
        total += amount
        totals.append(total)
    below = [value < 0 for value in totals if value]
    changes = sum(a != b for a, b in itertools.pairwise(below))
    return bool(below) and below[0] and changes == 1


def payback_years(flows: Sequence[tuple[float, float]]) -> float | None:
    """When what came in has covered what went out for good, linear between dates; None if never.

    >>> payback_years([(0, -100.0), (1, 60.0), (2, 80.0)])
    1.5
    >>> payback_years([(0, -100.0), (1, 60.0)]) is None
    True
    """
    total, answer, before = 0.0, None, 0.0
    for years, amount in flows:
        risen = total < 0 <= total + amount
        if risen:
            answer = before + (years - before) * -total / amount
        total += amount
        if total < 0:
            answer = None
        before = years
    return answer
