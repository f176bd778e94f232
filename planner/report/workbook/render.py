"""Write a workbook: formulas with their computed values, in the same bytes for the same book."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from planner.report.content.piece import Table
from planner.report.workbook.line import Book, Constant, Line, Sheet, Value
from planner.report.workbook.looks import BAD_FILL, CELL, GOOD_FILL, Looks, width
from planner.report.workbook.pictures import ROWS, Area, chart
from planner.report.workbook.place import (
    CONSTANT,
    FIRST,
    NOTE,
    SOURCE,
    UNIT,
    Placed,
    heads_at,
    place,
)

_CREATED = datetime(2020, 1, 1, tzinfo=UTC)
"""A fixed day, so that the same run gives the same bytes."""
_A3, _A4 = 8, 9
_COVER = "Cover"
_GROUND = 2
"""Column of the first cell of a line's ground."""


def render(book: Book) -> bytes:
    """The workbook as bytes."""
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    workbook = Workbook(memory, options)
    workbook.set_properties({"created": _CREATED, "title": book.sheets[0].title})
    workbook.set_calc_mode("auto")
    writer = _Writer(workbook, place(book))
    pages = [(sheet, workbook.add_worksheet(sheet.name)) for sheet in book.sheets]
    below = [writer.write(page, sheet) for sheet, page in pages]
    for (sheet, page), row in zip(pages, below, strict=True):
        writer.pictures(page, sheet, row)
    for name, reference in book.names.items():
        workbook.define_name(name, "=" + writer.placed.cell(reference, "", None))
    workbook.close()
    return memory.getvalue()


