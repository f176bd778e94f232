"""Risk runs on disk: what was asked, what was drawn and what came of it, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.catalog.snapshot import from_data, to_data
from planner.documents import Document
from planner.errors import UnknownName
from planner.plan.store import CannotWrite, as_csv, code_digest, dumped
from planner.scenario.load import Loaded, checked
from planner.solver.highs import solver_version

RISK = "risk.json"
"""Manifest and summary of a risk run; plans have another name, so neither is taken for the other."""
_FOLDER = "risk"
_ID_LENGTH = 12


@dataclass(frozen=True)
class Asked:
    """Everything that decides a risk run besides its scenario and catalog.

    replications: fresh samples on which a hedge's gap is measured; 0 where none is asked for.
    """

    mode: str
    draws: int
    seed: int
    omega: float
    alpha: float
    window_years: float
    replications: int = 0


def _inputs(loaded: Loaded, asked: Asked) -> dict[str, Any]:
    return {
        "scenario": loaded.document.data,
        "catalog": to_data(loaded.catalog),
        "asked": vars(asked),
        "code": code_digest(),
        "solver": solver_version(),
    }


def parts_of(loaded: Loaded, asked: Asked, out: Path) -> Path:
    """The folder beside the run's own in which chunks of draws are kept until it is whole."""
    name = hashlib.sha256(dumped(_inputs(loaded, asked))).hexdigest()[:_ID_LENGTH]
    return out / loaded.scenario.name / _FOLDER / f".{name}.parts"


def save(
    loaded: Loaded, asked: Asked, summary: dict[str, Any], tables: dict[str, list[dict[str, Any]]], out: Path
) -> Path:  # fmt: skip
    """Write ``out/<scenario>/risk/<id>/`` under a temporary name, then rename it.

    The id hashes everything that decides the answer; the same answer is the same bytes. Raises
    CannotWrite (RUN007).
    """
    inputs = _inputs(loaded, asked)
    name = hashlib.sha256(dumped(inputs)).hexdigest()[:_ID_LENGTH]
    parent = out / loaded.scenario.name / _FOLDER
    files = {f"{title}.csv": as_csv(rows) for title, rows in tables.items()}
    hashes = {file: hashlib.sha256(content).hexdigest() for file, content in sorted(files.items())}
    files[RISK] = dumped({"format_version": 1, "risk_id": name, "code": inputs["code"], "solver": inputs["solver"], **vars(asked), "summary": summary, "files": hashes})  # fmt: skip
    files["inputs.json"] = dumped({"scenario": inputs["scenario"], "catalog": inputs["catalog"]})
    try:
        parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{name}-{os.getpid()}-", dir=parent))
        for file, content in files.items():
            (temporary / file).write_bytes(content)
        temporary.chmod(0o755)
        shutil.rmtree(parent / name, ignore_errors=True)
        os.rename(temporary, parent / name)
    except OSError as error:
        raise CannotWrite(f"RUN007: cannot write to {parent}: {error.strerror}") from error
    return parent / name


def find(name: str, out: Path) -> Path:
    """A risk run by folder, id prefix or ``latest``; RUN002 when there is none or several."""
    if (Path(name) / RISK).is_file():
        return Path(name)
    known = sorted(
        (path.parent for path in out.glob(f"*/{_FOLDER}/*/{RISK}")),
        key=lambda folder: (folder.stat().st_mtime_ns, folder.name),
    )
    if name == "latest" and known:
        return known[-1]
    matching = [folder for folder in known if folder.name.startswith(name)]
    if len(matching) != 1:
        raise UnknownName("risk run", name, [folder.name for folder in matching or known], code="RUN002")  # fmt: skip
    return matching[0]


def asked_of(folder: Path) -> tuple[Loaded, Asked]:
    """The scenario a risk run carries and what was asked of it."""
    inputs = json.loads((folder / "inputs.json").read_bytes())
    told = json.loads((folder / RISK).read_bytes())
    document = Document(str(folder / "inputs.json"), inputs["scenario"])
    loaded = Loaded(checked(document), from_data(inputs["catalog"]), document)
    return loaded, Asked(**{name: told[name] for name in Asked.__dataclass_fields__})
