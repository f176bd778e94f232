"""Many worlds at one decision: fixed chunks, each a pure function, on any number of workers.

A chunk begins with a session of its own and every world in it from a stored basis, never from
another world's answer, so the results do not depend on how many workers share the chunks. A
random share of the worlds is solved again cold, and a mismatch ends the command.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.errors import CheckFailed
from planner.risk.crew import Crew, Local, Shared
from planner.risk.kept import Kept
from planner.risk.recourse import Recourse
from planner.risk.stage import TwoStage
from planner.solver.arrays import Floats
from planner.solver.basis import Basis

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
    """What one world costs, its cut where asked for, and what the reader took from its plan."""

    cost: float
    slope: Floats | None = None
    basis: Basis | None = None
    read: Any = None


HERE = Local()
"""This process."""
Tell = Callable[[int, int, int], None]
"""Told how many worlds of an evaluation are done, of how many, and how many of them were kept."""


@dataclass(frozen=True)
class Means:
    """How worlds are solved; nothing here changes an answer.

    crew: who solves. kept: where finished chunks are kept. tell: hears how far it is.
    """

    crew: Crew = HERE
    kept: Kept | None = None
    tell: Tell = lambda done, count, kept: None


ALONE = Means()
"""In this process, nothing kept, nobody told."""


@dataclass(frozen=True)
class Batch:
    """How to evaluate many worlds.

    start: the basis every world begins from. starts: a basis for each world, in place of it.
    rechecked: which worlds to solve again cold. cut: hand slopes and bases back.
    """

    means: Means = ALONE
    start: Basis | None = None
    starts: Sequence[Basis | None] | None = None
    rechecked: frozenset[int] = frozenset()
    reader: Reader | None = None
    cut: bool = False


@dataclass(frozen=True)
class Job:
    """One chunk: the numbers of its worlds, the decision, and where each begins."""

    numbers: range
    decided: Floats
    start: Basis | None
    starts: tuple[Basis | None, ...] | None
    rechecked: tuple[int, ...]
    cut: bool

    def key(self, evaluation: int) -> str:
        """Hash of all that decides the chunk in one run; ``evaluation`` stands for the problem."""
        told = (evaluation, self.numbers, self.rechecked, self.cut)
        digest = hashlib.sha256(repr(told).encode() + self.decided.tobytes())
        for basis in (self.start, *(self.starts or ())):
            digest.update(b"none" if basis is None else basis.columns.tobytes() + basis.rows.tobytes())  # fmt: skip
        return digest.hexdigest()


def evaluate(problem: TwoStage, decided: Floats, batch: Batch = Batch()) -> list[Found]:
    """Every world's outcome at a decision, in order of the worlds.

    Raises NoRecourse (RSK004), HotStartMismatch (RSK006, exit 6), NoCluster (RSK018).
    """
    count, means = len(problem.worlds), batch.means
    jobs = [_job(range(at, min(at + CHUNK, count)), decided, batch) for at in range(0, count, CHUNK)]  # fmt: skip
    evaluation = means.kept.next_evaluation() if means.kept is not None else 0
    parts: dict[int, list[Found]] = {}
    for place, job in enumerate(jobs):
        known = means.kept.get(job.key(evaluation)) if means.kept is not None else None
        if known is not None:
            parts[place] = known
    left = [place for place in range(len(jobs)) if place not in parts]
    known_worlds = sum(len(part) for part in parts.values())
    done = known_worlds
    shared = (problem, batch.reader)
    means.tell(done, count, known_worlds)
    for place, found in means.crew.each(solve_chunk, shared, [jobs[k] for k in left]):
        parts[left[place]] = found
        if means.kept is not None:
            means.kept.put(found, jobs[left[place]].key(evaluation))
        done += len(found)
        means.tell(done, count, known_worlds)
    return [found for place in range(len(jobs)) for found in parts[place]]


def _job(numbers: range, decided: Floats, batch: Batch) -> Job:
    starts = None if batch.starts is None else tuple(batch.starts[number] for number in numbers)
    rechecked = tuple(sorted(batch.rechecked & set(numbers)))
    return Job(numbers, decided, batch.start, starts, rechecked, batch.cut)


def solve_chunk(shared: Shared, job: Job) -> list[Found]:
    """The worlds of a chunk, one after the other in a session of its own."""
    problem, reader = shared
    recourse = Recourse(problem, job.start)
    found = []
    for place, number in enumerate(job.numbers):
        world = problem.worlds[number]
        start = job.starts[place] if job.starts else None
        outcome = recourse.solve(world, job.decided, start, job.cut)
        read = reader(number, outcome.x) if reader is not None else None
        if number in job.rechecked:
            _same(world.name, outcome.cost, recourse.cold(world, job.decided))
        found.append(Found(outcome.cost, outcome.slope, outcome.basis, read))
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
