"""Read changed inputs of one of our workbooks back, as keys of the scenario with their new values."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.errors import InvalidData, Problem, UnknownName
from planner.options.table import Options
from planner.plan.saved import SavedRun
from planner.plan.store import SCENARIO, CannotWrite, dumped
from planner.report.workbook.levers import FAMILIES
from planner.report.workbook.lint import Opened, opened
from planner.report.workbook.place import CONSTANT, FIRST, SOURCE
from planner.report.workbook.sheets.timeline import RATE
from planner.scenario.inherit import resolve
from planner.scenario.load import find_scenario
from planner.scenario.quantity import PRICE_UNITS

_CLOSE = 1e-12
_SHEET, _COVER = "Inputs", "Cover"


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


def changes(path: Path, options: Options) -> list[Change]:
    """Every changed input, in the order of the sheet.

    Raises InvalidData (RUN009) for cells that hold no number, all at once, each with its address.
    """
    book = opened(path)
    said = _said(book, path, len(options.timeline.periods))
    found = []
    rate = said.get("discount_rate", {}).get(None)
    before = options.timeline.discount_rate
    if rate is not None and abs(rate - before) > _CLOSE:
        found.append(Change("discount_rate", "", "1/year", before, rate))
    for family in FAMILIES:
        for lever in family.levers(options):
            for t, period in enumerate(options.timeline.periods):
                now = said.get(lever.key, {}).get(t)
                was = lever.values[t]
                if now is not None and abs(now - was) > _CLOSE * max(1.0, abs(was)):
                    found.append(Change(lever.key, period.label, lever.unit, was, now))
    return found


def _said(book: Opened, path: Path, count: int) -> dict[str, dict[int | None, float]]:
    """Scenario key -> period (None: the constant) -> number on the sheet."""
    problems: list[Problem] = []
    said: dict[str, dict[int | None, float]] = {}
    for row in book.values[_SHEET].iter_rows():
        key = row[SOURCE].value if len(row) > SOURCE else None
        if not key or key == "scenario key":
            continue
        cells = {None: row[CONSTANT]} if row[0].value == RATE else dict(enumerate(row[FIRST : FIRST + count]))  # fmt: skip
        for period, cell in cells.items():
            if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
                what = f"holds {cell.value!r}, not a number"
                place = f"{path}: {_SHEET}!{cell.coordinate}"
                problems.append(Problem("RUN009", place, str(key), what, "type the figure in the unit of its row"))  # fmt: skip
            else:
                said.setdefault(str(key), {})[period] = float(cell.value)
    if problems:
        raise InvalidData(problems)
    return said


def scenario_of(parent: str, name: str, changed: list[Change], options: Options) -> dict[str, Any]:
    """A scenario that extends a file and says what was changed, ready to be run.

    A price counts from its period on, so every period of a changed key is said. Prices of hosted
    offers are said per chip, as scenarios do.
    """
    levers = {lever.key: lever for family in FAMILIES for lever in family.levers(options)}
    data: dict[str, Any] = {"extends": parent, "name": f"{name}-from-workbook"}
    after = {(change.key, change.period): change.after for change in changed}
    for key in dict.fromkeys(change.key for change in changed):
        if key == "discount_rate":
            data[key] = f"{after[key, '']!r} /year"
            continue
        lever = levers[key]
        parts = key.split(".")
        each, unit = 1.0, lever.unit
        if parts[0] == "offers":
            ownership = options.offerings[parts[1]].ownership
            unit = PRICE_UNITS[ownership]
            each = options.of(parts[1]).chips if ownership in ("reserve", "rent") else 1.0
            _put(data, ["offers", parts[1], "price_change"], "0 %/year")
        labels = [period.label for period in options.timeline.periods]
        said = {
            label: f"{after.get((key, label), lever.values[t]) / each!r} {unit}"
            for t, label in enumerate(labels)
        }
        _put(data, parts, said)
    return data


def parent_of(run: SavedRun, target: Path) -> str:
    """What a scenario at ``target`` extends: the run's scenario where it still says the same, else the inputs that the run kept."""
    kept = run.folder / SCENARIO
    try:
        path = find_scenario(run.plan["scenario"])
        same = dumped(resolve(path).data) == kept.read_bytes()
    except (UnknownName, InvalidData):
        same = False
    return os.path.relpath(path if same else kept, target.parent)


def write(data: dict[str, Any], target: Path) -> None:
    """Write a scenario, never over another file; raises CannotWrite (RUN007)."""
    from ruamel.yaml import YAML

    try:
        with target.open("x", encoding="utf-8") as file:
            YAML().dump(data, file)
    except OSError as error:
        raise CannotWrite(f"RUN007: cannot write {target}: {error.strerror}") from error


def _put(data: dict[str, Any], parts: list[str], value: Any) -> None:
    for part in parts[:-1]:
        data = data.setdefault(part, {})
    data[parts[-1]] = value