class _Writer:
    """Writes cells; remembers where tables stand, so that charts find them."""

    def __init__(self, workbook: Any, placed: Placed) -> None:
        self.workbook = workbook
        self.placed = placed
        self.looks = Looks(workbook)
        self.tables: dict[str, Area] = {}

    def write(self, page: Any, sheet: Sheet) -> int:
        """All of a sheet but its charts; gives the row where they begin."""
        page.hide_gridlines(2)
        page.write_string(0, 0, sheet.title, self.looks.plain(bold=True, size=14))
        for row, sentence in enumerate(sheet.sentences):
            page.write_string(1 + row, 0, sentence, self.looks.plain())
        below = heads_at(sheet)
        charts_at = below
        if sheet.lines:
            charts_at = below = self._lines(page, sheet) + 2
        else:
            below += ROWS * len(sheet.pictures)
            page.freeze_panes(1, 0)
        for table in sheet.tables:
            below = self._table(page, sheet, table, below) + 2
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_paper(_A3 if any(line.values for line in sheet.lines) else _A4)
        page.set_footer("&L&A&RPage &P of &N")
        return below if sheet.lines and sheet.tables else charts_at

    def pictures(self, page: Any, sheet: Sheet, row: int) -> None:
        for number, picture in enumerate(sheet.pictures):
            made = chart(self.workbook, self.placed, self.tables, picture)
            page.insert_chart(row + ROWS * number, 0, made)

    def _lines(self, page: Any, sheet: Sheet) -> int:
        heads = heads_at(sheet)
        dated = any(line.values for line in sheet.lines)
        last = heads + len(sheet.lines)
        self._heads(page, sheet, heads, dated)
        for line in sheet.lines:
            self._line(page, sheet, line)
        self._widths(page, sheet)
        if dated:
            end = FIRST + len(self.placed.book.periods) - 1
            page.set_column(FIRST, end, CELL)
            page.freeze_panes(heads + 1, FIRST)
            page.autofilter(heads, 0, last, end)
            page.print_area(0, 0, last, end)
            page.repeat_rows(heads)
        if sheet.name == _COVER:
            self._light(page)
        return last

    def _heads(self, page: Any, sheet: Sheet, row: int, dated: bool) -> None:
        """Heads of the columns that hold something."""
        named = max(_named(line) for line in sheet.lines)
        heads = list(sheet.heads[:named]) if named > 1 else [""]
        fixed = ((UNIT, "unit"), (CONSTANT, "constant"), (NOTE, "note"), (SOURCE, "scenario key"))
        for column, text in (*enumerate(heads), *fixed):
            page.write_string(row, column, text, self.looks.head(column == CONSTANT))
        for at, label in enumerate(self.placed.book.periods if dated else ()):
            page.write_string(row, FIRST + at, label, self.looks.head(figure=True))

    def _widths(self, page: Any, sheet: Sheet) -> None:
        """Each column as wide as what stands in it; headings may run over."""
        lines = [line for line in sheet.lines if line.tone != "head" and not _legend(line)]
        for column in range(UNIT):
            texts = [_text(line, column) for line in lines]
            page.set_column(column, column, width(texts))
        page.set_column(UNIT, UNIT, width([line.unit for line in lines]))
        page.set_column(CONSTANT, CONSTANT, max(CELL + 4, width([line.constant for line in lines if isinstance(line.constant, str)])))  # fmt: skip
        page.set_column(NOTE, NOTE, width([line.note for line in lines]))
        page.set_column(SOURCE, SOURCE, width([line.key for line in lines]))

    def _line(self, page: Any, sheet: Sheet, line: Line) -> None:
        _, row = self.placed.where[line.id]
        ink = self.looks.ink(line.tone, "text") if _legend(line) else self.looks.plain(bold=line.tone == "head")  # fmt: skip
        for column, text in enumerate(line.names):
            page.write_string(row, column, text, ink)
        for column, value in enumerate(line.ground, start=_GROUND):
            self._plain(page, row, column, value, line.style)
        page.write_string(row, UNIT, line.unit, self.looks.plain())
        if line.note:
            page.write_string(row, NOTE, line.note, self.looks.plain())
        if line.key:
            page.write_string(row, SOURCE, line.key, self.looks.plain())
        if line.constant is not None:
            self._cell(page, sheet, line, None, line.constant)
        for period, value in enumerate(line.values):
            self._cell(page, sheet, line, period, value)

    def _cell(self, page: Any, sheet: Sheet, line: Line, period: int | None, value: Value) -> None:
        _, row = self.placed.where[line.id]
        column = CONSTANT if period is None else FIRST + period
        formula = line.constant_formula if period is None else line.formula
        tone = line.constant_tone if period is None else line.tone
        if formula is not None:
            away = self.placed.looks_away(formula, sheet.name)
            text = self.placed.formula(formula, sheet.name, period)
            page.write_formula(row, column, text, self.looks.ink(tone, line.style, away), value)
        elif isinstance(value, str):
            page.write_string(row, column, value, self.looks.ink(tone, "text"))
        elif value is not None:
            page.write_number(row, column, value, self.looks.ink(tone, line.style))

    def _light(self, page: Any) -> None:
        """Green where every check passes, red where one does not."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        _, row = self.placed.where["light"]
        good = self.placed.cell(Constant("light|good"), _COVER, None)
        cell = xl_rowcol_to_cell(row, CONSTANT)
        for sign, fill in (("=", GOOD_FILL), ("<>", BAD_FILL)):
            rule = {"type": "formula", "criteria": f"={cell}{sign}{good}", "format": self.workbook.add_format({"bg_color": fill})}  # fmt: skip
            page.conditional_format(row, CONSTANT, row, CONSTANT, rule)

    def _table(self, page: Any, sheet: Sheet, table: Table, row: int) -> int:
        page.write_string(row, 0, table.title, self.looks.plain(bold=True))
        if table.note:
            row += 1
            page.write_string(row, 0, table.note, self.looks.plain())
        heads = row + 1
        keys = {column.key: at for at, column in enumerate(table.columns)}
        self.tables[table.id] = Area(sheet.name, heads, len(table.rows), keys)
        for at, column in enumerate(table.columns):
            text = f"{column.title} ({column.unit})" if column.unit else column.title
            page.write_string(
                heads, at, text, self.looks.head(column.format not in ("text", "date"))
            )
            for below, data in enumerate(table.rows):
                self._plain(page, heads + 1 + below, at, data.get(column.key), column.format)
        last = heads + len(table.rows)
        if not sheet.lines and table is sheet.tables[0]:
            self._alone(page, table, heads, last)
        return last

    def _alone(self, page: Any, table: Table, heads: int, last: int) -> None:
        """Widths, filter and print head of the first table of a sheet without lines."""
        for at, column in enumerate(table.columns):
            texts = [str(row.get(column.key) or "") for row in table.rows]
            figure = column.format not in ("text", "date")
            page.set_column(at, at, CELL if figure else max(CELL, width(texts)))
        if table.rows:
            page.autofilter(heads, 0, last, len(table.columns) - 1)
            page.repeat_rows(heads)

    def _plain(self, page: Any, row: int, column: int, value: Value, style: str) -> None:
        if value is None or value == "":
            return
        if isinstance(value, int | float) and not isinstance(value, bool):
            page.write_number(row, column, value, self.looks.ink("pasted", style))
        else:
            page.write_string(row, column, str(value), self.looks.ink("pasted", "text"))


def _named(line: Line) -> int:
    """Columns of names that a line uses, its ground included."""
    return _GROUND + len(line.ground) if line.ground else len(line.names)


def _text(line: Line, column: int) -> str:
    """What stands in a name column, as long as it is shown."""
    if column < len(line.names):
        return line.names[column]
    at = column - _GROUND
    if not 0 <= at < len(line.ground):
        return ""
    value = line.ground[at]
    return f"{value:,.4f}" if isinstance(value, float) else str(value or "")


def _legend(line: Line) -> bool:
    return line.id.startswith("legend|")
