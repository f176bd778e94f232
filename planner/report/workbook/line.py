"""What stands on a sheet: lines over periods with their formulas, tables, and how they refer to each other.

Every sheet with periods has the same columns, so a period is one column throughout. A formula
names lines, never cells; the renderer knows where each line stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from planner.report.content.piece import Table

Value = float | str | None
Tone = Literal["input", "pasted", "formula", "head"]
"""input: may be changed. pasted: a decision or figure of the run. formula: follows from others."""
Style = Literal["number", "usd", "share", "fine", "text", "date"]

KEYS = ("account", "subject", "site", "cohort", "rate", "class", "moment")
"""Heads of the columns that name a line; unit, constant and the periods follow."""


@dataclass(frozen=True)
class Here:
    """The line's cell in the same period."""

    line: str


@dataclass(frozen=True)
class At:
    """The line's cell in one period."""

    line: str
    period: int


@dataclass(frozen=True)
class Constant:
    """The line's constant."""

    line: str


@dataclass(frozen=True)
class Across:
    """All periods of the line."""

    line: str


@dataclass(frozen=True)
class Down:
    """One column of a run of lines: a name column by its head, "constant", or "" for this period."""

    first: str
    last: str
    column: str = ""


@dataclass(frozen=True)
class Name:
    """One of the line's own names, by the head of its column."""

    line: str
    column: str


Reference = Here | At | Constant | Across | Down | Name


@dataclass(frozen=True)
class Formula:
    """A formula in the workbook's words: ``text`` names its references in braces."""

    text: str
    of: Mapping[str, Reference]


@dataclass(frozen=True)
class Line:
    """One row of a sheet with periods.

    names: by ``KEYS``; a heading has only its first. values: by period. constant: the one value
    that holds for all of them. key: where the scenario says it, for inputs. ground: what an input
    rests on, in the columns after its names, by the heads of its sheet.
    """

    id: str
    names: tuple[str, ...]
    unit: str = ""
    tone: Tone = "pasted"
    style: Style = "number"
    values: tuple[Value, ...] = ()
    formula: Formula | None = None
    constant: Value = None
    constant_formula: Formula | None = None
    constant_tone: Tone = "pasted"
    note: str = ""
    key: str = ""
    ground: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Over:
    """A native chart of lines over the periods, stacked; each is named by one of its name columns."""

    title: str
    lines: tuple[str, ...]
    unit: str
    named_by: str


@dataclass(frozen=True)
class Among:
    """A native chart of bars: the constants of neighbouring lines, named by one of their name columns."""

    title: str
    first: str
    last: str
    unit: str
    named_by: str


@dataclass(frozen=True)
class Plot:
    """A native chart of a table's columns.

    table: id. x: key of the categories. y: keys of the values. most: rows shown, from the first.
    """

    title: str
    table: str
    x: str
    y: tuple[str, ...]
    unit: str
    kind: Literal["bar", "line", "area"]
    most: int = 40


Picture = Over | Among | Plot


@dataclass(frozen=True)
class Sheet:
    """One sheet: sentences, lines over periods, tables, and charts: above tables that stand alone.

    heads: of the columns that name a line.
    """

    name: str
    title: str
    sentences: tuple[str, ...] = ()
    heads: tuple[str, ...] = KEYS
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Book:
    """A whole workbook, in the order of its sheets."""

    periods: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    names: Mapping[str, Reference] = field(default_factory=dict)

    def lines(self) -> Iterator[tuple[Sheet, Line]]:
        for sheet in self.sheets:
            for line in sheet.lines:
                yield sheet, line
