"""What was signed comes later than the approved plan counted on."""

from __future__ import annotations

from collections.abc import Iterator

from planner.review.actuals.read import facts_in
from planner.review.triggers.trigger import Seen, trigger
from planner.timeline import first_day


@trigger("delivery late")
def watch(seen: Seen) -> Iterator[tuple[str, str]]:
    """Contracts whose delivery is more days than allowed behind the approved plan, or behind what was agreed since."""
    if seen.old is None:
        return
    agreed = {fact.values["cohort"]: str(fact.values["delivery"]) for fact in facts_in(seen.entries) if fact.kind == "orders"}  # fmt: skip
    known = {name: paper.delivery for name, paper in seen.old.loaded.scenario.signed.items()}
    before, after = {**agreed, **known}, seen.new.loaded.scenario.signed
    for name in sorted(set(before) & set(after)):
        then, now = before[name], after[name].delivery
        days = (first_day(now) - first_day(then)).days
        if days > seen.settings.watch.late_days:
            yield name, f"{name} comes on {now} instead of {then}, {days} days late"
