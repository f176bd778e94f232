"""What a report is made from: one saved run, read once, and what has been added beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.errors import InvalidData, Problem
from planner.options.table import Options
from planner.plan.saved import SavedRun, load_run
from planner.plan.verify import Check, verify
from planner.report.content.beside import FRONTIER, RiskRun, frontier, risk_run, risk_runs_beside
from planner.report.spectrum import place


@dataclass(frozen=True)
class Material:
    """A saved run with the checks that recomputing it made.

    tables: rows of every saved table by name, missing values None. against: the run folder that
    changes are told against, None where none are. risks: risk runs that ask about this plan.
    frontier: the answer of ``planner frontier --json``, None where none is kept.
    """

    run: SavedRun
    tables: dict[str, list[dict[str, Any]]]
    checks: tuple[Check, ...]
    against: Path | None = None
    risks: tuple[RiskRun, ...] = ()
    frontier: dict[str, Any] | None = None

    @property
    def options(self) -> Options:
        return self.run.options

    @property
    def plan(self) -> dict[str, Any]:
        return self.run.plan

    @property
    def labels(self) -> list[str]:
        """Labels of the periods, in order."""
        return [period.label for period in self.options.timeline.periods]

    def in_order(self, rows: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
        """Rows by period, for axes that keep the order of their rows."""
        order = {label: at for at, label in enumerate(self.labels)}
        return tuple(sorted(rows, key=lambda row: order[row["period"]]))

    def gradient(self, system: str) -> str:
        """A configuration's place on the spectrum, as charts name it."""
        return place(self.options.configurations[system].gradient)


def gather(
    folder: Path,
    against: Path | None = None,
    risks: Sequence[Path] = (),
    frontier_at: Path | None = None,
) -> Material:
    """Read a run folder and recompute it.

    against: an earlier run to tell the changes from. risks: risk runs to show; without them, those
    kept beside the run. frontier_at: a kept frontier; without it, the run folder's own if any.

    Raises InvalidData where it is incomplete (RUN001) or newer than we know (RUN003), or where what
    lies beside it is of another scenario (RUN020) or no frontier (RUN021). A run that was edited is
    read all the same; its failed checks say so.
    """
    run = load_run(folder)
    names = sorted(path.stem for path in (folder / "tables").glob("*.csv"))
    skipped = {"columns", "rows"}
    tables = {name: run.rows(name) for name in names if name not in skipped}
    chosen = tuple(risk_run(path, run) for path in risks) or risk_runs_beside(run)
    own = folder / FRONTIER
    kept = frontier_at or (own if own.is_file() else None)
    checks = tuple(verify(folder))
    return Material(run, tables, checks, against, chosen, frontier(kept) if kept else None)


@contextmanager
def as_saved(material: Material) -> Iterator[None]:
    """What a run that was edited does not hold any more is said by name (InvalidData, RUN001).

    Where every check of the run passed, the fault is ours and stays what it is.
    """
    try:
        yield
    except (LookupError, TypeError, ValueError) as error:
        if all(check.passed for check in material.checks):
            raise
        what = f"holds something no run writes: {error}"
        raise InvalidData([Problem("RUN001", str(material.run.folder), "", what, "make the run again")]) from error  # fmt: skip


def total(rows: Iterable[dict[str, Any]], by: Callable[[dict[str, Any]], Any], what: str) -> dict[Any, float]:  # fmt: skip
    """Sums of one column of some rows by a key, in the order the keys first come."""
    sums: dict[Any, float] = {}
    for row in rows:
        key = by(row)
        sums[key] = sums.get(key, 0.0) + float(row[what] or 0.0)
    return sums
