"""A scenario as it stands at a later day: time passes, and what grows has grown."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from pydantic import TypeAdapter

from planner.documents import Document
from planner.errors import InvalidData
from planner.quantities import convert, split
from planner.scenario.quantity import AnyUnitSeries, Series
from planner.timeline import Timeline, first_day, start_of, years_between

_DIGITS = 12
_amounts: TypeAdapter[Series] = TypeAdapter(AnyUnitSeries)
FIXED_END = "fixed end"


def rolled(document: Document, day: date, horizon: str) -> Document:
    """The same beliefs seen from a later day.

    The as-of date becomes ``day`` and the first period the first that begins on it or later. What
    grows from the first period on (``start`` with ``growth``, ``price_change``) begins where it
    would have been by then, a software gain has that much less time to run, and a pool that carries
    over brings what came before into its first period, for what was ordered then still draws on it;
    all else is dated and stays. horizon: ``fixed end`` keeps the last period, ``rolling`` the number of periods.

    Raises InvalidData (REV022) where no period is left.
    """
    data = deepcopy(document.data)
    clock = _clock(data)
    passed = next(index for index in count() if clock.begins(index) >= day)
    left = clock.count - passed if horizon == FIXED_END else clock.count
    if left < 1:
        what = f"the horizon ends before {day}"
        hint = "give the scenario a later horizon, or the review 'horizon: rolling'"
        raise InvalidData([document.problem("REV022", ("horizon",), what, hint)])
    data["horizon"] = {**data["horizon"], "start": clock.label_of(passed), "periods": left}
    _keep_stock(data, clock, passed, left)
    _grow(data, passed * clock.years)
    _mature(data, max(0.0, years_between(clock.as_of, day)))
    data["as_of"] = day.isoformat()
    return Document(document.file, data, document.places)


def _clock(data: dict[str, Any]) -> Timeline:
    horizon = data["horizon"]
    unit = horizon.get("unit", "quarter")
    start = start_of(str(horizon["start"]))
    return Timeline(first_day(str(data["as_of"])), start, unit, int(horizon["periods"]), 0.0)


def _grow(data: dict[str, Any], years: float) -> None:
    """Begin every growing quantity where it would have been after some years."""
    for series in _growing(data):
        amount, unit = split(str(series["start"]))
        growth = convert(series["growth"], "1/year")
        series["start"] = f"{amount * (1 + growth) ** years:.{_DIGITS}g} {unit}".strip()
    for offer in data.get("offers", {}).values():
        change = offer.get("price_change")
        if change is not None and years:
            factor = float(offer.get("price_factor", 1.0)) * (1 + convert(change, "1/year")) ** years  # fmt: skip
            offer["price_factor"] = float(f"{factor:.{_DIGITS}g}")


def _keep_stock(data: dict[str, Any], clock: Timeline, passed: int, left: int) -> None:
    """Add what pools received in the periods passed to their first period; contracts signed since draw there."""
    whole = replace(clock, count=passed + left)
    for pool in data.get("pools", {}).values() if passed else ():
        if not pool.get("carry_over", True):
            continue
        allocations = pool.get("allocations", {})
        for holder, key in ((pool, "amount"), *((allocations, name) for name in allocations)):
            if key in holder:
                holder[key] = _stocked(_amounts.validate_python(holder[key]), whole, passed)


def _stocked(amount: Series, whole: Timeline, passed: int) -> dict[str, str]:
    """Arrivals by period from the first one left, which holds all that came before it."""
    arrived = amount.over(whole)
    kept = [sum(arrived[: passed + 1]), *arrived[passed + 1 :]]
    return {
        whole.label_of(passed + index): f"{units:.{_DIGITS}g} {amount.unit}".strip()
        for index, units in enumerate(kept)
    }


def _growing(data: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of a start and a growth."""
    if isinstance(data, dict):
        if set(data) == {"start", "growth"}:
            yield data
        for inner in data.values():
            yield from _growing(inner)


def _mature(data: dict[str, Any], years: float) -> None:
    """Let software gains end when they were believed to."""
    gains = data.get("software_gain", {})
    for name, gain in list(gains.items()):
        left = convert(gain["until"], "year") - years
        if left > 0:
            gain["until"] = f"{left:.{_DIGITS}g} years"
        else:
            del gains[name]
