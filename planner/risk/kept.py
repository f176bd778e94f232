"""Chunks kept as they finish, so that an interrupted run goes on where it stopped.

A chunk is found again by the hash of all that decides it. It is written under a temporary name and
renamed; one that cannot be read whole is solved again.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from planner.plan.store import CannotWrite

_DIGEST = 32
"""Bytes of the digest that opens a file."""
_LEVEL = 1
"""Of compression: bases are long and dull."""


class Kept:
    """The chunks of one run, in one folder.

    folder: named after the run's id, which stands for scenario, catalog, code, solver and question.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.evaluations = 0

    def next_evaluation(self) -> int:
        """Number of the evaluation that begins; a run makes the same ones in the same order."""
        self.evaluations += 1
        return self.evaluations

    def get(self, key: str) -> Any | None:
        """The chunk that was kept under the hash of what decides it; None where there is none whole."""
        try:
            found = self._path(key).read_bytes()
        except OSError:
            return None
        digest, content = found[:_DIGEST], found[_DIGEST:]
        if hashlib.sha256(content).digest() != digest:
            return None
        return pickle.loads(zlib.decompress(content))

    def put(self, chunk: Any, key: str) -> None:
        """Keep a chunk. Raises CannotWrite (RUN007)."""
        content = zlib.compress(pickle.dumps(chunk), _LEVEL)
        path = self._path(key)
        temporary = path.with_name(f".{path.name}-{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(hashlib.sha256(content).digest() + content)
            os.replace(temporary, path)
        except OSError as error:
            raise CannotWrite(f"RUN007: cannot write to {self.folder}: {error.strerror}") from error

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.chunk"

    def __len__(self) -> int:
        return len(list(self.folder.glob("*.chunk")))


@contextmanager
def resumable(folder: Path, say: Callable[[str], None]) -> Iterator[Kept]:
    """Chunks kept until the work inside is done; whatever ends it early leaves them."""
    kept = Kept(folder)
    if len(kept):
        say(f"going on from {len(kept)} chunks kept in {folder}")
    try:
        yield kept
    except BaseException:
        if len(kept):
            say(f"{len(kept)} chunks of finished draws are kept in {folder}; the same command goes on from them")  # fmt: skip
        raise
    shutil.rmtree(folder, ignore_errors=True)
