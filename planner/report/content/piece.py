"""The pieces of a report: sentences, tables and charts, in sections; units, notes and sources ride along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from planner.report.charts.chart import Chart

Format = Literal["text", "count", "number", "share", "usd", "usd_fine", "date"]
"""How a column's values are shown; see ``shown``."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    key: in the rows. unit: as a reader says it. note: what the figure is and is not. source: key
    of the rows that holds where a row's figure comes from.
    """

    key: str
    title: str
    format: Format = "text"
    unit: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of plain values; a missing value is None and never 0."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[dict[str, Any], ...]
    note: str = ""

    @property
    def notes(self) -> str:
        """What a reader must know of the table and of its columns, in one paragraph; empty for nothing."""
        told = (f"{column.title}: {column.note}" for column in self.columns if column.note)
        return " ".join(part for part in (self.note, "; ".join(told)) if part)


@dataclass(frozen=True)
class Section:
    """One subject: what it says in words, then its pictures and tables."""

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Check:
    """One check of the run: whether it passed, and what was compared."""

    name: str
    passed: bool
    detail: str = ""


@dataclass(frozen=True)
class Report:
    """Everything that is said about one run.

    question, answer: one sentence each. facts: name and value of what identifies the run. gaps:
    what the model leaves out, a sentence each. absent: sections that this run has nothing for, each
    with a sentence that says why.
    """

    title: str
    question: str
    answer: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]
    gaps: tuple[str, ...]
    absent: tuple[Section, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)
