"""Files that come into being whole, once, and are never written again."""

from __future__ import annotations

import hashlib
import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import Failure
from planner.plan.in_place import alive

_HOST = re.sub(r"\W", "_", platform.node())
"""Whose process ids these are, where several machines share a folder."""
_READ_ONLY = 0o444


class CannotKeep(Failure):
    """The folder of reviews refuses a file; nothing that stood there before is touched."""

    exit_code = 2
    code = "REV005"

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"{self.code}: cannot write {path}: {error.strerror}")


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def kept(path: Path) -> Iterator[None]:
    """Turn a refusal of the disk into CannotKeep."""
    try:
        yield
    except OSError as error:
        raise CannotKeep(path, error) from error


def write_new(path: Path, content: bytes) -> bool:
    """Make ``path`` with this content, whole and on the disk; False where the name is taken.

    The content goes to a temporary name first and is linked into place: a link fails where the
    name exists, so of two writers one wins and a kill leaves nothing half written. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}-{os.getpid()}-{_HOST}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_READ_ONLY)
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
        _sync(path.parent)
        return True
    finally:
        temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove temporary files of processes of this machine that are no more."""
    for leftover in folder.glob(f".*-*-{_HOST}"):
        process = leftover.name.removesuffix(f"-{_HOST}").rpartition("-")[2]
        if process.isdigit() and not alive(int(process)):
            leftover.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Put a folder's new names on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
