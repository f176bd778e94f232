"""Who solves chunks of worlds: this process, several of them, or a cluster.

A crew decides where a chunk is solved and in which order, never what comes out of it.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

Shared = tuple[Any, ...]
"""What every chunk of one evaluation needs: handed over once where that is dear."""
Work = Callable[[Shared, Any], Any]
"""Solves one job with what is shared; importable by name, because it travels."""


class Crew(Protocol):
    """Solves jobs in any order, each exactly once."""

    def each(self, work: Work, shared: Shared, jobs: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """(place in ``jobs``, answer) as answers come."""
        ...

    def close(self) -> None:
        """Let go of what was opened."""
        ...


@dataclass(frozen=True)
class Local:
    """Processes of this machine; one is this process itself."""

    workers: int = 1

    def each(self, work: Work, shared: Shared, jobs: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        if self.workers == 1 or len(jobs) < 2:
            for place, job in enumerate(jobs):
                yield place, work(shared, job)
            return
        from joblib import Parallel, delayed

        with TemporaryDirectory() as folder:
            path = Path(folder) / "shared"
            path.write_bytes(pickle.dumps(shared))
            calls = (delayed(_numbered)(work, path, place, job) for place, job in enumerate(jobs))
            crew = Parallel(self.workers, backend="loky", return_as="generator_unordered")
            yield from crew(calls)

    def close(self) -> None:
        """Nothing is open."""


def _numbered(work: Work, path: Path, place: int, job: Any) -> tuple[int, Any]:
    return place, work(_shared(path), job)


@lru_cache(maxsize=1)
def _shared(path: Path) -> Shared:
    """Read once in each process."""
    shared: Shared = pickle.loads(path.read_bytes())
    return shared
