"""Chunks are kept as they finish: an interrupted run goes on and comes to the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.risk.chunks import CHUNK, Batch, Means, evaluate
from planner.risk.crew import Local, Shared, Work
from planner.risk.kept import Kept, resumable
from tests.risk.problems import newsvendor

PROBLEM = newsvendor(1.0, 3.0, range(10, 10 + 3 * CHUNK))
"""Three chunks of days."""
BOUGHT = np.array([20.0])


class Stopped(BaseException):
    """Ctrl-C, as the command line raises it."""


class Counting(Local):
    """Solves here, counts, and is stopped after some chunks."""

    def __init__(self, most: int = 99) -> None:
        super().__init__()
        object.__setattr__(self, "most", most)
        object.__setattr__(self, "solved", [])

    def each(self, work: Work, shared: Shared, jobs: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        for place, job in enumerate(jobs):
            if len(self.solved) == self.most:
                raise Stopped
            self.solved.append(job.numbers)
            yield place, work(shared, job)


def costs(crew: Local, kept: Kept | None) -> bytes:
    found = evaluate(PROBLEM, BOUGHT, Batch(Means(crew, kept)))
    return np.array([each.cost for each in found]).tobytes()


def test_an_interrupted_run_goes_on_with_the_chunks_that_are_missing(tmp_path: Path) -> None:
    """Stopped after two of three chunks: the next call solves the third alone, to the same bytes."""
    said: list[str] = []
    folder = tmp_path / "parts"
    with pytest.raises(Stopped), resumable(folder, said.append) as kept:
        costs(Counting(2), kept)
    assert "2 chunks of finished draws are kept" in said[-1]
    again = Counting()
    with resumable(folder, said.append) as kept:
        resumed = costs(again, kept)
    assert "going on from 2 chunks" in said[-1]
    assert [numbers.start for numbers in again.solved] == [2 * CHUNK]
    assert resumed == costs(Local(), None)
    assert not folder.exists()


def test_without_an_interruption_every_chunk_is_solved(tmp_path: Path) -> None:
    crew = Counting()
    with resumable(tmp_path / "parts", lambda text: None) as kept:
        costs(crew, kept)
    assert len(crew.solved) == 3


@pytest.mark.parametrize("spoil", [lambda b: b[:-3], lambda b: b[:40] + b"x" + b[41:], lambda b: b""])  # fmt: skip
def test_a_chunk_that_is_not_whole_is_solved_again(tmp_path: Path, spoil: Any) -> None:
    """Cut short, altered or empty, a kept chunk counts as missing."""
    costs(Local(), Kept(tmp_path))
    victim = min(tmp_path.glob("*.chunk"))
    victim.write_bytes(spoil(victim.read_bytes()))
    crew = Counting()
    assert costs(crew, Kept(tmp_path)) == costs(Local(), None)
    assert len(crew.solved) == 1


def test_another_decision_finds_no_chunk_of_the_first(tmp_path: Path) -> None:
    """What decides a chunk is in its name: 20 papers and 21 share none."""
    costs(Local(), Kept(tmp_path))
    crew = Counting()
    evaluate(PROBLEM, np.array([21.0]), Batch(Means(crew, Kept(tmp_path))))
    assert len(crew.solved) == 3


def test_progress_is_told_from_the_first_world_to_the_last(tmp_path: Path) -> None:
    heard: list[tuple[int, int, int]] = []
    evaluate(PROBLEM, BOUGHT, Batch(Means(tell=lambda *told: heard.append(told))))
    assert heard == [(CHUNK * k, 3 * CHUNK, 0) for k in range(4)]
