"""What every cadence shares: where it begins, how it meets weekends, and which days are due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Literal

from pydantic import field_validator, model_validator
from pydantic_core import PydanticCustomError

from planner.catalog.fact import Strict
from planner.errors import did_you_mean

Roll = Literal["none", "following", "preceding", "modified following"]
_SATURDAY = 5
_FARTHEST = timedelta(days=40)
"""No roll leads farther than this; longer rows of holidays are a mistake."""


class Cadence(Strict):
    """How often a review is held, and on which day."""

    every: str = "quarter"
    """quarter, month, or cron for an expression of your own."""
    first: date
    """No review is due before this day; quarters and months are counted from it."""
    expression: str = ""
    """For cron: five fields such as "0 6 15 1,4,7,10 *"; a day counts once, whatever the hour."""
    roll: Roll = "following"
    """What to do where the day is no business day: the next, the one before, the next unless that is in another month, or nothing."""
    holidays: tuple[date, ...] = ()
    """Days that are no business days, beside Saturdays and Sundays."""

    @field_validator("every")
    @classmethod
    def _every_is_known(cls, every: str) -> str:
        if every not in _RHYTHMS:
            accepted = ", ".join(sorted(_RHYTHMS))
            hint = did_you_mean(every, _RHYTHMS) or f"accepted here: {accepted}"
            raise PydanticCustomError(
                "REV020", "no cadence '{every}'", {"every": every, "hint": hint}
            )
        return every

    @model_validator(mode="after")
    def _days_can_be_told(self) -> Cadence:
        rhythm = _RHYTHMS.get(self.every)
        why = rhythm.flaw(self) if rhythm else ""
        if why:
            raise PydanticCustomError("REV020", "{why}", {"why": why})
        return self


Days = Callable[[Cadence], Iterator[date]]


@dataclass(frozen=True)
class Rhythm:
    """One cadence: its days without end, and what is wrong with how it was asked for."""

    days: Days
    flaw: Callable[[Cadence], str]


@dataclass(frozen=True)
class Due:
    """One review to hold.

    planned: the day as the cadence says it, by which the review is known. day: the business day it
    falls on, which is its as-of date.
    """

    planned: date
    day: date


_RHYTHMS: dict[str, Rhythm] = {}


def rhythm(
    name: str, flaw: Callable[[Cadence], str] = lambda cadence: ""
) -> Callable[[Days], Days]:
    """Register the function that tells a cadence's days, in order and without end."""

    def register(days: Days) -> Days:
        _RHYTHMS[name] = Rhythm(days, flaw)
        return days

    return register


def due(cadence: Cadence, after: date | None, today: date) -> list[Due]:
    """Every review planned after a day (from the first where None) whose day has come.

    >>> due(Cadence(first=date(2027, 1, 1)), None, date(2027, 4, 1))
    [Due(planned=datetime.date(2027, 1, 1), day=datetime.date(2027, 1, 1)), Due(planned=datetime.date(2027, 4, 1), day=datetime.date(2027, 4, 1))]
    """
    planned = takewhile(lambda day: day <= today + _FARTHEST, _RHYTHMS[cadence.every].days(cadence))
    found = [Due(day, rolled(day, cadence)) for day in planned if after is None or day > after]
    return [one for one in found if one.day <= today]


def next_due(cadence: Cadence, after: date) -> Due:
    """The first review whose day lies after a day."""
    days = (Due(day, rolled(day, cadence)) for day in _RHYTHMS[cadence.every].days(cadence))
    return next(one for one in days if one.day > after)


def rolled(day: date, cadence: Cadence) -> date:
    """The business day that a planned day falls on.

    >>> saturday = date(2027, 7, 31)
    >>> [rolled(saturday, Cadence(first=saturday, roll=r)).day for r in ("following", "preceding")]
    [2, 30]
    >>> rolled(saturday, Cadence(first=saturday, roll="modified following")).day
    30
    """
    if cadence.roll == "none":
        return day
    back = cadence.roll == "preceding"
    found = _walk(day, cadence, -1 if back else 1)
    if cadence.roll == "modified following" and found.month != day.month:
        return _walk(day, cadence, -1)
    return found


def _walk(day: date, cadence: Cadence, step: int) -> date:
    while day.weekday() >= _SATURDAY or day in cadence.holidays:
        day += timedelta(days=step)
    return day
