"""A program with its arrays and the names of its rows, ready to be told of other worlds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planner.options.table import Options
from planner.plan.solved import no_cycle_search
from planner.program.build import Program, build
from planner.program.state import state
from planner.solver.arrays import Arrays, compile_arrays

Label = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Compiled:
    """A stated program: columns in ``program.space``, rows in ``labels``, both as ``arrays``."""

    program: Program
    arrays: Arrays
    labels: list[Label]

    @property
    def options(self) -> Options:
        return self.program.space.options


def compiled(options: Options) -> Compiled:
    """State in PuLP and compile, the way every plan goes."""
    with no_cycle_search():
        program = build(options)
        statement = state(program)
        return Compiled(program, compile_arrays(statement), statement.labels)
