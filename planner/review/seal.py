"""Runs that an entry names, tied to the bytes they had when it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from planner.errors import InvalidData, Problem
from planner.plan.store import MANIFEST, read_json
from planner.review.disk import digest_of

RUNS = "runs"
"""The key of a body that holds the seals of the runs an entry speaks of."""


@dataclass(frozen=True)
class Seal:
    """A run folder and the hash of its manifest, which holds the hash of every other file.

    path: relative to the folder of run folders.
    """

    run_id: str
    path: str
    manifest_sha256: str

    def as_data(self) -> dict[str, str]:
        return asdict(self)


def seal(folder: Path, out: Path) -> Seal:
    """The seal of a run as it stands; raises InvalidData where it was edited or is no run."""
    manifest = (folder / MANIFEST).read_bytes()
    path = folder.resolve().relative_to(out.resolve()).as_posix()
    made = Seal(folder.name, path, digest_of(manifest))
    problems = list(problems_of(made, out, str(folder)))
    if problems:
        raise InvalidData(problems)
    return made


def seals_in(body: Mapping[str, Any]) -> list[Seal]:
    """The seals a body holds."""
    return [Seal(**item) for item in body.get(RUNS, [])]


def problems_of(sealed: Seal, out: Path, told_by: str) -> Iterator[Problem]:
    """What no longer holds of a sealed run: gone (REV006) or edited (REV007)."""
    folder = out / sealed.path
    manifest = folder / MANIFEST
    if not manifest.is_file():
        what = f"run {sealed.path} is gone"
        yield Problem("REV006", told_by, RUNS, what, "bring the run folder back from a copy")
        return
    again = "bring it back from a copy, or review again"
    if digest_of(manifest.read_bytes()) != sealed.manifest_sha256:
        yield Problem("REV007", told_by, RUNS, f"{manifest} is not as it was", again)
        return
    for name, digest in read_json(folder, MANIFEST)["files"].items():
        file = folder / name
        if not file.is_file():
            yield Problem("REV006", told_by, RUNS, f"{file} is gone", again)
        elif digest_of(file.read_bytes()) != digest:
            yield Problem("REV007", told_by, RUNS, f"{file} is not as the run wrote it", again)
