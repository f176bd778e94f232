"""A saved run, read back: its inputs joined again, its columns in place, its ledger made anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.finance.ledger import Entry, ledger
from planner.options.join import join
from planner.options.table import Options
from planner.plan.inputs import load_inputs
from planner.plan.solved import Answer
from planner.plan.store import MANIFEST, PLAN, read_json
from planner.plan.version import readable
from planner.program.build import Program, build
from planner.scenario.load import Loaded
from planner.solver.arrays import Floats

_LABELS = ("period", "in_service", "cohort")
"""Columns that hold labels of periods, which may look like numbers."""


@dataclass(frozen=True)
class SavedRun:
    """A run as its folder holds it.

    plan: the contents of ``plan.json``. x: value of every column. unknown: names of saved columns
    that the program does not have, none unless the folder was edited.
    """

    folder: Path
    manifest: dict[str, Any]
    plan: dict[str, Any]
    loaded: Loaded
    program: Program
    x: Floats
    entries: list[Entry] = field(repr=False)
    unknown: tuple[str, ...] = ()

    @property
    def options(self) -> Options:
        return self.program.space.options

    @property
    def answer(self) -> Answer:
        return Answer(self.program, self.x)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """A saved table as plain values; missing is None."""
        return read_rows(self.folder, table)


def load_run(folder: Path) -> SavedRun:
    """Read a run folder.

    Raises InvalidData where it is incomplete (RUN001), newer than we know (RUN003) or such as only
    another version can read (RUN011).
    """
    with readable(folder):
        return _loaded(folder)


def _loaded(folder: Path) -> SavedRun:
    loaded = load_inputs(folder)
    program = build(join(loaded))
    x, unknown = _columns(folder, program)
    return SavedRun(
        folder=folder,
        manifest=read_json(folder, MANIFEST),
        plan=read_json(folder, PLAN),
        loaded=loaded,
        program=program,
        x=x,
        entries=ledger(program, x),
        unknown=tuple(unknown),
    )


def read_rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """A saved table as plain values, in order; an empty cell is None."""
    path = folder / f"tables/{table}.csv"
    if not path.read_text(encoding="utf-8").strip():
        return []
    frame = pd.read_csv(
        path, keep_default_na=False, na_values=[""], dtype=dict.fromkeys(_LABELS, str)
    )
    return [
        {str(key): None if pd.isna(value) else value for key, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _columns(folder: Path, program: Program) -> tuple[Floats, list[str]]:
    frame = pd.read_csv(folder / "tables/columns.csv")
    position = {column.name: j for j, column in enumerate(program.space.columns)}
    x = np.zeros(len(position))
    unknown = []
    for name, value in zip(frame["name"], frame["value"], strict=True):
        if name in position:
            x[position[name]] = value
        else:
            unknown.append(str(name))
    return x, unknown
