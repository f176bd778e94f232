"""What a lever's figure rests on: its range, who says so, when, and how good the evidence is."""

from __future__ import annotations

from dataclasses import dataclass

from planner.catalog.fact import Fact
from planner.plan.saved import SavedRun
from planner.report.content.origin import price_fact, source_title, stated
from planner.report.workbook.levers import Lever, first_offering

HEADS = ("input", "of", "low", "high", "source", "as of", "evidence")
"""Heads of the columns of an input: its two names, then its ground."""
_STATED = "stated"


@dataclass(frozen=True)
class Ground:
    """low, high: of the first period, in the lever's unit; None where nobody states a range."""

    low: float | None
    high: float | None
    source: str
    as_of: str
    evidence: str

    @property
    def cells(self) -> tuple[float | str | None, ...]:
        return (self.low, self.high, self.source, self.as_of, self.evidence)


def ground(run: SavedRun, lever: Lever) -> Ground:
    """The fact behind a price that the catalog gives; the scenario for whatever it states itself."""
    offering = first_offering(run.options, lever)
    fact = price_fact(run, offering) if offering else None
    if fact is not None:
        return _of_fact(run, lever, fact)
    return Ground(None, None, stated(run, offering), run.options.timeline.as_of.isoformat(), _STATED)  # fmt: skip


def _of_fact(run: SavedRun, lever: Lever, fact: Fact) -> Ground:
    first = next((value for value in lever.values if value == value), None)

    def end(value: float | None) -> float | None:
        """An end of the stated range, moved as the price was on its way into the lever."""
        if value is None or first is None or not fact.number:
            return None
        return value / fact.number * first

    return Ground(end(fact.low), end(fact.high), source_title(run, fact), fact.as_of, fact.tier)
