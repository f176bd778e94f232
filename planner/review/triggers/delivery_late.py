"""What was signed comes later than the approved plan counted on."""

from __future__ import annotations

from collections.abc import Iterator

from planner.review.triggers.trigger import Seen, trigger
from planner.timeline import first_day


@trigger("delivery late")
def watch(seen: Seen) -> Iterator[tuple[str, str]]:
    """Signed contracts whose delivery moved by more days than allowed."""
    if seen.old is None:
        return
    before, after = seen.old.loaded.scenario.signed, seen.new.loaded.scenario.signed
    for name in sorted(set(before) & set(after)):
        then, now = before[name].delivery, after[name].delivery
        days = (first_day(now) - first_day(then)).days
        if days > seen.settings.watch.late_days:
            yield name, f"{name} comes on {now} instead of {then}, {days} days late"
