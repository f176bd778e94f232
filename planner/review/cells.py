"""Rows that people hand in, from a workbook or a CSV file: every cell with its address.

Nothing is guessed: a formula, an error value or a merged cell is named, never read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.errors import InvalidData, Problem, did_you_mean

_SEARCHED = 20
"""Rows from the top in which the heads of a sheet may stand."""
_UNREADABLE = "a workbook is an .xlsx file that opens in a spreadsheet; a table is a CSV in UTF-8"


@dataclass(frozen=True)
class Cell:
    """What a cell holds, and where. flaw: code and words of why it cannot be read, or nothing."""

    place: str
    value: Any
    flaw: tuple[str, str] | None = None

    @property
    def empty(self) -> bool:
        return self.flaw is None and (self.value is None or str(self.value).strip() == "")


@dataclass(frozen=True)
class Row:
    """One line below the heads, by the name of its column."""

    place: str
    cells: dict[str, Cell]

    def problem(self, code: str, column: str, what: str, hint: str = "") -> Problem:
        """A problem that stands in one cell of the row."""
        cell = self.cells.get(column)
        return Problem(code, cell.place if cell else self.place, column, what, hint)


@dataclass(frozen=True)
class Grid:
    """The rows under one line of heads. place: of the sheet. heads: name -> address."""

    name: str
    place: str
    heads: dict[str, str]
    rows: tuple[Row, ...]


def sheets(path: Path) -> list[str]:
    """Names of the sheets of a workbook; raises InvalidData (REV040)."""
    names: list[str] = _opened(path).sheetnames
    return names


def read_sheet(path: Path, sheet: str, columns: Sequence[str], others: bool = False) -> Grid:
    """One sheet of a workbook, its heads found by the name of the first column.

    columns: names that a head may bear, the first of them sure to stand there. others: whether
    further columns may stand there, and are not read. Raises
    InvalidData: REV040 for what is no workbook, REV041 where the sheet is missing, REV042 for
    heads that are missing, unknown or twice, REV044 for merged cells.
    """
    book = _opened(path)
    if sheet not in book.sheetnames:
        what = f"there is no sheet '{sheet}'; there are {', '.join(book.sheetnames)}"
        hint = did_you_mean(sheet, book.sheetnames) or "start from the template"
        raise InvalidData([Problem("REV041", str(path), sheet, what, hint)])
    page = book[sheet]
    place = f"{path.name}: {sheet}"
    top = _top(page, columns[0])
    if top is None:
        what = f"no cell of the first {_SEARCHED} rows says '{columns[0]}', so there are no heads"
        hint = "keep the heads as the template has them"
        raise InvalidData([Problem("REV042", f"{place}!A1", columns[0], what, hint)])
    named = [(cell.value, f"{place}!{cell.coordinate}") for cell in page[top] if cell.value is not None]  # fmt: skip
    problems = [*_merged(page, place, top), *_head_problems(named, columns, others)]
    if problems:
        raise InvalidData(problems)
    letters = {cell.column: str(cell.value).strip() for cell in page[top] if cell.value is not None}
    rows = [_sheet_row(line, letters, place) for line in page.iter_rows(min_row=top + 1)]
    heads = {str(name).strip(): at for name, at in named}
    return Grid(sheet, place, heads, tuple(row for row in rows if _holds(row)))


def read_csv(path: Path, columns: Sequence[str], others: bool = False) -> Grid:
    """A CSV file whose first line holds the heads; the place of a cell is its line and column.

    columns: names that a head may bear. others: whether further columns may stand there, and are
    not read. Raises InvalidData: REV040 for what is no CSV in UTF-8, REV042 for heads that are
    unknown or twice.
    """
    lines = _csv_lines(path)
    names = [name.strip() for name in (lines[0][1] if lines else [])]
    named = [(name, f"{path.name}:1") for name in names]
    problems = list(_head_problems(named, columns, others))
    for number, line in lines[1:]:
        if len(line) > len(names):
            what = f"{len(line)} cells stand under {len(names)} heads"
            problems.append(Problem("REV042", f"{path.name}:{number}", "", what, "quote a text that holds a comma"))  # fmt: skip
    if problems:
        raise InvalidData(problems)
    rows = [
        Row(
            f"{path.name}:{number}",
            {name: Cell(f"{path.name}:{number}", text) for name, text in zip(names, line, strict=False)},
        )
        for number, line in lines[1:]
    ]  # fmt: skip
    return Grid(path.stem, path.name, dict(named), tuple(row for row in rows if _holds(row)))


def csv_heads(path: Path) -> list[str]:
    """The heads of a CSV file; raises InvalidData (REV040)."""
    lines = _csv_lines(path)
    return [name.strip() for name in (lines[0][1] if lines else [])]


def _csv_lines(path: Path) -> list[tuple[int, list[str]]]:
    """(number of its last line, cells) of every record."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            return [(reader.line_num, line) for line in reader if line]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidData([Problem("REV040", str(path), "", f"cannot be read: {error}", _UNREADABLE)]) from error  # fmt: skip


def _opened(path: Path) -> Any:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(path)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, TypeError) as error:
        what = f"cannot be read as a workbook: {error}"
        raise InvalidData([Problem("REV040", str(path), "", what, _UNREADABLE)]) from error


def _top(page: Any, first: str) -> int | None:
    for number, line in enumerate(page.iter_rows(max_row=_SEARCHED, values_only=True), start=1):
        if any(str(value).strip() == first for value in line):
            return number
    return None


def _merged(page: Any, place: str, top: int) -> Iterator[Problem]:
    for area in page.merged_cells.ranges:
        if area.max_row >= top:
            what = f"cells {area.coord} are merged, so what stands in all but the first is not known"  # fmt: skip
            yield Problem("REV044", f"{place}!{area.coord.partition(':')[0]}", area.coord, what, "unmerge them and fill each")  # fmt: skip


def _head_problems(
    named: Sequence[tuple[Any, str]], columns: Sequence[str], others: bool
) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for value, place in named:
        name = str(value).strip()
        if name in seen:
            what = f"the head '{name}' stands twice; first at {seen[name]}"
            yield Problem("REV042", place, name, what, "keep one of them")
        elif name not in columns and not others:
            hint = did_you_mean(name, columns) or f"known: {', '.join(columns)}"
            yield Problem("REV042", place, name, f"no column is called '{name}'", hint)
        seen.setdefault(name, place)


def _sheet_row(line: Sequence[Any], letters: dict[int, str], place: str) -> Row:
    cells = {}
    for cell in line:
        if cell.column in letters:
            cells[letters[cell.column]] = Cell(
                f"{place}!{cell.coordinate}", cell.value, _flaw(cell)
            )
        elif cell.value is not None:
            cells[cell.coordinate] = Cell(
                f"{place}!{cell.coordinate}", cell.value, ("REV042", "stands under no head")
            )
    return Row(f"{place}!A{line[0].row}", cells)


def _flaw(cell: Any) -> tuple[str, str] | None:
    if cell.data_type == "f":
        return "REV043", f"holds the formula {cell.value}, not a value"
    if cell.data_type == "e":
        return "REV043", f"holds the error value {cell.value}"
    return None


def _holds(row: Row) -> bool:
    return any(not cell.empty for cell in row.cells.values())
