"""A system that serves more, or less, than planned: what changes in the program and in its draws.

A faster system never makes a world dearer, so a cut found at one speed holds at every slower one.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace

import numpy as np
from scipy import sparse

from planner.risk.drawn import Drawn
from planner.risk.frontier import Frontier
from planner.risk.master import Cuts
from planner.risk.places import entries
from planner.risk.twins import RESPUN
from planner.solver.arrays import Arrays


def sped(frontier: Frontier, system: str, factor: float, cuts: Cuts) -> Frontier:
    """The same draws with all that a system serves times a factor, on any offer of it.

    cuts: found at this speed or at a faster one; the search extends them in place.
    """
    other = copy(frontier)
    base = _served(frontier, system, factor)
    other.worlds = replace(_draws(frontier, system, factor), base=base)
    other.problem = replace(frontier.problem, base=base, worlds=other.worlds)
    other.cuts = cuts
    other.known = {}
    return other


def _made(frontier: Frontier, system: str) -> set[str]:
    """Configurations of a system; respun silicon is another."""
    configurations = frontier.setting.options.configurations
    return {n for n, c in configurations.items() if c.system == system and RESPUN not in n}


def _served(frontier: Frontier, system: str, factor: float) -> Arrays:
    """The arrays with what its running systems put into the throughput rows times the factor."""
    compiled, base = frontier.setting.base, frontier.problem.base
    made = _made(frontier, system)
    found = [
        (row, at, (factor - 1) * value)
        for row, at, value, column in entries(compiled, "throughput")
        if column.kind in ("fleet", "rent") and compiled.labels[row][1][0] in made
    ]
    rows, columns, change = (np.array(part) for part in zip(*found, strict=True))
    more = sparse.csr_matrix((change, (rows, columns)), shape=(base.rows, base.columns))
    matrix = sparse.csr_matrix(base.matrix + more)
    return replace(
        base,
        start=matrix.indptr.astype(np.int32),
        index=matrix.indices.astype(np.int32),
        value=matrix.data,
    )


def _draws(frontier: Frontier, system: str, factor: float) -> Drawn:
    """The draws, whose shortfalls are shares of the new speed."""
    worlds, made = frontier.worlds, _made(frontier, system)
    places = worlds.places
    ours = np.array([name in made for name, _ in places.spreads], dtype=bool)
    if not len(places.running_value):
        return worlds
    faster = np.where(ours[places.running_configuration], factor, 1.0)
    return replace(worlds, places=replace(places, running_value=places.running_value * faster))
