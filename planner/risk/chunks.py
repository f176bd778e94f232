"""Many worlds at one decision: fixed chunks, each a pure function, on any number of workers.

A chunk begins with a session of its own and every world in it from a stored basis, never from
another world's answer, so the results do not depend on how many workers share the chunks. A
random share of the worlds is solved again cold, and a mismatch ends the command.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from planner.errors import CheckFailed
from planner.risk.recourse import Outcome, Recourse
from planner.risk.stage import TwoStage
from planner.solver.arrays import Floats
from planner.solver.highs import Basis

CHUNK = 16
"""Worlds in a chunk; part of the answer's definition, so no option."""
RECHECKED = 0.02
"""Share of worlds solved again cold."""
MISMATCH = 1e-7
"""Largest relative difference between a hot and a cold answer."""

Reader = Callable[[int, Floats], Any]
"""What to take from the plan of one world, by its number; large plans stay where they were made."""


class HotStartMismatch(CheckFailed):
    """A world solved from a stored basis and solved cold differ."""

    code = "RSK006"


@dataclass(frozen=True)
class Found:
    """One world's outcome, and what the reader took from its plan."""

    outcome: Outcome
    read: Any = None


@dataclass(frozen=True)
class Batch:
    """How to evaluate many worlds.

    workers: local processes. start: the basis every world begins from. starts: a basis for each
    world, in place of it. rechecked: which worlds to solve again cold. keep: hand the bases back.
    """

    workers: int = 1
    start: Basis | None = None
    starts: Sequence[Basis | None] | None = None
    rechecked: frozenset[int] = frozenset()
    reader: Reader | None = None
    keep: bool = False


def evaluate(problem: TwoStage, decided: Floats, batch: Batch = Batch()) -> list[Found]:
    """Every world's outcome at a decision, in order of the worlds.

    Raises NoRecourse (RSK004), HotStartMismatch (RSK006, exit 6).
    """
    ranges = [range(at, min(at + CHUNK, len(problem.worlds))) for at in range(0, len(problem.worlds), CHUNK)]  # fmt: skip
    if batch.workers == 1:
        parts = [_chunk(problem, decided, batch, numbers) for numbers in ranges]
    else:
        from joblib import Parallel, delayed

        jobs = (delayed(_chunk)(problem, decided, batch, numbers) for numbers in ranges)
        parts = Parallel(n_jobs=batch.workers, backend="loky")(jobs)
    return [found for part in parts for found in part]


def _chunk(problem: TwoStage, decided: Floats, batch: Batch, numbers: range) -> list[Found]:
    recourse = Recourse(problem, batch.start)
    found = []
    for number in numbers:
        world = problem.worlds[number]
        start = batch.starts[number] if batch.starts else None
        want = batch.reader is not None or batch.keep
        outcome = recourse.solve(world, decided, start, keep=want)
        read = None
        if batch.reader is not None:
            assert outcome.x is not None
            read = batch.reader(number, outcome.x)
        if number in batch.rechecked:
            _same(world.name, outcome.cost, Recourse(problem).solve(world, decided).cost)
        kept = outcome.basis if batch.keep else None
        found.append(Found(replace(outcome, x=None, basis=kept), read))
    return found


def _same(name: str, hot: float, cold: float) -> None:
    if abs(hot - cold) > MISMATCH * max(1.0, abs(cold)):
        raise HotStartMismatch(
            f"RSK006: world '{name}' costs {hot:.9g} MUSD from a stored basis and {cold:.9g} solved cold"
        )


def to_recheck(count: int, seed: int, share: float = RECHECKED) -> frozenset[int]:
    """A random share of worlds, at least one, the same for the same seed.

    >>> len(to_recheck(1024, seed=7)), to_recheck(64, seed=7) == to_recheck(64, seed=7)
    (21, True)
    """
    picked = np.random.default_rng(seed).choice(count, max(1, int(count * share + 0.999)), False)
    return frozenset(int(number) for number in picked)
