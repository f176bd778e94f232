"""A scenario's document while facts are written into it, with what each of them changed."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import TypeAdapter

from planner.documents import Document, dotted
from planner.quantities import factor
from planner.scenario.currency import in_dollars
from planner.scenario.quantity import ANY_UNIT, Series, SeriesIn
from planner.timeline import Timeline, start_of

_SERIES: TypeAdapter[Series] = TypeAdapter(Annotated[Series, SeriesIn(ANY_UNIT)])


@dataclass(frozen=True)
class Change:
    """One key that a fact changed. before: None where it was not there. seq: the entry, 0 where time alone did it."""

    key: str
    before: Any
    after: Any
    why: str
    seq: int = 0


class Draft:
    """A copy of a document that remembers every change, and what no rule could settle (``open``)."""

    def __init__(self, document: Document, day: date) -> None:
        self._original = document
        self.data: dict[str, Any] = deepcopy(document.data)
        self.day = day
        self.changes: list[Change] = []
        self.open: list[str] = []

    def document(self) -> Document:
        """The document as it stands now; the very one that came where nothing was changed."""
        if not self.changes:
            return self._original
        return Document(self._original.file, self.data, self._original.places)

    @cached_property
    def in_usd(self) -> dict[str, Any]:
        """The document as it came, every amount of money in USD."""
        data: dict[str, Any] = in_dollars(self._original).data
        return data

    @cached_property
    def timeline(self) -> Timeline:
        """The periods of the document; nothing is discounted by it."""
        horizon = self.data["horizon"]
        start = start_of(str(horizon["start"]))
        unit = str(horizon.get("unit", "quarter"))
        return Timeline(self.day, start, unit, int(horizon["periods"]), 0.0)

    def section(self, *key: str) -> dict[str, Any]:
        """A mapping inside the document; empty where there is none."""
        found: Any = self.data
        for name in key:
            found = found.get(name) if isinstance(found, dict) else None
        return found if isinstance(found, dict) else {}

    def put(self, key: tuple[str, ...], value: Any, why: str, seq: int = 0) -> None:
        """Write one key; what stands already is no change."""
        inner = self.data
        for name in key[:-1]:
            inner = inner.setdefault(name, {})
        before = inner.get(key[-1])
        if before != value:
            inner[key[-1]] = value
            self.changes.append(Change(dotted(key), deepcopy(before), value, why, seq))

    def over(self, written: Any, unit: str) -> tuple[float, ...]:
        """A series as scenarios write it, in each period and in one unit."""
        series = _SERIES.validate_python(written)
        scale = factor(series.unit or "dimensionless", unit or "dimensionless")
        return tuple(value * scale for value in series.over(self.timeline))

    def steps(self, values: tuple[float, ...], unit: str) -> dict[str, str]:
        """Values as a scenario writes steps by period; equal neighbours are one step."""
        found: dict[str, str] = {}
        last: float | None = None
        for period, value in zip(self.timeline.periods, values, strict=True):
            if value != last:
                found[period.label] = f"{value:.12g} {unit}".strip()
            last = value
        return found
