"""Today's plan against the approved one, between reviews and without recording anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from planner.review.cadence.rhythm import Due
from planner.review.cycle import look
from planner.review.entry import Entry
from planner.review.result import Result
from planner.review.settings import Review


def compare(
    review: Review,
    entries: Sequence[Entry],
    out: Path,
    today: date,
    say: Callable[[str], None],
) -> Result:
    """The review as it would be if it were due today; its run is saved, the history is not touched."""
    return look(review, Due(today, today), out, entries, say)
