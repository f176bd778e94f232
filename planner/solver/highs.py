"""HiGHS sessions: arrays in, a proven solution out.

Every option and call is checked; the status is HiGHS's own, never a modelling layer's.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log2
from threading import Thread
from time import perf_counter
from typing import Any

import highspy
import numpy as np

from planner.errors import NoProof
from planner.solver.arrays import Arrays, Floats
from planner.solver.basis import Basis, basis_of

OPTIMAL = "optimal"
INFEASIBLE = "infeasible"
UNBOUNDED = "unbounded"
TIME_LIMIT = "time limit"
SEARCH_LIMIT = "search limit"
PRIMAL_SIMPLEX = 4
"""HiGHS's number for it, as its option ``simplex_strategy`` takes it."""

_SMALLEST_COST = 1e-4
"""Costs below this (MUSD) are lifted before HiGHS sees them."""
_MOST_LIFT = 20
"""At most by this power of two."""
_STATUS = {
    highspy.HighsModelStatus.kOptimal: OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: UNBOUNDED,
    highspy.HighsModelStatus.kTimeLimit: TIME_LIMIT,
    highspy.HighsModelStatus.kSolutionLimit: SEARCH_LIMIT,
}


_THOUSANDTH = 1e-3
_TIGHTEST = 1e-10
"""The tightest tolerance HiGHS takes."""
_FEASIBLE = highspy.SolutionStatus.kSolutionStatusFeasible


@dataclass(frozen=True)
class Solution:
    """What the solver proved.

    x, reduced (n,); activity, dual (m,). dual is the change of the objective per unit of the
    row's right-hand side. gap: relative distance to the proven bound, 0 for a linear program.
    """

    status: str
    objective: float
    bound: float
    gap: float
    x: Floats
    activity: Floats
    dual: Floats
    reduced: Floats
    seconds: float


class Session:
    """One HiGHS object holding one program; bounds may change between solves, hot-started.

    brief: every solve is so short that Ctrl-C may wait for it.
    """

    def __init__(self, arrays: Arrays, brief: bool = False, **settings: Any) -> None:
        self.brief = brief
        self.settings = settings
        self.highs = highspy.Highs()
        defaults: dict[str, Any] = {
            "output_flag": False,
            "threads": 1,
            "random_seed": 0,
            "mip_abs_gap": 0.0,  # a plan of one hour costs millionths of a unit of the objective
        }
        for name, value in defaults.items():
            self.option(name, value)
        self.load(arrays)

    def load(self, arrays: Arrays) -> None:
        """Put another program in place of the one that stands; settings stay."""
        for name, value in {**_tolerances(arrays), **self.settings}.items():
            self.option(name, value)
        self.arrays = arrays
        self.started: tuple[Basis, Any] | None = None
        self.lift = _lift(arrays)
        self._pass()

    def option(self, name: str, value: Any) -> None:
        """Change a setting for the solves to come."""
        _checked(self.highs.setOptionValue(name, value), f"option {name}={value}")

    def set_row_bounds(self, rows: Any, lower: Floats, upper: Floats) -> None:
        """Change the bounds of some rows."""
        indices = np.asarray(rows, dtype=np.int32)
        _checked(self.highs.changeRowsBounds(len(indices), indices, lower, upper), "changeRowsBounds")  # fmt: skip

    def set_column_bounds(self, columns: Any, lower: Floats, upper: Floats) -> None:
        """Change the bounds of some columns."""
        indices = np.asarray(columns, dtype=np.int32)
        _checked(self.highs.changeColsBounds(len(indices), indices, lower, upper), "changeColsBounds")  # fmt: skip

    def set_costs(self, columns: Any, value: Floats) -> None:
        """Change the costs of some columns."""
        indices = np.asarray(columns, dtype=np.int32)
        _checked(self.highs.changeColsCost(len(indices), indices, value * self.lift), "changeColsCost")  # fmt: skip

    def add_rows(self, lower: Floats, upper: Floats, start: Any, index: Any, value: Floats) -> None:
        """Append rows; ``start`` (rows,) says where each begins in ``index`` and ``value``."""
        begins, places = np.asarray(start, dtype=np.int32), np.asarray(index, dtype=np.int32)
        _checked(self.highs.addRows(len(lower), lower, upper, len(value), begins, places, value), "addRows")  # fmt: skip

    def basis(self) -> Basis:
        """The basis of the last solve, to start another session from."""
        status, basic = self.highs.getBasicVariables()
        _checked(status, "getBasicVariables")
        found = self.highs.getSolution()
        x, activity = np.asarray(found.col_value), np.asarray(found.row_value)
        return basis_of(self.arrays, basic, x, activity)

    def start_from_basis(self, basis: Basis) -> None:
        """Begin the next solve at a basis, whatever was solved before."""
        if self.started is None or self.started[0] is not basis:
            self.started = (basis, basis.told())
        _checked(self.highs.setBasis(self.started[1]), "setBasis")

    def set_coefficients(self, rows: Any, columns: Any, values: Any) -> None:
        """Change single coefficients of the rows."""
        change, failed = self.highs.changeCoeff, highspy.HighsStatus.kError
        told = zip(*(np.asarray(part).tolist() for part in (rows, columns, values)), strict=True)
        if any(change(*entry) == failed for entry in told):
            raise RuntimeError("HiGHS refused changeCoeff")

    def mark(self) -> Any:
        """Where the last solve ended: quicker than a Basis, good in this session alone."""
        return self.highs.getBasis()

    def forget(self) -> None:
        """Begin the next solve from nothing."""
        _checked(self.highs.clearSolver(), "clearSolver")

    @staticmethod
    def with_basic_row(mark: Any) -> Any:
        """A mark for the same program with one row more, whose slack is basic."""
        extended = highspy.HighsBasis()
        extended.col_status = mark.col_status
        extended.row_status = [*mark.row_status, highspy.HighsBasisStatus.kBasic]
        extended.valid = True
        return extended

    def return_to(self, mark: Any) -> None:
        """Begin the next solve at a mark, so that its answer does not hang on what came between."""
        _checked(self.highs.setBasis(mark), "setBasis")

    def start_from(self, x: Floats) -> None:
        """Offer a feasible point to a whole-unit search."""
        solution = highspy.HighsSolution()
        solution.col_value = list(x)
        _checked(self.highs.setSolution(solution), "setSolution")

    def solve(self) -> Solution:
        """Run to proof or to the time limit; NoProof where neither gives a point."""
        begun = perf_counter()
        self._run()
        model_status = self.highs.getModelStatus()
        if model_status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            self.option("presolve", "off")
            self._run()
            model_status = self.highs.getModelStatus()
        status = _STATUS.get(model_status)
        if status is None:
            raise NoProof(
                f"RUN005: HiGHS ended with '{self.highs.modelStatusToString(model_status)}'"
            )
        seconds = perf_counter() - begun
        info, solution = self.highs.getInfo(), self.highs.getSolution()
        feasible = info.primal_solution_status == _FEASIBLE
        if status in (TIME_LIMIT, SEARCH_LIMIT) and not feasible:
            raise NoProof(f"RUN005: {status} reached before any plan was found")
        whole = bool(self.arrays.integer.any())
        objective = float(info.objective_function_value) / self.lift
        if whole:
            bound, gap = float(info.mip_dual_bound) / self.lift, float(info.mip_gap)
        else:
            bound, gap = (objective, 0.0) if status == OPTIMAL else (-np.inf, np.inf)
        return Solution(
            status=status,
            objective=objective,
            bound=bound,
            gap=gap,
            x=np.asarray(solution.col_value, dtype=np.float64),
            activity=np.asarray(solution.row_value, dtype=np.float64),
            dual=np.asarray(solution.row_dual, dtype=np.float64) / self.lift,
            reduced=np.asarray(solution.col_dual, dtype=np.float64) / self.lift,
            seconds=seconds,
        )

    def _run(self) -> None:
        """Run, beside the main thread unless it is brief: Ctrl-C is heard while HiGHS works."""
        if self.brief:
            _checked(self.highs.run(), "run")
            return
        ended: list[Any] = []
        worker = Thread(target=lambda: ended.append(self.highs.run()), daemon=True)
        worker.start()
        worker.join()
        if not ended:
            raise RuntimeError("HiGHS ended without an answer")
        _checked(ended[0], "run")

    def _pass(self) -> None:
        a = self.arrays
        if a.integer.any():
            _checked(self.highs.passModel(_model(a, self.lift)), "passModel")
            return
        shape = (a.columns, a.rows, len(a.value))
        way = (int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize), 0.0)
        program = (a.cost * self.lift, a.lower, a.upper, a.row_lower, a.row_upper)
        matrix = (a.start, a.index, a.value, a.integer.astype(np.int32))
        _checked(self.highs.passModel(*shape, *way, *program, *matrix), "passModel")


