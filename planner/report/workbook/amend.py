"""Read changed inputs of one of our workbooks back: scenario keys, periods, and what they say now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.errors import InvalidData, Problem
from planner.options.table import Options
from planner.plan.saved import SavedRun
from planner.report.workbook.levers import levers_of
from planner.report.workbook.line import Line
from planner.report.workbook.lint import Opened, opened
from planner.report.workbook.money import AS_ACCOUNTED, money
from planner.report.workbook.place import CONSTANT, FIRST, NOTE, SOURCE
from planner.report.workbook.sheets.inputs import RATE_KEY
from planner.report.workbook.sheets.timeline import RATE

_CLOSE = 1e-12
_SHEET, _COVER, _WORKINGS = "Inputs", "Cover", "Workings"
Said = dict[str, dict[int | None, float]]
"""Scenario key -> period (None: the constant) -> number on the sheet."""


@dataclass(frozen=True)
class Change:
    """One input that was changed: its scenario key, the periods and what they say now.

    period: label, empty for what holds throughout. unit: of both values.
    """

    key: str
    period: str
    unit: str
    before: float
    after: float


def run_of(path: Path) -> str:
    """Id of the run a workbook was made from.

    Raises InvalidData (RUN008) where it is no workbook of ours.
    """
    book = opened(path)
    if _COVER in book.values.sheetnames and _SHEET in book.values.sheetnames:
        for row in book.values[_COVER].iter_rows():
            if row[0].value == "run" and len(row) > CONSTANT and row[CONSTANT].value:
                return str(row[CONSTANT].value)
    what = "is no workbook of planner report: its Cover names no run"
    raise InvalidData([Problem("RUN008", str(path), "", what, "start from planner report RUN --format xlsx")])  # fmt: skip


def changes(path: Path, run: SavedRun) -> list[Change]:
    """Every changed input, in the order of the sheet.

    Raises InvalidData, all at once and each with its address: RUN009 for cells that hold no number,
    RUN023 for changed prices that no scenario states.
    """
    book, options = opened(path), run.options
    said, problems = _said(book, path, options.timeline.count)
    problems += _unstated(book, path, run)
    if problems:
        raise InvalidData(problems)
    return [*_rate(said, options), *_moved(said, options)]


def _rate(said: Said, options: Options) -> Iterator[Change]:
    before = options.timeline.discount_rate
    now = said.get(RATE_KEY, {}).get(None, before)
    if _differ(now, before):
        yield Change(RATE_KEY, "", "1/year", before, now)


def _moved(said: Said, options: Options) -> Iterator[Change]:
    for lever in levers_of(options):
        for t, period in enumerate(options.timeline.periods):
            now, before = said.get(lever.key, {}).get(t), lever.values[t]
            if now is not None and _differ(now, before):
                yield Change(lever.key, period.label, lever.unit, before, now)


def _differ(now: float, before: float) -> bool:
    return abs(now - before) > _CLOSE * max(1.0, abs(before))


def _said(book: Opened, path: Path, count: int) -> tuple[Said, list[Problem]]:
    problems: list[Problem] = []
    said: Said = {}
    for row in book.values[_SHEET].iter_rows():
        key = row[SOURCE].value if len(row) > SOURCE else None
        if not key or key == "scenario key":
            continue
        cells = {None: row[CONSTANT]} if row[0].value == RATE else dict(enumerate(row[FIRST : FIRST + count]))  # fmt: skip
        for period, cell in cells.items():
            if _number(cell.value) is None:
                what = f"holds {cell.value!r}, not a number"
                place = f"{path}: {_SHEET}!{cell.coordinate}"
                problems.append(Problem("RUN009", place, str(key), what, "type the figure in the unit of its row"))  # fmt: skip
            else:
                said.setdefault(str(key), {})[period] = float(cell.value)
    return said, problems


def _unstated(book: Opened, path: Path, run: SavedRun) -> list[Problem]:
    """Prices as the accounts state them: they move the workbook's money, and no key carries them back."""
    lines = [line for line in money(run).prices if line.note == AS_ACCOUNTED]
    sheets = book.values.sheetnames
    rows = [row for row in book.values[_WORKINGS].iter_rows() if len(row) > NOTE and row[NOTE].value == AS_ACCOUNTED] if _WORKINGS in sheets else []  # fmt: skip
    if len(rows) != len(lines):
        what = f"its {_WORKINGS} have {len(rows)} of {len(lines)} prices of the accounts"
        return [Problem("RUN008", str(path), "", what, "start again from planner report RUN --format xlsx")]  # fmt: skip
    found = []
    for row, line in zip(rows, lines, strict=True):
        for cell, before in zip(row[FIRST:], line.values, strict=False):
            now = _number(cell.value)
            if now is None or _differ(now, float(before or 0.0)):
                found.append(_no_key(path, line, cell.coordinate))
                break
    return found


def _no_key(path: Path, line: Line, cell: str) -> Problem:
    of = " ".join(name for name in line.names[:3] if name)
    what = f"was changed, and no key of the scenario states the price of {of} by itself"
    hint = "put it back; state what it follows from in a scenario of its own"
    return Problem("RUN023", f"{path}: {_WORKINGS}!{cell}", "", what, hint)


def _number(value: object) -> float | None:
    """A cell's number; None where it holds none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)
