"""Write a workbook: formulas with their computed values, in the same bytes for the same book."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from planner.report.content.piece import Table
from planner.report.workbook.line import KEYS, Book, Line, Picture, Sheet, Style, Tone, Value
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

_FORMATS: Mapping[str, str] = {
    "number": "#,##0.####;-#,##0.####;0",
    "usd": "#,##0;[Red]-#,##0;0",
    "share": "0.00%",
    "fine": "0.000000",
    "text": "@",
    "date": "@",
    "count": "#,##0.##",
    "usd_fine": "0.0000",
}
_INK: Mapping[str, str] = {
    "input": "#0000FF",
    "pasted": "#595959",
    "formula": "#000000",
    "away": "#00703C",
    "head": "#000000",
}
_FILL = "#FFF9E5"
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)
"""A fixed day, so that the same run gives the same bytes."""
_NAME_WIDTH, _CELL_WIDTH, _NOTE_WIDTH, _MOST_WIDTH = 24, 13, 18, 60


def render(book: Book) -> bytes:
    """The workbook as bytes."""
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    workbook = Workbook(memory, options)
    workbook.set_properties({"created": _CREATED, "title": book.sheets[0].title})
    workbook.set_calc_mode("auto")
    writer = _Writer(workbook, place(book))
    for sheet in book.sheets:
        writer.write(sheet)
    for name, reference in book.names.items():
        workbook.define_name(name, "=" + writer.placed.cell(reference, "", None))
    workbook.close()
    return memory.getvalue()


class _Writer:
    def __init__(self, workbook: Any, placed: Placed) -> None:
        self.workbook = workbook
        self.placed = placed
        self._formats: dict[tuple[str, ...], Any] = {}

    def write(self, sheet: Sheet) -> None:
        page = self.workbook.add_worksheet(sheet.name)
        page.hide_gridlines(2)
        page.write_string(0, 0, sheet.title, self._plain(bold=True, size=14))
        for row, sentence in enumerate(sheet.sentences):
            page.write_string(1 + row, 0, sentence, self._plain())
        below = heads_at(sheet)
        if sheet.lines:
            below = self._lines(page, sheet) + 2
        for table in sheet.tables:
            below = self._table(page, table, below, alone=not sheet.lines) + 2
        for picture in sheet.pictures:
            below = self._picture(page, picture, below)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_paper(9)

    def _lines(self, page: Any, sheet: Sheet) -> int:
        heads = heads_at(sheet)
        dated = any(line.values for line in sheet.lines)
        bold = self._plain(bold=True)
        named = max(len(line.names) for line in sheet.lines)
        for column, text in enumerate(KEYS[:named] if named > 1 else ("",)):
            page.write_string(heads, column, text, bold)
        for column, text in ((UNIT, "unit"), (CONSTANT, "constant"), (NOTE, "note"), (SOURCE, "scenario key")):  # fmt: skip
            page.write_string(heads, column, text, bold)
        for at, label in enumerate(self.placed.book.periods if dated else ()):
            page.write_string(heads, FIRST + at, label, bold)
        for line in sheet.lines:
            self._line(page, sheet, line)
        last = heads + len(sheet.lines)
        page.set_column(0, 0, _NAME_WIDTH)
        page.set_column(1, len(KEYS) - 1, _CELL_WIDTH if named > 1 else 2)
        page.set_column(UNIT, CONSTANT, _CELL_WIDTH + 4)
        page.set_column(NOTE, SOURCE, _NOTE_WIDTH)
        if dated:
            width = FIRST + len(self.placed.book.periods) - 1
            page.set_column(FIRST, width, _CELL_WIDTH)
            page.freeze_panes(heads + 1, FIRST)
            page.autofilter(heads, 0, last, width)
            page.print_area(0, 0, last, width)
            page.repeat_rows(heads)
        if sheet.name == "Cover":
            self._light(page)
        return last

    def _line(self, page: Any, sheet: Sheet, line: Line) -> None:
        _, row = self.placed.where[line.id]
        bold = line.tone == "head"
        for column, text in enumerate(line.names):
            legend = self._ink(line.tone, "text", False) if line.id.startswith("legend|") else None
            page.write_string(row, column, text, legend or self._plain(bold=bold))
        page.write_string(row, UNIT, line.unit, self._plain())
        if line.note:
            page.write_string(row, NOTE, line.note, self._plain())
        if line.key:
            page.write_string(row, SOURCE, line.key, self._plain())
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
            page.write_formula(row, column, text, self._ink(tone, line.style, away), value)
        elif isinstance(value, str):
            page.write_string(row, column, value, self._ink(tone, "text", False))
        elif value is not None:
            page.write_number(row, column, value, self._ink(tone, line.style, False))

    def _light(self, page: Any) -> None:
        """Green where every check passes, red where one does not."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        _, row = self.placed.where["light"]
        good = self.placed.cell(_constant("light|good"), "Cover", None)
        cell = xl_rowcol_to_cell(row, CONSTANT)
        for sign, fill in (("=", "#C6EFCE"), ("<>", "#FFC7CE")):
            rule = {"type": "formula", "criteria": f"={cell}{sign}{good}", "format": self.workbook.add_format({"bg_color": fill})}  # fmt: skip
            page.conditional_format(row, CONSTANT, row, CONSTANT, rule)

    def _table(self, page: Any, table: Table, row: int, alone: bool) -> int:
        page.write_string(row, 0, table.title, self._plain(bold=True))
        if table.note:
            row += 1
            page.write_string(row, 0, table.note, self._plain())
        heads = row + 1
        for at, column in enumerate(table.columns):
            text = f"{column.title} ({column.unit})" if column.unit else column.title
            page.write_string(heads, at, text, self._plain(bold=True))
            for below, data in enumerate(table.rows):
                self._value(page, heads + 1 + below, at, data.get(column.key), column.format)
        last = heads + len(table.rows)
        if alone and table.rows:
            for at, column in enumerate(table.columns):
                widest = max(len(str(data.get(column.key) or "")) for data in table.rows)
                page.set_column(at, at, min(_MOST_WIDTH, max(_CELL_WIDTH, widest + 1)))
        return last

    def _value(self, page: Any, row: int, column: int, value: Any, style: str) -> None:
        if value is None or value == "":
            return
        if isinstance(value, int | float) and not isinstance(value, bool):
            page.write_number(row, column, value, self._ink("pasted", style, False))
        else:
            page.write_string(row, column, str(value), self._ink("pasted", "text", False))

    def _picture(self, page: Any, picture: Picture, row: int) -> int:
        kind = {"type": "column", "subtype": "stacked"} if picture.stacked else {"type": "line"}
        chart = self.workbook.add_chart(kind)
        last = FIRST + len(self.placed.book.periods) - 1
        for line in picture.lines:
            name, at = self.placed.where[line]
            heads = heads_at(next(s for s in self.placed.book.sheets if s.name == name))
            chart.add_series({
                "name": [name, at, KEYS.index("class")],
                "categories": [name, heads, FIRST, heads, last],
                "values": [name, at, FIRST, at, last],
            })  # fmt: skip
        chart.set_title({"name": picture.title})
        chart.set_y_axis({"name": picture.unit, "num_format": "#,##0"})
        chart.set_size({"width": 960, "height": 360})
        page.insert_chart(row, 0, chart)
        return row + 20

    def _plain(self, bold: bool = False, size: int = 10) -> Any:
        return self._format({"bold": bold, "font_size": size})

    def _ink(self, tone: Tone, style: Style | str, away: bool) -> Any:
        colour = _INK["away" if away else tone]
        looks: dict[str, Any] = {"font_color": colour, "num_format": _FORMATS[style], "font_size": 10}  # fmt: skip
        if tone == "input":
            looks["bg_color"] = _FILL
        return self._format(looks)

    def _format(self, looks: dict[str, Any]) -> Any:
        key = tuple(f"{name}={value}" for name, value in sorted(looks.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(looks)
        return self._formats[key]


def _constant(line: str) -> Any:
    from planner.report.workbook.line import Constant

    return Constant(line)
