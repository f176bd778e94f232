"""Named worlds of a scenario as a two-stage program: each is stated like any plan and compared.

The honest way for a handful of worlds: nothing is assumed of what a change does to the program
but that its columns and rows stay.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from planner.documents import Document
from planner.errors import InvalidData, Problem
from planner.options.join import join
from planner.risk.compiled import Compiled, compiled
from planner.risk.stage import Bounds, Costs, TwoStage, World
from planner.risk.window import decided_now
from planner.scenario.load import Loaded, in_world
from planner.solver.arrays import Floats


def named_worlds(loaded: Loaded) -> tuple[Compiled, TwoStage]:
    """The base program of a scenario and its decision before its named worlds.

    Raises InvalidData: RSK003 where a world changes the program's shape, and every problem a
    world's changes make.
    """
    risk = loaded.scenario.risk
    assert risk is not None
    base = compiled(join(loaded))
    first = decided_now(base.program.space, risk.window)
    worlds, problems = [], []
    for name, told in risk.worlds.items():
        other = compiled(join(in_world(loaded, name)))
        why = _why_not_comparable(base, other)
        if why:
            problems.append(_problem(loaded.document, name, why))
        else:
            worlds.append(compared(name, told.probability, base, other))
    if problems:
        raise InvalidData(problems)
    return base, TwoStage(base.arrays, first, worlds)


def _problem(document: Document, name: str, why: str) -> Problem:
    hint = "change demand, supply, power, prices and limits; another offer or lead time is another scenario"
    return document.problem("RSK003", ("risk", "worlds", name, "set"), why, hint)


def _why_not_comparable(base: Compiled, other: Compiled) -> str:
    columns = [column.name for column in base.program.space.columns]
    if columns != [column.name for column in other.program.space.columns]:
        return "this world has other variables than the scenario"
    if base.labels != other.labels:
        return "this world has other limits than the scenario"
    return ""


def compared(name: str, probability: float, base: Compiled, other: Compiled) -> World:
    """A world as what differs between two programs of one shape."""
    a, b = base.arrays, other.arrays
    paid = np.flatnonzero(a.cost != b.cost).astype(np.int32)
    technology = sparse.csr_matrix(b.matrix - a.matrix)
    technology.eliminate_zeros()
    return World(
        name=name,
        probability=probability,
        rows=_differing(a.row_lower, a.row_upper, b.row_lower, b.row_upper),
        columns=_differing(a.lower, a.upper, b.lower, b.upper),
        cost=Costs(paid, b.cost[paid]) if len(paid) else None,
        technology=technology if technology.nnz else None,
    )


def _differing(lower: Floats, upper: Floats, low: Floats, high: Floats) -> Bounds | None:
    at = np.flatnonzero((lower != low) | (upper != high)).astype(np.int32)
    return Bounds(at, low[at], high[at]) if len(at) else None
