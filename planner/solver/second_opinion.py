"""CBC's opinion of a statement, for tests and for doubts."""

from __future__ import annotations

from pulp import PULP_CBC_CMD, LpStatus

from planner.program.state import Statement


def cbc_objective(statement: Statement) -> tuple[str, float]:
    """Status and objective (MUSD) that CBC finds for the same PuLP problem."""
    status = statement.problem.solve(PULP_CBC_CMD(msg=False, threads=1))
    return LpStatus[status].lower(), float(statement.problem.objective.value())


def cbc_path() -> str:
    """Where CBC stands; OSError where it cannot run."""
    solver = PULP_CBC_CMD(msg=False)
    if not solver.available():
        raise OSError("CBC is not available")
    return str(solver.path)
