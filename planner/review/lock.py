"""One tick at a time on this machine; the lock dies with its holder."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import Failure
from planner.review.disk import kept

LOCK = ".review.lock"
_LOOK_AGAIN_S = 0.1


class Overlaps(Failure):
    """Another tick is still at work."""

    exit_code = 2
    code = "REV023"

    def __init__(self, path: Path, wait_s: float) -> None:
        super().__init__(
            f"{self.code}: another review still runs after {wait_s:g} s ({path} is held); nothing "
            "was begun, and what is due will be done by that one or by the next call"
        )


@contextmanager
def alone(out: Path, wait_s: float) -> Iterator[None]:
    """Hold the lock of a folder of run folders, waiting for who has it; raises Overlaps."""
    path = out / LOCK
    with kept(path):
        out.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    with file:
        until = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise Overlaps(path, wait_s) from None
                time.sleep(_LOOK_AGAIN_S)
        yield
