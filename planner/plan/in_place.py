"""Folders that appear whole or not at all: filled under a temporary name, then renamed.

The temporary name says which process fills it, so that what a killed one left is swept up.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import tempfile
from pathlib import Path

_HOST = re.sub(r"\W", "_", platform.node())
"""Whose process ids these are, where several machines share a folder."""


def temporary_beside(final: Path) -> Path:
    """A new folder of this process beside where it will stand."""
    prefix = f".{final.name}-{os.getpid()}-{_HOST}-"
    return Path(tempfile.mkdtemp(prefix=prefix, dir=final.parent))


def sweep_up(parent: Path) -> None:
    """Remove what runs that were killed left behind; the name says whose it was."""
    for leftover in parent.glob(f".*-*-{_HOST}-*"):
        process = leftover.name.split("-")[1]
        if process.isdigit() and not alive(int(process)):
            shutil.rmtree(leftover, ignore_errors=True)


def alive(process: int) -> bool:
    """Whether a process of this machine still runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def put_in_place(temporary: Path, final: Path) -> Path:
    """Rename; where the folder exists already, set the old one aside first."""
    for _ in range(10):
        try:
            os.rename(temporary, final)
            return final
        except OSError:
            aside = final.with_name(f".{final.name}-{os.getpid()}-{_HOST}-old")
            try:
                os.rename(final, aside)
            except FileNotFoundError:
                continue  # another run of the same inputs moved it first
            shutil.rmtree(aside, ignore_errors=True)
    raise OSError(0, "another run keeps writing the same folder")
