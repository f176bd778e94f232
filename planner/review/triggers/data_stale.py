"""The plan rests on figures past their review date."""

from __future__ import annotations

from collections.abc import Iterator

from planner.report.catalog import stale_figures
from planner.review.triggers.trigger import Seen, trigger

_NAMED = 3


@trigger("data stale")
def watch(seen: Seen) -> Iterator[tuple[str, str]]:
    """Entries of the catalog that open offers use and that hold a figure due for review."""
    options = seen.new.options
    used = {
        name
        for offering in options.offerings.values()
        for name in (
            options.of(offering.id).system,
            options.of(offering.id).chip,
            offering.contract,
        )
    }
    found: dict[str, list[str]] = {}
    for name, figure, as_of, _ in stale_figures(seen.new.loaded.catalog, seen.day):
        if name in used:
            found.setdefault(name, []).append(f"{figure} of {as_of}")
    for name, figures in found.items():
        more = f" and {len(figures) - _NAMED} more" if len(figures) > _NAMED else ""
        yield name, f"{name} rests on old figures: {', '.join(figures[:_NAMED])}{more}"
