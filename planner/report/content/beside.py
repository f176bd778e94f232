"""What may lie beside a run: risk runs of the same scenario, and a frontier that was kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.errors import InvalidData, Problem
from planner.plan.saved import SavedRun
from planner.plan.store import CATALOG, SCENARIO, dumped, read_json
from planner.report.risk import sentences
from planner.risk.record import RISK

FRONTIER = "frontier.json"
"""Name under which a run folder keeps the answer of ``planner frontier --json``."""
FORMAT_VERSION = 1
_APART = ("name", "title", "description", "risk", "extends")
"""Keys of a scenario that may differ between a plan and the question of what it risks."""
_DEPTH = ("hold", "adapt", "hedge")


@dataclass(frozen=True)
class RiskRun:
    """A saved risk run as a report shows it.

    summary: what ``planner risk run`` says of it. outcomes: one row per draw, with ``probability``
    and ``cost_usd``. orders: what it decides before the world is known.
    """

    folder: Path
    summary: dict[str, Any]
    outcomes: tuple[dict[str, Any], ...]
    orders: tuple[dict[str, Any], ...]

    @property
    def mode(self) -> str:
        return str(self.summary["mode"])


def risk_run(folder: Path, run: SavedRun) -> RiskRun:
    """Read one risk run.

    Raises InvalidData where it is incomplete (RUN001), newer than we know (RUN003) or asked of
    another scenario or catalog than the run's (RUN020).
    """
    told = _read(folder / RISK)
    if int(told.get("format_version", 0)) > FORMAT_VERSION:
        raise _refused("RUN003", folder / RISK, f"format_version {told['format_version']} is newer than {FORMAT_VERSION}", "update the planner, or ask again")  # fmt: skip
    if _question(_read(folder / "inputs.json")) != _of_run(run):
        raise _refused("RUN020", folder, "was asked of another scenario or catalog than this run's", "run planner risk run on the scenario of the run")  # fmt: skip
    try:
        sentences(told["summary"])  # an older planner's summary misses what they say
        return RiskRun(folder, dict(told["summary"]), *(_table(folder / f"{name}.csv") for name in ("outcomes", "orders")))  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise _refused("RUN001", folder, f"holds something no risk run writes: {error}", "ask again") from error  # fmt: skip


def risk_runs_beside(run: SavedRun) -> tuple[RiskRun, ...]:
    """Risk runs kept under the run's scenario that ask about this very plan: of each mode the largest."""
    best: dict[str, RiskRun] = {}
    for path in sorted(run.folder.parent.glob(f"risk/*/{RISK}")):
        try:
            found = risk_run(path.parent, run)
        except InvalidData:
            continue  # of an earlier state of the scenario
        held = best.get(found.mode)
        if held is None or found.summary["draws"] > held.summary["draws"]:
            best[found.mode] = found
    return tuple(best[mode] for mode in _DEPTH if mode in best)


def frontier(path: Path) -> dict[str, Any]:
    """The answer of ``planner frontier --json``; InvalidData (RUN021) where a file is none."""
    try:
        said = _read(path)
        kept = ("scenario", "points", "exits", "efficient")
        found = {"by_year": [], **said, **{key: said[key] for key in kept}}
        for row in found["points"]:
            float(row["hazard_per_year"]), float(row["share"]), str(row["kind"])
    except (InvalidData, KeyError, TypeError, ValueError) as error:
        raise _refused("RUN021", path, f"is no frontier: {error}", "planner frontier SCENARIO --json > frontier.json") from error  # fmt: skip
    return found


def _of_run(run: SavedRun) -> bytes:
    return _question({"scenario": read_json(run.folder, SCENARIO), "catalog": read_json(run.folder, CATALOG)})  # fmt: skip


def _question(inputs: dict[str, Any]) -> bytes:
    """What was asked, names and beliefs aside."""
    scenario = {key: value for key, value in inputs["scenario"].items() if key not in _APART}
    return dumped({"scenario": scenario, "catalog": inputs["catalog"]})


def _read(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _refused("RUN001", path, f"cannot be read: {error}", "ask again") from error
    if not isinstance(said, dict):
        raise _refused("RUN001", path, "holds no object", "ask again")
    return said


def _table(path: Path) -> tuple[dict[str, Any], ...]:
    import pandas as pd

    try:
        rows = pd.read_csv(path).to_dict("records")
    except pd.errors.EmptyDataError:
        return ()
    except OSError as error:
        raise ValueError(f"{path.name} is missing") from error
    return tuple({str(key): value for key, value in row.items()} for row in rows)


def _refused(code: str, path: Path, what: str, hint: str) -> InvalidData:
    return InvalidData([Problem(code, str(path), "", what, hint)])
