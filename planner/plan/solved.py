"""Solve one Options value: state, compile, run, and fail in words where there is no plan."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.errors import Failure, NoProof
from planner.options.table import Options
from planner.plan.shortage import Label, shortage
from planner.plan.soundness import refuse_absurd
from planner.program.build import Program, build
from planner.program.state import state
from planner.solver.arrays import Arrays, Floats, compile_arrays
from planner.solver.highs import (
    INFEASIBLE,
    OPTIMAL,
    TIME_LIMIT,
    UNBOUNDED,
    Session,
    Solution,
)

_NODES = 500
_ROUNDING_GAP = 1e-3
_NEARLY = 1e-6
"""A value this near to a whole number counts as it."""
INTERIOR_FROM = 100_000
"""Columns from which interior point is the better way."""


class Unbounded(Failure):
    """The program could earn without limit: a price or a rate in the input is absurd."""

    exit_code = 4
    code = "PRG002"


@dataclass(frozen=True)
class Settings:
    """How to solve.

    time_limit_s: for whole-unit searches. gap: relative gap at which such a search may stop.
    targets: which offers are priced for negotiation: lost, all or none.
    """

    time_limit_s: float = 300.0
    gap: float = 0.01
    targets: str = "lost"


@dataclass(frozen=True)
class Answer:
    """A program and a value for every column: all that the tables and the headline need."""

    program: Program
    x: Floats

    @property
    def options(self) -> Options:
        return self.program.space.options


@dataclass(frozen=True)
class Solved:
    """A program with its proven solution; prices are those of the linear program."""

    program: Program
    arrays: Arrays
    labels: list[Label]
    solution: Solution
    seconds: dict[str, float] = field(compare=False)

    @property
    def x(self) -> Floats:
        return self.solution.x

    @property
    def answer(self) -> Answer:
        return Answer(self.program, self.x)

    @property
    def options(self) -> Options:
        return self.program.space.options


def solve(options: Options, settings: Settings = Settings()) -> Solved:
    """State and solve.

    Raises InvalidData (exit 3) for absurd input, InfeasibleScenario (exit 4) naming what is short, Unbounded (exit 4), NoProof (exit 5).
    """
    seconds: dict[str, float] = {}
    clock = perf_counter()

    def lap(name: str) -> None:
        nonlocal clock
        seconds[name] = perf_counter() - clock
        clock = perf_counter()

    with no_cycle_search():
        program = build(options)
        statement = state(program)
        labels = statement.labels
        lap("state")
        arrays = compile_arrays(statement)
        del statement
        refuse_absurd(program, arrays)
        lap("compile")
    whole = bool(arrays.integer.any())
    solution = _whole(arrays, settings) if whole else Session(arrays, **way(arrays)).solve()
    lap("solve")
    if solution.status == INFEASIBLE:
        raise shortage(program, arrays, labels, as_stated=True)
    if solution.status == UNBOUNDED:
        raise Unbounded("PRG002: the plan could earn without limit; look for a negative price or a resale above the price paid")  # fmt: skip
    return Solved(program, arrays, labels, solution, seconds)


def way(arrays: Arrays) -> dict[str, Any]:
    """HiGHS's settings by shape: simplex for small programs, interior point to a vertex for large.

    23,000 columns took simplex 0.4 s; 314,000 took interior point and crossover 98 s, and simplex
    had not ended after 400 (docs/quality/large-program.md).
    """
    return {"solver": "ipm"} if arrays.columns > INTERIOR_FROM else {}


@contextmanager
def no_cycle_search() -> Iterator[None]:
    """Keep Python from searching millions of small values for cycles that are not there."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def near_whole(arrays: Arrays, x: Floats, whole: NDArray[np.bool_]) -> Solution | None:
    """A whole-unit point near the relaxed one: every whole column rounded up or down, cheaply.

    x: the relaxed point. whole: which columns to round. None where no such point is found in a
    short search; its length is a count of nodes, so that the answer is the same on
    every machine.
    """
    lower, upper = arrays.lower.copy(), arrays.upper.copy()
    lower[whole] = np.maximum(lower[whole], np.floor(x[whole] + _NEARLY))
    upper[whole] = np.minimum(upper[whole], np.ceil(x[whole] - _NEARLY))
    near = replace(arrays, lower=lower, upper=upper, integer=arrays.integer | whole)
    try:
        found = Session(near, mip_max_nodes=_NODES, mip_rel_gap=_ROUNDING_GAP).solve()
    except NoProof:
        return None
    return None if found.status == INFEASIBLE else found


def _whole(arrays: Arrays, settings: Settings) -> Solution:
    """Branch and bound, then the linear program at the integers found, whose prices are real."""
    session = Session(arrays, time_limit=settings.time_limit_s, mip_rel_gap=settings.gap)
    relaxed = Session(replace(arrays, integer=np.zeros_like(arrays.integer)), **way(arrays)).solve()
    if relaxed.status == OPTIMAL:
        rounded = near_whole(arrays, relaxed.x, arrays.integer)
        if rounded is not None:
            session.start_from(rounded.x)
    found = session.solve()
    if found.status not in (OPTIMAL, TIME_LIMIT):
        return found
    lower, upper = arrays.lower.copy(), arrays.upper.copy()
    whole = np.round(found.x[arrays.integer])
    lower[arrays.integer] = upper[arrays.integer] = whole
    fixed = replace(arrays, lower=lower, upper=upper, integer=np.zeros_like(arrays.integer))
    priced = Session(fixed, **way(fixed)).solve()
    if priced.status != OPTIMAL:
        return found
    gap = abs(priced.objective - found.bound) / max(abs(priced.objective), 1e-9)
    seconds = found.seconds + priced.seconds
    return replace(priced, status=found.status, bound=found.bound, gap=gap, seconds=seconds)
