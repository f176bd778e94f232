"""Tables of the report on a sheet: heads, pasted values, widths; where each stands, for its charts."""

from __future__ import annotations

from math import ceil
from typing import Any

from planner.report.content.piece import Table
from planner.report.workbook.line import Sheet, Value
from planner.report.workbook.looks import CELL, HEAD_HEIGHT, LINE_HEIGHT, WIDE, Looks, width
from planner.report.workbook.pictures import Area

_SMALL_USD = 1000
"""Below this many dollars cents are shown."""
FIGURE = "1,234,567,890.12"
"""As wide as figures get."""


class Tables:
    """Writes tables and remembers where they stand."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.areas: dict[str, Area] = {}

    def write(self, page: Any, sheet: Sheet, table: Table, row: int) -> int:
        """The table from a row on; gives its last row."""
        page.write_string(row, 0, table.title, self.looks.plain(bold=True))
        if table.notes:
            row += 1
            page.write_string(row, 0, table.notes, self.looks.plain())
        heads = row + 1
        keys = {column.key: at for at, column in enumerate(table.columns)}
        self.areas[table.id] = Area(sheet.name, heads, len(table.rows), keys)
        for at, column in enumerate(table.columns):
            text = f"{column.title} ({column.unit})" if column.unit else column.title
            page.write_string(
                heads, at, text, self.looks.head(column.format not in ("text", "date"))
            )
            for below, data in enumerate(table.rows):
                self.plain(page, heads + 1 + below, at, data.get(column.key), column.format)
        page.set_row(heads, HEAD_HEIGHT)
        for below, data in enumerate(table.rows):
            longest = max((len(str(data.get(c.key) or "")) for c in table.columns), default=0)
            if longest >= WIDE:
                page.set_row(heads + 1 + below, LINE_HEIGHT * ceil(longest / (WIDE - 4)))
        last = heads + len(table.rows)
        if not sheet.lines and table is sheet.tables[0]:
            self._alone(page, sheet, heads, last)
        return last

    def _alone(self, page: Any, sheet: Sheet, heads: int, last: int) -> None:
        """Widths for all tables of a sheet without lines; filter and print head of its first."""
        for at in range(max(len(each.columns) for each in sheet.tables)):
            texts = [text for each in sheet.tables for text in texts_of(each, at)]
            page.set_column(at, at, max(CELL, width(texts)))
        table = sheet.tables[0]
        if table.rows:
            page.autofilter(heads, 0, last, len(table.columns) - 1)
            page.repeat_rows(heads)

    def plain(self, page: Any, row: int, column: int, value: Value, style: str) -> None:
        """One pasted value; text that begins like a formula stays text."""
        if value is None or value == "":
            return
        if isinstance(value, int | float) and not isinstance(value, bool):
            page.write_number(row, column, value, self.looks.ink("pasted", _finer(style, value)))
        else:
            ink = self.looks.text(wrapped=len(str(value)) >= WIDE)
            page.write_string(row, column, str(value), ink)


def _finer(style: str, value: float) -> str:
    """Whole counts without decimals; small prices, as of an hour, with theirs."""
    if style in ("count", "number") and value == round(value):
        return "whole"
    return (
        "number" if style == "usd" and abs(value) < _SMALL_USD and value != round(value) else style
    )


def texts_of(table: Table, column: int) -> list[str]:
    """What stands in a column of a table, as long as it is shown."""
    if column >= len(table.columns):
        return []
    of = table.columns[column]
    return [
        FIGURE if isinstance(row.get(of.key), float) else str(row.get(of.key) or "")
        for row in table.rows
    ]
