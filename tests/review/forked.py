"""Ticks in processes of their own, forked from one that has everything imported: quick to kill.

Run as a module it reads one order a line (JSON) and answers with the exit codes of its children.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.review.small import Case
from tests.support import ROOT


@dataclass(frozen=True)
class Forks:
    """A running mother process."""

    process: subprocess.Popen[str]

    def tick(
        self, case: Case, today: date, *, ways: int = 1, kill_after_s: float | None = None
    ) -> list[int]:
        """Tick in several processes at once; how each ended, -9 where it was killed."""
        order = {
            "folder": str(case.folder),
            "url": case.url,
            "today": today.isoformat(),
            "ways": ways,
            "kill_after_s": kill_after_s,
        }
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer: list[int] = json.loads(self.process.stdout.readline())
        return answer


@contextmanager
def forks() -> Iterator[Forks]:
    """The mother process, for the length of a block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.review.forked"],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Forks(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=60)
        assert process.stdout is not None
        process.stdout.close()


def _child(order: dict[str, str]) -> None:
    case = Case(Path(order["folder"]), order["url"])
    try:
        case.tick(date.fromisoformat(order["today"]))
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def _carry_out(order: dict[str, object]) -> list[int]:
    children = []
    for _ in range(int(str(order["ways"]))):
        child = os.fork()
        if child == 0:
            _child({key: str(value) for key, value in order.items()})
        children.append(child)
    if order["kill_after_s"] is not None:
        time.sleep(float(str(order["kill_after_s"])))
        for child in children:
            os.kill(child, signal.SIGKILL)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


if __name__ == "__main__":
    import planner.plan.make
    import planner.solver.highs  # noqa: F401  (imported before the first fork)

    for text in sys.stdin:
        sys.stdout.write(json.dumps(_carry_out(json.loads(text))) + "\n")
        sys.stdout.flush()
