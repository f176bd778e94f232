"""Columns of what people hand in: what each means, in which unit, and how a cell of it is read."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from planner.errors import Problem, did_you_mean
from planner.review.cells import Cell, Grid, Row
from planner.timeline import first_day, start_of

Reader = Callable[[Any], Any]
"""Turns the value of a cell into ours; raises Misread."""
_FORMULA = "paste the values in place of the formulas"
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
_SHOWN = 12
"""Known words shown where none is near."""


class Misread(ValueError):
    """A cell that does not hold what its column takes."""

    def __init__(self, code: str, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.code, self.what, self.hint = code, what, hint


@dataclass(frozen=True)
class Column:
    """One column. name: its head. needed: whether every row fills it. example: as a person types it.

    choices: the words it takes, where there are only so many.
    """

    name: str
    meaning: str
    read: Reader
    needed: bool = True
    unit: str = ""
    example: Any = None
    choices: tuple[str, ...] = ()


@dataclass
class Reading:
    """Rows read so far, and everything wrong with the others."""

    rows: list[tuple[Row, dict[str, Any]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_rows(grid: Grid, columns: Sequence[Column]) -> Reading:
    """Every row of a grid as typed values; problems are gathered, a row with any is left out."""
    reading = Reading()
    for column in columns:
        if column.needed and column.name not in grid.heads:
            what = f"the column '{column.name}' is missing: {column.meaning}"
            reading.problems.append(Problem("REV042", grid.place, column.name, what, "add it, or start from the template"))  # fmt: skip
    if reading.problems:
        return reading
    for row in grid.rows:
        values: dict[str, Any] = {}
        problems = list(_stray(row, grid))
        for column in columns:
            cell = row.cells.get(column.name, Cell(row.place, None))
            try:
                values[column.name] = _value(cell, column)
            except Misread as error:
                problems.append(Problem(error.code, cell.place, column.name, error.what, error.hint))  # fmt: skip
        reading.problems += problems
        if not problems:
            reading.rows.append((row, values))
    return reading


def _stray(row: Row, grid: Grid) -> Iterator[Problem]:
    """Cells beside the table, which somebody meant and nobody would read."""
    for name, cell in row.cells.items():
        if name not in grid.heads and cell.flaw is not None:
            code, what = cell.flaw
            yield Problem(code, cell.place, "", f"{cell.value!r} {what}", "remove it, or name its column")  # fmt: skip


def _value(cell: Cell, column: Column) -> Any:
    if cell.flaw is not None:
        raise Misread(cell.flaw[0], cell.flaw[1], _FORMULA)
    if cell.empty:
        if column.needed:
            raise Misread("REV046", f"is empty: {column.meaning}", "missing is not zero: say it")
        return None
    return column.read(cell.value)


def text(value: Any) -> str:
    """Words; a number is taken as it is shown."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def identifier(value: Any) -> str:
    """A name of one's own in kebab case; REV049 for anything else.

    >>> identifier("b200-first")
    'b200-first'
    """
    found = text(value)
    if not _KEBAB.match(found):
        hint = "write small letters, digits and single dashes, such as b200-first"
        raise Misread("REV049", f"'{found}' is no name in kebab case", hint)
    return found


def number(above: float = -math.inf, least: float = -math.inf, whole: bool = False) -> Reader:
    """A finite number, above one bound or not below another; REV045 for what is none, REV047 outside.

    >>> number(above=0)("0.36")
    0.36
    """

    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise Misread("REV045", f"holds {value!r}, not a number", "type the number alone")
        try:
            found = float(value)
        except ValueError as error:
            hint = "type the number alone; its unit stands in the head or a column of its own"
            raise Misread("REV045", f"holds '{value}', not a number", hint) from error
        if not math.isfinite(found):
            raise Misread("REV045", f"holds {value}, which is not finite")
        if found <= above or found < least:
            bound = f"more than {above:g}" if found <= above else f"at least {least:g}"
            raise Misread("REV047", f"is {found:g}", f"it is {bound}")
        if whole and not found.is_integer():
            raise Misread("REV047", f"is {found:g}", "it is a whole number")
        return found

    return read


def day(value: Any) -> date:
    """A day: a date cell, or written 2027-03-31; REV048 for anything less plain, such as 03/04/27.

    >>> day("2027-03-31")
    datetime.date(2027, 3, 31)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError as error:
        hint = "write 2027-03-31, or give the cell a date"
        raise Misread("REV048", f"holds {value!r}, which is no plain date", hint) from error


def period(value: Any) -> str:
    """A period label such as 2027Q1; REV048 for what is none.

    >>> period("2027Q1")
    '2027Q1'
    """
    try:
        start_of(text(value))
    except ValueError as error:
        raise Misread("REV048", str(error)) from error
    return text(value)


def partial_day(value: Any) -> str:
    """A day, month or quarter as scenarios write it; REV048 for what is none.

    >>> partial_day("2027-Q3")
    '2027-Q3'
    """
    if isinstance(value, date):
        return day(value).isoformat()
    try:
        first_day(text(value))
    except ValueError as error:
        raise Misread("REV048", str(error)) from error
    return text(value)


def word(choices: Iterable[str], code: str = "REV049", kind: str = "word") -> Reader:
    """One of some words; the code where it is another.

    >>> word(["USD", "EUR"])("EUR")
    'EUR'
    """
    known = tuple(choices)

    def read(value: Any) -> str:
        found = text(value)
        if found not in known:
            shown = ", ".join(known[:_SHOWN])
            hint = did_you_mean(found, known) or f"known: {shown or 'none'}"
            raise Misread(code, f"no {kind} is called '{found}'", hint)
        return found

    return read


def named(aliases: dict[str, str], kind: str, code: str = "REV050") -> Reader:
    """An id by itself or by another name for it; the code where nothing bears it.

    aliases: every name, ids among them -> id.

    >>> named({"AMD": "amd", "amd": "amd"}, "vendor")("AMD")
    'amd'
    """
    find = word(sorted(aliases), code, kind)

    def read(value: Any) -> str:
        return aliases[find(value)]

    return read
