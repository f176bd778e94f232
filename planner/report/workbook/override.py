"""Changed inputs as a scenario that says the same: joined again before it is written, so that it does."""

from __future__ import annotations

import os
from collections.abc import Iterable
from math import isclose
from pathlib import Path
from typing import Any

from planner.errors import InvalidData, Problem, UnknownName
from planner.options.join import join
from planner.options.table import Options
from planner.plan.saved import SavedRun
from planner.plan.store import SCENARIO, CannotWrite, dumped
from planner.report.workbook.amend import Change
from planner.report.workbook.levers import Lever, first_offering, levers_of
from planner.report.workbook.sheets.inputs import RATE_KEY
from planner.scenario.inherit import resolve
from planner.scenario.load import find_scenario, variant
from planner.scenario.quantity import PRICE_UNITS

_EXACT = 1e-9
_TWICE = 2.0
Said = dict[str, tuple[float, ...]]
"""Figures by period under each scenario key."""


def scenario_of(parent: str, run: SavedRun, changed: list[Change]) -> dict[str, Any]:
    """A scenario that extends a file and says what was changed, ready to be run.

    A figure counts from its period on, so every period of a changed key is said. What a contract
    adds to a price, such as a discount for prepaying, is taken off again.

    Raises InvalidData with whatever the scenario then has wrong, or RUN023 where no figure says it.
    """
    levers = {lever.key: lever for lever in levers_of(run.options) if lever.key}
    after = {(change.key, change.period): change.after for change in changed}
    rate = {RATE_KEY: f"{after[RATE_KEY, '']!r} 1/year"} if (RATE_KEY, "") in after else {}
    labels = [period.label for period in run.options.timeline.periods]
    wanted = {
        key: tuple(after.get((key, label), levers[key].values[t]) for t, label in enumerate(labels))
        for key in dict.fromkeys(change.key for change in changed)
        if key != RATE_KEY
    }
    said = _proven(run, wanted, rate) if changed else {}
    data: dict[str, Any] = {"extends": parent, "name": f"{run.plan['scenario']}-from-workbook"}
    for key, value in (rate | _written(run, said)).items():
        _put(data, key.split("."), value)
    return data


def _proven(run: SavedRun, wanted: Said, rate: dict[str, Any]) -> Said:
    """What to say for the wanted figures; joined again, so that a price comes to what was typed.

    A price is a share and a sum of what is said: said once and twice it shows both.
    """
    said = {key: tuple(value / _each(run.options, key) for value in values) for key, values in wanted.items()}  # fmt: skip
    once = _comes_to(run, said, rate)
    if _same(once, wanted):
        return said
    twice = _comes_to(run, {key: tuple(_TWICE * value for value in values) for key, values in said.items()}, rate)  # fmt: skip
    said = {
        key: tuple(
            value if two == one else value * (1 + (want - one) / (two - one))
            for value, want, one, two in zip(said[key], wanted[key], once[key], twice[key], strict=True)
        )
        for key in wanted
    }  # fmt: skip
    if not _same(_comes_to(run, said, rate), wanted):
        what = f"no figure of the scenario comes to what was typed for {', '.join(wanted)}"
        raise InvalidData([Problem("RUN023", "workbook", "", what, "change the contract in the scenario instead")])  # fmt: skip
    return said


def _comes_to(run: SavedRun, said: Said, rate: dict[str, Any]) -> Said:
    """The workbook's inputs in the scenario that says so."""
    options = join(variant(run.loaded, rate | _written(run, said)))
    return {lever.key: lever.values for lever in levers_of(options) if lever.key in said}


def _same(here: Said, there: Said) -> bool:
    return all(
        isclose(a, b, rel_tol=_EXACT)
        for key in there
        for a, b in zip(here[key], there[key], strict=True)
    )


def _written(run: SavedRun, said: Said) -> dict[str, Any]:
    """Dotted keys with their text; a price path is said by period, so it moves no more by itself."""
    levers = {lever.key: lever for lever in levers_of(run.options)}
    labels = [period.label for period in run.options.timeline.periods]
    told: dict[str, Any] = {}
    for key, values in said.items():
        unit, root = _unit(run.options, levers[key]), key.split(".")[0]
        path = {label: f"{value!r} {unit}" for label, value in zip(labels, values, strict=True)}
        told[key] = path if root != "installed" else f"{values[0]!r} {unit}"
        if root == "offers":
            told[f"{key}_change"] = "0 %/year"
    return told


def _unit(options: Options, lever: Lever) -> str:
    """The unit in which a scenario states it."""
    offering = first_offering(options, lever)
    return lever.unit if offering is None else PRICE_UNITS[offering.ownership]


def _each(options: Options, key: str) -> float:
    """What a price in the workbook is of one in the scenario, as a first try: hosted ones are said per chip."""
    lever = next(lever for lever in levers_of(options) if lever.key == key)
    offering = first_offering(options, lever)
    hosted = offering is not None and offering.ownership in ("reserve", "rent")
    return float(options.configurations[offering.configuration].chips) if offering and hosted else 1.0  # fmt: skip


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


def _put(data: dict[str, Any], parts: Iterable[str], value: Any) -> None:
    *path, last = parts
    for part in path:
        data = data.setdefault(part, {})
    data[last] = value
