"""CBC's opinion of a statement, for tests and for doubts."""

from __future__ import annotations

import warnings

from pulp import PULP_CBC_CMD, LpStatus

from planner.program.state import Statement


def cbc_objective(statement: Statement) -> tuple[str, float]:
    """Status and objective (MUSD) that CBC finds for the same PuLP problem."""
    status = statement.problem.solve(_cbc())
    return LpStatus[status].lower(), float(statement.problem.objective.value())


def cbc_path() -> str:
    """Where CBC stands; OSError where it cannot run."""
    solver = _cbc()
    if not solver.available():
        raise OSError("CBC is not available")
    return str(solver.path)


def _cbc() -> PULP_CBC_CMD:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # it leaves PuLP with 4.0; we stay below
        return PULP_CBC_CMD(msg=False, threads=1)
