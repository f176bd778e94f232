"""A price that is held for us ends soon: a vendor's quote, or terms on paper that may still change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planner.catalog.terms.quotes import Quoted
from planner.review.triggers.trigger import Seen, trigger
from planner.timeline import last_day


@trigger("quote expiring")
def watch(seen: Seen) -> Iterator[tuple[str, str]]:
    """Quotes and papers whose last day comes within the days allowed."""
    last = seen.day + timedelta(days=seen.settings.watch.quote_days)
    for subject, until in _ends(seen):
        if seen.day <= until <= last:
            yield subject, f"the price of {subject} is held until {until}, {(until - seen.day).days} days more"  # fmt: skip


def _ends(seen: Seen) -> Iterator[tuple[str, date]]:
    for entry in seen.entries:
        for quote in entry.body.get("quotes", ()) if entry.kind == "quotes" else ():
            name = f"{quote['vendor']} {quote['number']}"
            yield name, date.fromisoformat(quote["valid_until"])
    for name, offering in seen.new.options.offerings.items():
        quoted = offering.terms.get(Quoted)
        if quoted is not None and offering.fixed is None:
            yield from ((name, until) for until, _ in quoted.ladder[-1:])
    for name, paper in seen.new.loaded.scenario.signed.items():
        if paper.change_by:
            yield name, last_day(paper.change_by)
