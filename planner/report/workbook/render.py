"""Write a workbook: formulas with their computed values, in the same bytes for the same book."""

from __future__ import annotations

import io
from typing import Any

from planner.report.workbook.line import Book, Constant, Line, Sheet, Value
from planner.report.workbook.looks import BAD_FILL, CELL, GOOD_FILL, LINE_WIDTH, Looks, width
from planner.report.workbook.pictures import ROWS, chart
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
from planner.report.workbook.sheets.checks import GOOD
from planner.report.workbook.stamp import CREATED
from planner.report.workbook.tables import FIGURE, Tables, texts_of

_A3, _A4 = 8, 9
_WIDE_PAGES = 2
"""Pages beside each other for a sheet over periods."""
_AROUND = 5
"""Rows that a table takes beside its own: title, note, heads, space."""
_COVER = "Cover"
_GROUND = 2
"""Column of the first cell of a line's ground."""


def render(book: Book) -> bytes:
    """The workbook as bytes."""
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    workbook = Workbook(memory, options)
    workbook.set_properties({"created": CREATED, "title": book.sheets[0].title})
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
    """Writes lines and what stands around them."""

    def __init__(self, workbook: Any, placed: Placed) -> None:
        self.workbook = workbook
        self.placed = placed
        self.looks = Looks(workbook)
        self.tables = Tables(self.looks)

    def write(self, page: Any, sheet: Sheet) -> int:
        """All of a sheet but its charts; gives the row where they begin."""
        page.hide_gridlines(2)
        page.write_string(0, 0, sheet.title, self.looks.plain(bold=True, size=14))
        alone = not sheet.lines and not sheet.tables
        for row, sentence in enumerate(sheet.sentences):
            page.write_string(1 + row, 0, sentence, self.looks.plain(wrapped=alone))
        if alone:
            page.set_column(0, 0, LINE_WIDTH)
        below = heads_at(sheet)
        charts_at = below
        if sheet.lines:
            charts_at = below = self._lines(page, sheet) + 2
        else:
            below += ROWS * len(sheet.pictures)
            page.freeze_panes(1, 0)
        for table in sheet.tables:
            below = self.tables.write(page, sheet, table, below) + 2
        self._paper(page, sheet)
        page.set_footer("&L&A&RPage &P of &N")
        return below if sheet.lines and sheet.tables else charts_at

    @staticmethod
    def _paper(page: Any, sheet: Sheet) -> None:
        """Sheets over periods on two wide pages beside each other, or one where a picture would be cut."""
        dated = any(line.values for line in sheet.lines)
        upright = bool(sheet.pictures and sheet.lines and not dated)
        if not upright:
            page.set_landscape()
        page.fit_to_pages(_WIDE_PAGES if dated and not sheet.pictures else 1, int(upright))
        page.set_paper(_A3 if dated else _A4)

    def pictures(self, page: Any, sheet: Sheet, row: int) -> None:
        for number, picture in enumerate(sheet.pictures):
            made = chart(self.workbook, self.placed, self.tables.areas, picture)
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
            bottom = ROWS * len(sheet.pictures) + sum(len(t.rows) + _AROUND for t in sheet.tables)
            page.print_area(0, 0, last + bottom if sheet.pictures else last, end)
            page.repeat_rows(heads)
            page.repeat_columns(0, 1)
        if sheet.name == _COVER:
            self._light(page)
        return last

    def _heads(self, page: Any, sheet: Sheet, row: int, dated: bool) -> None:
        """Heads of the columns that hold something."""
        named = max(_named(line) for line in sheet.lines)
        heads = sheet.heads[:named] if named > 1 else ("",)
        constant = "constant" if dated else "value"
        fixed = ((UNIT, "unit"), (CONSTANT, constant), (NOTE, "note"), (SOURCE, "scenario key"))
        for column, text in (*enumerate(heads), *fixed):
            if self._holds(sheet, column):
                page.write_string(row, column, text, self.looks.head(column == CONSTANT))
        for at, label in enumerate(self.placed.book.periods if dated else ()):
            page.write_string(row, FIRST + at, label, self.looks.head(figure=True))

    @staticmethod
    def _holds(sheet: Sheet, column: int) -> bool:
        """Whether any line has something in a column, headings aside."""
        return any(_text(line, column) for line in sheet.lines if line.tone != "head")

    def _widths(self, page: Any, sheet: Sheet) -> None:
        """Each column as wide as what stands in it, in lines and tables; headings may run over."""
        lines = [line for line in sheet.lines if line.tone != "head" and not _legend(line)]
        for column in range(FIRST):
            texts = [_text(line, column) for line in lines]
            for table in sheet.tables:
                texts += texts_of(table, column)
            page.set_column(column, column, width(texts))

    def _line(self, page: Any, sheet: Sheet, line: Line) -> None:
        _, row = self.placed.where[line.id]
        ink = self.looks.ink(line.tone, "text") if _legend(line) else self.looks.plain(bold=line.tone == "head")  # fmt: skip
        for column, text in enumerate(line.names):
            page.write_string(row, column, text, ink)
        for column, value in enumerate(line.ground, start=_GROUND):
            if isinstance(value, str):
                page.write_string(row, column, value, self.looks.text(wrapped=False))
            else:
                self.tables.plain(page, row, column, value, line.style)
        page.write_string(row, UNIT, line.unit, self.looks.plain())
        if line.note:
            page.write_string(row, NOTE, line.note, self.looks.note())
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
        good = self.placed.cell(Constant(GOOD), _COVER, None)
        cell = xl_rowcol_to_cell(row, CONSTANT)
        for sign, fill in (("=", GOOD_FILL), ("<>", BAD_FILL)):
            rule = {"type": "formula", "criteria": f"={cell}{sign}{good}", "format": self.workbook.add_format({"bg_color": fill})}  # fmt: skip
            page.conditional_format(row, CONSTANT, row, CONSTANT, rule)


def _named(line: Line) -> int:
    """Columns of names that a line uses, its ground included."""
    return _GROUND + len(line.ground) if line.ground else len(line.names)


def _text(line: Line, column: int) -> str:
    """What stands in a column before the periods, as long as it is shown."""
    if column < len(line.names):
        return line.names[column]
    if column >= UNIT:
        constant = "" if line.constant is None else line.constant
        held: Value = (line.unit, constant, line.note, line.key)[column - UNIT]
        return held if isinstance(held, str) else FIGURE
    at = column - _GROUND
    value = line.ground[at] if 0 <= at < len(line.ground) else None
    return FIGURE if isinstance(value, float) else str(value or "")


def _legend(line: Line) -> bool:
    return line.id.startswith("legend|")
