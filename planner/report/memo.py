"""The report as a memo in Markdown: what to do, why, what could change our mind, what is not modelled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planner.report.content.piece import Column, Report, Section, Table
from planner.report.content.shown import shown

_ROWS = 10
"""Rows of a table that a memo shows; the rest is in the page and the workbook."""
_SECTIONS = ("summary", "orders", "scarcity", "risk", "changes")
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
    chosen = {section.id: section for section in report.sections}
    for name in _SECTIONS:
        if name in chosen:
            yield from _section(chosen[name])
    yield "## What is not modelled\n"
    for gap in report.gaps:
        yield f"- {_plain(gap)}"


def _section(section: Section) -> Iterator[str]:
    yield f"## {_plain(section.title)}\n"
    for sentence in section.sentences:
        yield f"{_plain(sentence)}\n"
    for table in section.tables[:1]:
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    columns = table.columns
    yield "| " + " | ".join(_head(column) for column in columns) + " |"
    yield "|" + "|".join("---" if c.format in ("text", "date") else "---:" for c in columns) + "|"
    for row in table.rows[:_ROWS]:
        cells = (_plain(shown(row.get(c.key), c.format)) for c in columns)
        yield "| " + " | ".join(cells) + " |"
    left = len(table.rows) - _ROWS
    yield f"\n{left} more in the page and the workbook.\n" if left > 0 else ""


def _head(column: Column) -> str:
    return _plain(f"{column.title} ({column.unit})" if column.unit else column.title)


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))
