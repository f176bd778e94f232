"""The report as a memo in Markdown: what to do, why, what could change our mind, what is not modelled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planner.report.content.piece import Column, Report, Section, Table
from planner.report.content.shown import shown


@dataclass(frozen=True)
class _Part:
    """One part of the memo: its words from a section, with at most so many sentences and rows.

    table: id of the one table that is shown, empty for none.
    """

    title: str
    section: str
    sentences: int
    table: str = ""
    rows: int = 0


_PARTS = (
    _Part("What to decide", "review", 1, "review-decisions", 12),
    _Part("What fired", "review-triggers", 1, "review-triggers", 12),
    _Part("Why the plan changed", "review-why", 1, "review-causes", 12),
    _Part("Approval", "review-signatures", 1, "review-signatures", 12),
    _Part("Recommendation", "summary", 4, "headline", 10),
    _Part("Orders to place now", "orders", 2, "orders", 14),
    _Part("Why", "scarcity", 4),
    _Part("Risks", "risk", 4, "risk", 3),
    _Part("What would change our mind", "mind", 9),
    _Part("Changes", "changes", 1, "changes", 10),
)
_ALWAYS = ("Risks",)
"""Parts that say why they are empty."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def render(report: Report) -> str:
    """The memo, about two pages."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {_plain(report.title)}\n"
    yield f"*{_plain(report.question)}*\n"
    yield f"**{_plain(report.answer)}**\n"
    yield " · ".join(f"{_plain(name)} {_plain(value)}" for name, value in report.facts) + "\n"
    if not report.sound:
        failed = ", ".join(check.name for check in report.checks if not check.passed)
        yield f"**Do not act on this run: {_plain(failed)} failed.**\n"
    known = {section.id: section for section in report.sections}
    absent = {section.id: section for section in report.absent}
    for part in _PARTS:
        if part.section in known:
            yield from _part(part, known[part.section])
        elif part.title in _ALWAYS and part.section in absent:
            yield from _part(part, absent[part.section])
    yield "## What is not modelled\n"
    for gap in report.gaps:
        yield f"- {_plain(gap)}"


def _part(part: _Part, section: Section) -> Iterator[str]:
    yield f"## {part.title}\n"
    for sentence in section.sentences[: part.sentences]:
        yield f"- {_plain(sentence)}"
    yield ""
    for table in section.tables:
        if table.id == part.table:
            yield from _table(table, part.rows)


def _table(table: Table, most: int) -> Iterator[str]:
    columns = table.columns
    yield "| " + " | ".join(_head(column) for column in columns) + " |"
    yield "|" + "|".join("---" if c.format in ("text", "date") else "---:" for c in columns) + "|"
    for row in table.rows[:most]:
        cells = (_plain(shown(row.get(c.key), c.format)) for c in columns)
        yield "| " + " | ".join(cells) + " |"
    left = len(table.rows) - most
    yield f"\n{left} more in the page and the workbook.\n" if left > 0 else ""


def _head(column: Column) -> str:
    return _plain(f"{column.title} ({column.unit})" if column.unit else column.title)


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))
