"""Whose program made a run: what another version wrote need not recompute, nor even load, in this one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from planner.errors import InvalidData, Problem
from planner.plan.store import MANIFEST, code_digest, read_json

_OF_THE_FOLDER = ("RUN001", "RUN003")
"""Refusals that name the folder itself, whoever made it."""


def changed_files(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """Files of a run that are missing or are not as it wrote them."""
    return [
        name
        for name, digest in manifest["files"].items()
        if not (folder / name).is_file()
        or hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]


def made_elsewhere(folder: Path) -> str:
    """That another version made a run which nobody touched since; empty where this one did, or somebody has."""
    manifest = read_json(folder, MANIFEST)
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        return ""
    made, ours = manifest.get("code"), code_digest()
    if made in (None, ours) or changed_files(folder, manifest):
        return ""
    return f"version {made} of the planner made it, and this is {ours}"


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """Reading a run inside: what fails because another version made it says so.

    Raises InvalidData: RUN011, and RUN001 for what no version writes.
    """
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, OSError, InvalidData) as error:
        if isinstance(error, InvalidData) and error.code in _OF_THE_FOLDER:
            raise
        elsewhere = made_elsewhere(folder)
        if elsewhere:
            stumbles = error.problems[0].what if isinstance(error, InvalidData) else str(error)
            what = f"{elsewhere}, which cannot read it: {stumbles}"
            hint = "make the run again with this version, or read it with the one that made it"
            raise InvalidData([Problem("RUN011", str(folder), "", what, hint)]) from error
        if isinstance(error, InvalidData):
            raise
        what = f"holds something no run writes: {error}"
        problem = Problem("RUN001", str(folder), "", what, "make the run again")
        raise InvalidData([problem]) from error