def solver_version() -> str:
    """Name and version of the solver, as manifests record it."""
    return f"HiGHS {highspy.Highs().version()}"


def _lift(arrays: Arrays) -> float:
    """Power of two that brings the smallest cost near 1e-4; 1 for programs of the usual size.

    HiGHS stops within 1e-6 of the best whole-unit plan and 1e-7 of a price, whatever their size.
    """
    costs = np.abs(arrays.cost[arrays.cost != 0])
    if not costs.size:
        return 1.0
    steps = ceil(log2(_SMALLEST_COST / float(costs.min())))
    return float(2.0 ** min(max(steps, 0), _MOST_LIFT))


def _model(arrays: Arrays, lift: float) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = arrays.columns, arrays.rows
    model.col_cost_ = arrays.cost * lift
    model.col_lower_, model.col_upper_ = arrays.lower, arrays.upper
    model.row_lower_, model.row_upper_ = arrays.row_lower, arrays.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = arrays.start
    model.a_matrix_.index_ = arrays.index
    model.a_matrix_.value_ = arrays.value
    if arrays.integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(whole)] for whole in arrays.integer]
    return model


def _tolerances(arrays: Arrays) -> dict[str, float]:
    """HiGHS's feasibility tolerances, tighter where the program's own limits are tiny.

    Tolerances are absolute: a plan of one hour for a few tokens a second has limits of millionths,
    which the defaults would let a plan ignore.
    """
    limits = np.abs(np.concatenate([arrays.row_lower, arrays.row_upper]))
    limit = _THOUSANDTH * limits[(limits > 0) & np.isfinite(limits)].min(initial=1.0)
    return {
        "primal_feasibility_tolerance": min(1e-7, max(limit, _TIGHTEST)),
        "mip_feasibility_tolerance": min(1e-6, max(limit, _TIGHTEST)),
    }


def _checked(status: Any, what: str) -> None:
    if status == highspy.HighsStatus.kError:
        raise RuntimeError(f"HiGHS refused {what}")
