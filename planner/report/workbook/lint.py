"""Lint a workbook with a reader of its own: what makes a model hard to trust, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.errors import InvalidData, Problem
from planner.report.workbook.place import CONSTANT, NOTE, SOURCE, UNIT

BLUE = "FF0000FF"
"""Ink of an input."""
_VOLATILE = ("NOW", "TODAY", "RAND", "RANDBETWEEN", "OFFSET", "INDIRECT", "INFO", "CELL")
_PLAIN_NUMBERS = {"0", "1"}
"""Numbers that may stand in a formula: nothing, and one as in 1 + rate."""
_ALL, _CHECKS = "every check", "Checks"


@dataclass(frozen=True)
class Finding:
    """One thing found: the rule, where, and what."""

    rule: str
    place: str
    what: str


@dataclass(frozen=True)
class Opened:
    """A workbook with its formulas and, beside them, its cached values."""

    formulas: Any
    values: Any

    def cells(self) -> Iterator[tuple[Any, Any]]:
        """(sheet, cell) of every cell that holds something."""
        for sheet in self.formulas:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        yield sheet, cell

    def formula_cells(self) -> Iterator[tuple[Any, Any]]:
        for sheet, cell in self.cells():
            if cell.data_type == "f":
                yield sheet, cell


def lint(path: Path) -> list[Finding]:
    """Every finding, by rule and place; InvalidData (RUN008) where the file is no workbook."""
    book = opened(path)
    found = [finding for rule in RULES for finding in rule(book)]
    return sorted(found, key=lambda finding: (finding.rule, finding.place))


def opened(path: Path) -> Opened:
    """Open with formulas and again with values; raises InvalidData (RUN008)."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return Opened(load_workbook(path), load_workbook(path, data_only=True))
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        what = f"cannot be read as a workbook: {error}"
        hint = "give an .xlsx file, such as planner report writes"
        raise InvalidData([Problem("RUN008", str(path), "", what, hint)]) from error


def _at(sheet: Any, cell: Any) -> str:
    return f"{sheet.title}!{cell.coordinate}"


def _literals(book: Opened) -> Iterator[Finding]:
    from openpyxl.formula import Tokenizer

    for sheet, cell in book.formula_cells():
        for token in Tokenizer(str(cell.value)).items:
            number = token.type == "OPERAND" and token.subtype == "NUMBER"
            text = token.type == "OPERAND" and token.subtype == "TEXT"
            if text or (number and token.value not in _PLAIN_NUMBERS):
                yield Finding("literal in a formula", _at(sheet, cell), f"{token.value} in {cell.value}")  # fmt: skip


def _inconsistent(book: Opened) -> Iterator[Finding]:
    from openpyxl.formula.translate import Translator

    for sheet in book.formulas:
        for row in sheet.iter_rows():
            dated = [cell for cell in row if cell.column > SOURCE + 1 and cell.value is not None]
            formulas = [cell for cell in dated if cell.data_type == "f"]
            if not formulas:
                continue
            first = formulas[0]
            pattern = Translator(str(first.value), origin=first.coordinate)
            for cell in dated:
                if cell.data_type != "f":
                    yield Finding("inconsistent row", _at(sheet, cell), "a value among formulas")
                elif pattern.translate_formula(cell.coordinate) != cell.value:
                    yield Finding("inconsistent row", _at(sheet, cell), f"{cell.value} beside {first.value}")  # fmt: skip


def _volatile(book: Opened) -> Iterator[Finding]:
    pattern = re.compile(rf"\b({'|'.join(_VOLATILE)})\(", re.IGNORECASE)
    for sheet, cell in book.formula_cells():
        for name in pattern.findall(str(cell.value)):
            yield Finding("volatile function", _at(sheet, cell), name)


def _external(book: Opened) -> Iterator[Finding]:
    for sheet, cell in book.formula_cells():
        if re.search(r"\[[^\]]+\]|https?://|file://", str(cell.value)):
            yield Finding("external link", _at(sheet, cell), str(cell.value))


def _undocumented(book: Opened) -> Iterator[Finding]:
    """Inputs are told by their ink; their unit, note and key stand in the row."""
    for sheet in book.formulas:
        for row in sheet.iter_rows():
            blue = [c for c in row if c.value is not None and c.column > UNIT + 1 and _ink(c) == BLUE]  # fmt: skip
            if not blue:
                continue
            if row[UNIT].value is None:
                yield Finding("input without unit", _at(sheet, blue[0]), str(row[0].value))
            if row[NOTE].value is None and row[SOURCE].value is None:
                yield Finding("input without source", _at(sheet, blue[0]), str(row[0].value))


def _ink(cell: Any) -> str | None:
    colour = cell.font.color
    return colour.rgb if colour is not None and isinstance(colour.rgb, str) else None


def _errors(book: Opened) -> Iterator[Finding]:
    for sheet, cell in book.cells():
        value = book.values[sheet.title][cell.coordinate].value
        if isinstance(value, str) and re.fullmatch(r"#[A-Z/0!?]+", value):
            yield Finding("error value", _at(sheet, cell), value)


def _uncached(book: Opened) -> Iterator[Finding]:
    for sheet, cell in book.formula_cells():
        if book.values[sheet.title][cell.coordinate].value is None:
            yield Finding("no cached value", _at(sheet, cell), str(cell.value))


def _hidden(book: Opened) -> Iterator[Finding]:
    for sheet in book.formulas:
        if sheet.sheet_state != "visible":
            yield Finding("hidden sheet", sheet.title, sheet.sheet_state)


def _failing(book: Opened) -> Iterator[Finding]:
    if _CHECKS not in book.values.sheetnames:
        return
    for row in book.values[_CHECKS].iter_rows():
        name, value = row[0].value, row[CONSTANT].value if len(row) > CONSTANT else None
        if name == _ALL and value != 1:
            yield Finding("failing check", f"{_CHECKS}!{row[CONSTANT].coordinate}", str(value))


RULES: tuple[Callable[[Opened], Iterator[Finding]], ...] = (
    _literals,
    _inconsistent,
    _volatile,
    _external,
    _undocumented,
    _errors,
    _uncached,
    _hidden,
    _failing,
)
