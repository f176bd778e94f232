"""Where everything stands: rows of lines, and references as cell addresses."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from planner.report.workbook.line import (
    KEYS,
    Across,
    At,
    Book,
    Constant,
    Down,
    Formula,
    Here,
    Name,
    Reference,
    Sheet,
)

UNIT = len(KEYS)
CONSTANT = UNIT + 1
NOTE = CONSTANT + 1
SOURCE = NOTE + 1
FIRST = SOURCE + 1
"""Columns: names, unit, constant, note, scenario key, then the periods."""
HEAD = 3
"""Row of the column heads where a sheet has no sentences; each sentence moves it down by one."""


@dataclass(frozen=True)
class Placed:
    """The book with a row for every line."""

    book: Book
    where: dict[str, tuple[str, int]]

    def cell(self, reference: Reference, sheet: str, period: int | None) -> str:
        """A reference as an address, from a formula on a sheet in a period (None: the constant)."""
        last = FIRST + len(self.book.periods) - 1
        match reference:
            case Here(line):
                assert period is not None
                return self._at(line, sheet, FIRST + period, fixed=False)
            case At(line, when):
                return self._at(line, sheet, FIRST + when, fixed=True)
            case Constant(line):
                return self._at(line, sheet, CONSTANT, fixed=True)
            case Name(line, column):
                return self._at(line, sheet, KEYS.index(column), fixed=True)
            case Across(line):
                name, row = self.where[line]
                area = f"${xl_col_to_name(FIRST)}${row + 1}:${xl_col_to_name(last)}${row + 1}"
                return self._on(name, sheet) + area
            case Down(first, end, column):
                return self._down(first, end, column, sheet, period)

    def formula(self, formula: Formula, sheet: str, period: int | None) -> str:
        """A formula in the workbook's own words."""
        cells = {name: self.cell(of, sheet, period) for name, of in formula.of.items()}
        return "=" + formula.text.format(**cells)

    def looks_away(self, formula: Formula, sheet: str) -> bool:
        """Whether it refers to another sheet."""
        return any(self.where[_line(of)][0] != sheet for of in formula.of.values())

    def _down(self, first: str, end: str, column: str, sheet: str, period: int | None) -> str:
        (name, top), (_, bottom) = self.where[first], self.where[end]
        if column:
            place = CONSTANT if column == "constant" else KEYS.index(column)
            letters = f"${xl_col_to_name(place)}"
        else:
            assert period is not None
            letters = xl_col_to_name(FIRST + period)
        return self._on(name, sheet) + f"{letters}${top + 1}:{letters}${bottom + 1}"

    def _at(self, line: str, sheet: str, column: int, fixed: bool) -> str:
        name, row = self.where[line]
        cell: str = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=fixed)
        return self._on(name, sheet) + cell

    @staticmethod
    def _on(name: str, sheet: str) -> str:
        return "" if name == sheet else f"{name}!"


def _line(reference: Reference) -> str:
    return reference.first if isinstance(reference, Down) else reference.line


def heads_at(sheet: Sheet) -> int:
    """Row of the column heads."""
    return HEAD + len(sheet.sentences)


def place(book: Book) -> Placed:
    """Give every line its row; ValueError where two lines bear one id."""
    where: dict[str, tuple[str, int]] = {}
    for sheet in book.sheets:
        for number, line in enumerate(sheet.lines):
            if line.id in where:
                raise ValueError(f"two lines are called {line.id}")
            where[line.id] = (sheet.name, heads_at(sheet) + 1 + number)
    return Placed(book, where)
