"""Recompute a saved run without PuLP and without a solver.

From the inputs the run carries, the rows are generated anew and evaluated on the saved columns;
the objective, the ledger and the headline are recomputed; and for a linear program the saved
prices are checked to prove that nothing cheaper exists (dual feasibility and no gap).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import inf, isclose
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.errors import CheckFailed
from planner.options.units import MUSD
from planner.plan.grounds import Table
from planner.plan.headline import headline
from planner.plan.saved import load_run
from planner.plan.store import as_csv, dumped
from planner.plan.tables import all_tables
from planner.plan.version import changed_files, readable
from planner.program.build import Program
from planner.solver.arrays import Floats

FEASIBILITY = 1e-6
"""Largest violation of a row or bound, relative to 1 plus its limit."""
OPTIMALITY = 1e-6
"""Largest relative distance between cost and the bound that the prices prove."""


@dataclass(frozen=True)
class Check:
    """One check: what was compared, the worst figure found and the tolerance it must meet."""

    name: str
    worst: float
    tolerance: float
    detail: str = ""

    @property
    def passed(self) -> bool:
        return self.worst <= self.tolerance


def verify(folder: Path) -> list[Check]:
    """Every check of a saved run, the failed ones included.

    Raises InvalidData where the folder is incomplete or holds what no run writes (RUN001), is newer
    than we know (RUN003), or cannot be read because another version made it (RUN011).
    """
    with readable(folder):
        return _checks(folder)


def _checks(folder: Path) -> list[Check]:
    run = load_run(folder)
    saved, program, x, entries = run.plan, run.program, run.x, run.entries
    checks = [_untouched(folder, run.manifest)]
    unknown = ", ".join(run.unknown[:3])
    checks.append(Check("every saved column exists", float(len(run.unknown)), 0.0, unknown))
    checks += [_bounds(program, x), *_rows(program, x), _activities(folder, program, x)]
    cost = float(np.dot(program.cost, x))
    checks.append(_close("objective", cost, saved["objective_musd"]))
    total = sum(entry.pv_usd for entry in entries) / MUSD
    checks.append(_close("ledger sums to the objective", total, cost))
    tables = all_tables(run.answer, entries)
    checks += [_table(folder, name, rows) for name, rows in tables.items()]
    for name in ("deliveries", "workloads"):
        same = dumped(saved[name]) == dumped(tables[name])
        checks.append(Check(f"{name} in the plan recompute", 0.0 if same else 1.0, 0.0))
    recomputed = asdict(headline(program.space, x, entries))
    for name, value in recomputed.items():
        checks.append(_close(f"headline {name}", value or 0.0, saved["headline"][name] or 0.0))
    if not any(column.integer for column in program.space.columns):
        checks += _optimality(folder, program, cost)
    return checks


def _table(folder: Path, name: str, rows: Table) -> Check:
    same = (folder / f"tables/{name}.csv").read_bytes() == as_csv(rows)
    return Check(f"table {name} recomputes", 0.0 if same else 1.0, 0.0)


def _activities(folder: Path, program: Program, x: Floats) -> Check:
    saved = pd.read_csv(folder / "tables/rows.csv")["activity"].to_numpy(dtype=float)
    found = [sum(coefficient * x[j] for j, coefficient in row.terms) for row in program.rows()]
    worst = max((abs(a - b) / (1 + abs(b)) for a, b in zip(saved, found, strict=True)), default=0.0)
    return Check("saved activities of rows", float(worst), FEASIBILITY)


def require_passed(checks: list[Check], elsewhere: str = "") -> None:
    """CheckFailed (exit 6) naming every check that failed; elsewhere: that another version made the run."""
    failed = [c for c in checks if not c.passed]
    if failed:
        why = f"RUN011: {elsewhere}" if elsewhere else "RUN004: the run does not recompute"
        lines = "\n".join(f"  - {c.name}: {c.worst:.3g} over {c.tolerance:.1g} {c.detail}" for c in failed)  # fmt: skip
        raise CheckFailed(f"{why}:\n{lines}")


def _untouched(folder: Path, manifest: dict[str, Any]) -> Check:
    changed = changed_files(folder, manifest)
    return Check("files are as the run wrote them", float(len(changed)), 0.0, ", ".join(changed))


def _bounds(program: Program, x: Floats) -> Check:
    worst, where = 0.0, ""
    for column, value in zip(program.space.columns, x, strict=True):
        over = max(column.lower - value, value - column.upper) / (1 + abs(value))
        if column.integer:
            over = max(over, abs(value - round(value)))
        if over > worst:
            worst, where = over, column.name
    return Check("columns within their bounds", float(worst), FEASIBILITY, where)


def _rows(program: Program, x: Floats) -> list[Check]:
    worst: dict[str, tuple[float, str]] = {}
    for row in program.rows():
        activity = sum(coefficient * x[column] for column, coefficient in row.terms)
        over = {
            "<=": activity - row.rhs,
            ">=": row.rhs - activity,
            "=": abs(activity - row.rhs),
        }[row.sense] / (1 + abs(row.rhs))
        if over > worst.get(row.family, (-inf, ""))[0]:
            worst[row.family] = (float(over), row.name)
    return [
        Check(f"rows of {family}", max(0.0, over), FEASIBILITY, name)
        for family, (over, name) in sorted(worst.items())
    ]


def _optimality(folder: Path, program: Program, cost: float) -> list[Check]:
    """Weak duality: cost ≥ Σ dual · limit + Σ reduced · bound; equality proves the optimum."""
    frame = pd.read_csv(folder / "tables/rows.csv")
    duals = frame["dual"].to_numpy(dtype=float)
    reduced = np.array(program.cost, dtype=float)
    bound = 0.0
    wrong_sign = 0.0
    for row, dual in zip(program.rows(), duals, strict=True):
        bound += dual * row.rhs
        if row.sense == "<=":
            wrong_sign = max(wrong_sign, dual)
        elif row.sense == ">=":
            wrong_sign = max(wrong_sign, -dual)
        if dual:
            for position, coefficient in row.terms:
                reduced[position] -= dual * coefficient
    for column, price in zip(program.space.columns, reduced, strict=True):
        limit = column.lower if price > 0 else column.upper
        if limit == inf:
            wrong_sign = max(wrong_sign, -price)
        else:
            bound += price * limit
    gap = abs(cost - bound) / max(1.0, abs(cost))
    return [
        Check("prices have the right sign", float(wrong_sign), OPTIMALITY),
        Check("prices prove the cost is least", float(gap), OPTIMALITY),
    ]


def _close(name: str, value: float, saved: float) -> Check:
    if isclose(value, saved, rel_tol=1e-12):
        return Check(name, 0.0, 1e-9)
    return Check(
        name, abs(value - saved) / max(1.0, abs(saved)), 1e-9, f"{value!r} against {saved!r}"
    )
