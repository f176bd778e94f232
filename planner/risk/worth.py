"""What knowing and planning for the worlds is worth: WS, RP, EEV, EVPI, VSS, and how sure that is.

All in the hedge's own functional on the same worlds, so that WS ≤ RP ≤ EEV holds for every weight
on the tail: the functional never falls when a world's cost rises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from planner.errors import CheckFailed, NoProof
from planner.risk.chunks import ALONE, Batch, Means, evaluate
from planner.risk.extensive import Decision
from planner.risk.functional import Functional
from planner.risk.stage import TwoStage
from planner.solver.arrays import Arrays, Floats
from planner.solver.highs import OPTIMAL, Session

_TOLERANCE = 1e-6


class OutOfOrder(CheckFailed):
    """Waiting cannot cost more than planning, nor planning more than ignoring the spread."""

    code = "RSK005"


@dataclass(frozen=True)
class Worth:
    """Money as the functional sees it, in the arrays' unit.

    wait_and_see: each world planned alone. recourse: the hedge. expected_value: the cost the mean
    world promises; of_mean_plan: what its decision really costs over the worlds (EEV).
    """

    expected_value: float
    wait_and_see: float
    recourse: float
    of_mean_plan: float
    mean_plan: Floats

    @property
    def of_perfect_information(self) -> float:
        """EVPI = RP − WS."""
        return self.recourse - self.wait_and_see

    @property
    def of_stochastic_solution(self) -> float:
        """VSS = EEV − RP."""
        return self.of_mean_plan - self.recourse


@dataclass(frozen=True)
class MeanDecision:
    """What one would order if the mean world were certain, and the cost it promises (EV)."""

    x: Floats
    promised: float


def mean_decision(problem: TwoStage) -> MeanDecision:
    """Plan the mean world."""
    mean = _solved(mean_world(problem))
    return MeanDecision(mean.x[problem.first_columns], mean.objective)


def worth(
    problem: TwoStage,
    functional: Functional,
    hedge: Decision,
    mean: MeanDecision,
    means: Means = ALONE,
) -> Worth:
    """Measure the hedge against waiting and against planning for the mean world.

    Raises OutOfOrder (RSK005, exit 6) where WS ≤ RP ≤ EEV does not hold.
    """
    probabilities = problem.probabilities
    alone = functional.value(wait_and_see(problem), probabilities)
    found = evaluate(problem, mean.x, Batch(means))
    costs = np.array([each.cost for each in found])
    measured = Worth(
        expected_value=mean.promised,
        wait_and_see=alone,
        recourse=hedge.objective,
        of_mean_plan=functional.value(costs, probabilities),
        mean_plan=mean.x,
    )
    slack = _TOLERANCE * max(1.0, abs(measured.recourse))
    if not (alone - slack <= measured.recourse <= measured.of_mean_plan + slack):
        raise OutOfOrder(
            f"RSK005: WS {alone:.6g} ≤ RP {measured.recourse:.6g} ≤ EEV {measured.of_mean_plan:.6g} does not hold"
        )
    return measured


def wait_and_see(problem: TwoStage) -> Floats:
    """(worlds,) the least cost of each world planned alone."""
    return np.array([_solved(world.applied(problem.base)).objective for world in problem.worlds])


def mean_world(problem: TwoStage) -> Arrays:
    """The base with every changed figure at its mean over the worlds."""
    total: dict[str, Any] = {}
    matrix: Any = 0
    for world in problem.worlds:
        arrays = world.applied(problem.base)
        if world.probability == 0:
            continue
        for name in ("cost", "lower", "upper", "row_lower", "row_upper"):
            part = world.probability * getattr(arrays, name)
            total[name] = part if name not in total else total[name] + part
        matrix = world.probability * arrays.matrix + matrix
    csr = matrix.tocsr()
    return replace(
        problem.base,
        **total,
        start=csr.indptr.astype(np.int32),
        index=csr.indices.astype(np.int32),
        value=csr.data,
    )


@dataclass(frozen=True)
class Gap:
    """How far a decision may be from the best, by replications.

    estimate: mean gap; at_most: upper end of its one-sided interval; replications: each gap.
    """

    estimate: float
    at_most: float
    confidence: float
    replications: tuple[float, ...]


def gap_interval(gaps: Sequence[float], confidence: float = 0.95) -> Gap:
    """Multiple replications: mean + t · s / √R (Mak, Morton and Wood, 1999).

    gaps: for each independent sample, the candidate's functional less the least on that sample.

    >>> gap = gap_interval([1.0, 2.0, 3.0, 2.0])
    >>> round(gap.estimate, 3), round(gap.at_most, 3)
    (2.0, 2.961)
    """
    from scipy.stats import t as student

    values = np.asarray(gaps, dtype=float)
    spread = float(values.std(ddof=1)) / len(values) ** 0.5
    quantile = float(student.ppf(confidence, len(values) - 1))
    mean = float(values.mean())
    return Gap(mean, mean + quantile * spread, confidence, tuple(map(float, values)))


@dataclass(frozen=True)
class _Solved:
    objective: float
    x: Floats


def _solved(arrays: Arrays) -> _Solved:
    solution = Session(arrays).solve()
    if solution.status != OPTIMAL:
        raise NoProof(f"RUN005: a world planned alone is {solution.status}")
    return _Solved(solution.objective, solution.x)
