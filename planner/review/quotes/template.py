"""The workbook a vendor fills: typed cells, lists to choose from, a note with the unit on every head."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from planner.review.columns import Column

SHEET, LISTS = "Quotes", "Lists"
HEADS = 4
"""Row of the heads, counted from 0."""
_ROWS = 200
"""Rows that are ready to be filled."""
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)
"""A fixed day, so that the same catalog gives the same bytes."""
_INPUT, _FILL, _QUIET = "#0000FF", "#FFF9E5", "#7F7F7F"
_WIDTH, _NOTE_WIDTH = 16, 40
_SENTENCES = (
    "One row for every price. Type values, no formulas; leave cells unmerged and the heads as they are.",
    "The grey row is an example and is not read; write below it. A note on each head says what it takes.",
)


def template(columns: Sequence[Column]) -> bytes:
    """The empty workbook as bytes, the same for the same columns."""
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    workbook = Workbook(memory, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties({"created": _CREATED, "title": "Vendor's quotes"})
    page = workbook.add_worksheet(SHEET)
    lists = workbook.add_worksheet(LISTS)
    page.hide_gridlines(2)
    bold = workbook.add_format({"bold": True, "font_size": 10, "bottom": 1})
    page.write_string(0, 0, "Quotes", workbook.add_format({"bold": True, "font_size": 14}))
    for row, sentence in enumerate(_SENTENCES, start=1):
        page.write_string(row, 0, sentence)
    for at, column in enumerate(columns):
        page.write_string(HEADS, at, column.name, bold)
        page.write_comment(HEADS, at, _note(column), {"x_scale": 2})
        page.set_column(at, at, _NOTE_WIDTH if column.name == "note" else _WIDTH)
        _example(workbook, page, at, column)
        _empty_cells(workbook, page, at, column)
        rule = _rule(column, at)
        if rule:
            page.data_validation(HEADS + 2, at, HEADS + _ROWS, at, rule)
        if column.choices:
            lists.write_string(0, at, column.name, bold)
            lists.write_column(1, at, column.choices)
            lists.set_column(at, at, 2 * _WIDTH)
    page.freeze_panes(HEADS + 1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    workbook.close()
    return memory.getvalue()


def _note(column: Column) -> str:
    unit = f" Unit: {column.unit}." if column.unit else ""
    return f"{column.meaning[0].upper()}{column.meaning[1:]}.{unit}{'' if column.needed else ' May be empty.'}"


def _looks(column: Column) -> dict[str, Any]:
    shown = {"num_format": "#,##0.######"} if isinstance(column.example, int | float) else {}
    return {"num_format": "yyyy-mm-dd"} if isinstance(column.example, date) else shown


def _example(workbook: Any, page: Any, at: int, column: Column) -> None:
    looks = {"font_color": _QUIET, "italic": True, "font_size": 10, **_looks(column)}
    if column.example is not None:
        page.write(HEADS + 1, at, column.example, workbook.add_format(looks))


def _empty_cells(workbook: Any, page: Any, at: int, column: Column) -> None:
    looks = {"font_color": _INPUT, "bg_color": _FILL, "font_size": 10, **_looks(column)}
    ink = workbook.add_format(looks)
    for row in range(HEADS + 2, HEADS + _ROWS + 1):
        page.write_blank(row, at, None, ink)


def _rule(column: Column, at: int) -> dict[str, Any]:
    """What the spreadsheet itself refuses; the reader refuses the same and more."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    told = {"input_title": column.name[:32], "input_message": _note(column)[:255]}
    if column.choices:
        ends = [xl_rowcol_to_cell(row, at, True, True) for row in (1, len(column.choices))]
        return {"validate": "list", "source": f"={LISTS}!{ends[0]}:{ends[1]}", **told}
    if isinstance(column.example, date):
        return {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1), **told}
    if isinstance(column.example, int | float):
        return {"validate": "decimal", "criteria": ">=", "value": 0, **told}
    return {"validate": "any", **told}
