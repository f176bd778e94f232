"""Run folders: written whole or not at all, found by path, id prefix or ``latest``."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

import planner
from planner.catalog.snapshot import to_data
from planner.errors import Failure, InvalidData, Problem, UnknownName
from planner.finance.ledger import ZERO
from planner.plan.in_place import put_in_place, sweep_up, temporary_beside
from planner.plan.make import FORMAT_VERSION, Plan
from planner.plan.plain import plain
from planner.plan.solved import Settings
from planner.scenario.load import Loaded
from planner.solver.highs import solver_version

MANIFEST, PLAN, TIMINGS = "manifest.json", "plan.json", "timings.json"
SCENARIO, CATALOG = "inputs/scenario.json", "inputs/catalog.json"
_ID_LENGTH = 12


class CannotWrite(Failure):
    """The output folder refuses the run."""

    exit_code = 2
    code = "RUN007"


def dumped(data: Any) -> bytes:
    """JSON bytes that depend on the data alone; NaN raises."""
    text = json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False, default=plain)
    return (text + "\n").encode()


def run_inputs(loaded: Loaded, settings: Settings) -> dict[str, Any]:
    """Everything that decides the answer."""
    return {
        "scenario": loaded.document.data,
        "catalog": to_data(loaded.catalog),
        "code": code_digest(),
        "solver": solver_version(),
        "settings": asdict(settings),
    }


def run_id(inputs: dict[str, Any]) -> str:
    """Hash of resolved inputs, catalog, code, solver and settings."""
    return hashlib.sha256(dumped(inputs)).hexdigest()[:_ID_LENGTH]


def code_digest() -> str:
    """Version and hash of the package's own source."""
    digest = hashlib.sha256()
    root = Path(planner.__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{planner.__version__}+{digest.hexdigest()[:_ID_LENGTH]}"


def prepare(out: Path) -> None:
    """Make sure runs can be written under ``out`` before any work is done; raises CannotWrite."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise CannotWrite(f"RUN007: cannot write to {out}: {error.strerror}") from error


def save(plan: Plan, inputs: dict[str, Any], out: Path) -> Path:
    """Write the run under ``out/<scenario>/<run id>/``: to a temporary name, then renamed.

    A run that is already there has the same inputs; it is replaced whole. Raises CannotWrite.
    """
    name = run_id(inputs)
    parent = out / plan.scenario
    try:
        parent.mkdir(parents=True, exist_ok=True)
        sweep_up(parent)
        temporary = temporary_beside(parent / name)
    except OSError as error:
        raise CannotWrite(f"RUN007: cannot write to {parent}: {error.strerror}") from error
    try:
        _fill(temporary, plan, inputs, name)
        temporary.chmod(0o755)
        return put_in_place(temporary, parent / name)
    except OSError as error:
        raise CannotWrite(f"RUN007: cannot write to {parent}: {error.strerror}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _fill(folder: Path, plan: Plan, inputs: dict[str, Any], name: str) -> None:
    files: dict[str, bytes] = {
        PLAN: dumped(plan.as_data()),
        SCENARIO: dumped(inputs["scenario"]),
        CATALOG: dumped(inputs["catalog"]),
    }
    written = {
        **plan.tables,
        **{f"bau_{title}": rows for title, rows in plan.bau_tables.items()},
        "options": [asdict(verdict) for verdict in plan.verdicts],
        "scarcity": [asdict(scarcity) for scarcity in plan.scarcities],
        "columns": columns_table(plan),
        "rows": rows_table(plan),
    }
    for title, rows in written.items():
        files[f"tables/{title}.csv"] = as_csv(rows)
    for relative, content in files.items():
        path = folder / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    manifest = {
        "format_version": FORMAT_VERSION,
        "run_id": name,
        "scenario": plan.scenario,
        "code": inputs["code"],
        "solver": inputs["solver"],
        "settings": inputs["settings"],
        "files": {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())},
    }  # fmt: skip
    (folder / TIMINGS).write_bytes(dumped({"seconds": plan.seconds}))
    (folder / MANIFEST).write_bytes(dumped(manifest))


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    """A table as CSV bytes that depend on its rows alone."""
    return pd.DataFrame(rows).to_csv(index=False, lineterminator="\n").encode()


def columns_table(plan: Plan) -> list[dict[str, Any]]:
    """Every column that is used, by name."""
    columns = plan.solved.program.space.columns
    return [
        {"name": column.name, "value": float(value)}
        for column, value in zip(columns, plan.solved.x, strict=True)
        if abs(value) > ZERO * ZERO
    ]


def rows_table(plan: Plan) -> list[dict[str, Any]]:
    """Every row with its limits, activity and price (MUSD per row unit)."""
    arrays, solution = plan.solved.arrays, plan.solved.solution
    return [
        {
            "family": family,
            "index": " ".join(map(str, key)),
            "lower": float(arrays.row_lower[j]),
            "activity": float(solution.activity[j]),
            "upper": float(arrays.row_upper[j]),
            "dual": float(solution.dual[j]),
        }
        for j, (family, key) in enumerate(plan.solved.labels)
    ]


def runs(out: Path) -> Iterator[Path]:
    """Complete run folders, the newest last."""
    found = [path.parent for path in out.glob(f"*/*/{MANIFEST}") if path.parent.name[0] != "."]
    yield from sorted(found, key=lambda folder: (folder.stat().st_mtime_ns, folder.name))


def find(name: str, out: Path) -> Path:
    """A run by folder, id prefix or ``latest``; RUN002 when there is none or several."""
    folder = Path(name)
    if (folder / MANIFEST).is_file():
        return folder
    if folder.is_dir():
        what = "is no complete run: it holds no manifest"
        raise InvalidData([Problem("RUN001", name, "", what, "make the run again")])
    known = list(runs(out))
    if name == "latest" and known:
        return known[-1]
    matching = [run for run in known if run.name.startswith(name)]
    if len(matching) == 1:
        return matching[0]
    kind = "single run" if matching else "run"
    raise UnknownName(kind, name, [run.name for run in matching or known], code="RUN002")


def read_json(folder: Path, relative: str) -> Any:
    """One JSON file of a run; RUN001 where it is missing or broken, RUN003 for a newer format."""
    path = folder / relative
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        what = "is missing or cannot be read"
        problem = Problem("RUN001", str(path), "", what, "make the run again")
        raise InvalidData([problem]) from error
    version = data.get("format_version", FORMAT_VERSION) if isinstance(data, dict) else None
    if not isinstance(version, int):
        problem = Problem("RUN001", str(path), "", "is not what a run writes", "make the run again")
        raise InvalidData([problem])
    if version > FORMAT_VERSION:
        what = f"format {version} is newer than this planner's {FORMAT_VERSION}"
        raise InvalidData([Problem("RUN003", str(path), "format_version", what, "update the planner")])  # fmt: skip
    return data
