"""On the days of a cron expression, as cronsim reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from cronsim import CronSim, CronSimError

from planner.review.cadence.rhythm import Cadence, rhythm


def _flaw(cadence: Cadence) -> str:
    try:
        CronSim(cadence.expression, _from(cadence))
    except CronSimError as error:
        return f"'{cadence.expression}' is no cron expression: {error}"
    return ""


@rhythm("cron", _flaw)
def days(cadence: Cadence) -> Iterator[date]:
    """Every day on which the expression fires at least once."""
    last = None
    for moment in CronSim(cadence.expression, _from(cadence)):
        if moment.date() != last:
            last = moment.date()
            yield last


def _from(cadence: Cadence) -> datetime:
    """Just before the first day, for the expression tells what comes after."""
    return datetime.combine(cadence.first, time()) - timedelta(minutes=1)
