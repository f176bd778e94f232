"""Three questions on the same draws: hold the plan, adapt after the window, hedge inside it.

Adapt and hedge let each draw see its own future once the window is over, so what they save is an
upper bound; hold lets nothing but dispatch and rental by the hour answer, so its cost is one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.plan.solved import Solved
from planner.risk.chunks import ALONE, Batch, Means, evaluate, to_recheck
from planner.risk.functional import Functional
from planner.risk.hedge import Hedge, hedge
from planner.risk.lshaped import Search
from planner.risk.meter import Meter, Reading, meter
from planner.risk.recourse import Recourse
from planner.risk.setting import Setting, acquired, orders_of
from planner.risk.stage import TwoStage, World
from planner.risk.window import decided_now
from planner.solver.arrays import Floats
from planner.solver.basis import Basis

Mode = Literal["hold", "adapt", "hedge"]
BOUNDS = {
    "hold": "pessimistic: nothing but dispatch and rental by the hour answers",
    "adapt": "optimistic: after the window each draw sees its own future",
    "hedge": "optimistic after the window, where each draw sees its own future",
}


@dataclass(frozen=True)
class Answer:
    """One mode on all draws.

    costs_usd: (draws,) total present cost, penalties included. decided: (first columns,) orders
    held or chosen. found: the hedge, where that was the question.
    """

    mode: Mode
    problem: TwoStage
    meter: Meter
    decided: Floats
    costs_usd: Floats
    readings: list[Reading]
    rechecked: int
    found: Hedge | None = None

    @property
    def probabilities(self) -> Floats:
        return self.problem.probabilities

    @property
    def usd_per_mtok(self) -> Floats:
        """(draws,) present cost but penalties over present tokens served."""
        penalty = np.array([reading.penalty_usd for reading in self.readings])
        mtok = np.array([reading.mtok for reading in self.readings])
        return np.asarray((self.costs_usd - penalty) / mtok)


def two_stage(setting: Setting, mode: Mode, window_years: float | None = None) -> TwoStage:
    """The problem of a mode: in ``hold`` every acquisition is decided now, else the window's.

    Raises Usage (RSK007) where the window holds no order.
    """
    space = setting.base.program.space
    window = setting.window_years if window_years is None else window_years
    first = acquired(space) if mode == "hold" else decided_now(space, window)
    return TwoStage(setting.base.arrays, first, setting.worlds(first))


def answer(
    setting: Setting,
    plan: Solved,
    mode: Mode,
    functional: Functional,
    means: Means = ALONE,
    window_years: float | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> Answer:
    """Ask one question on every draw.

    Raises NoRecourse (RSK004), HotStartMismatch (RSK006), OutOfOrder (RSK005).
    """
    problem = two_stage(setting, mode, window_years)
    reader = meter(setting, setting.worlds(problem.first))
    decided = orders_of(plan, setting.base.program.space, problem.first)
    found = None
    if mode == "hedge":
        found = hedge(problem, functional, "auto", Search(means=means), say=say)
        decided = found.decision.x
    rechecked = to_recheck(len(problem.worlds), setting.draws.seed)
    batch = Batch(means, base_basis(problem, decided), rechecked=rechecked, reader=reader)
    results = evaluate(problem, decided, batch)
    return Answer(
        mode=mode,
        problem=problem,
        meter=reader,
        decided=decided,
        costs_usd=np.array([each.cost for each in results]) * 1e6,
        readings=[each.read for each in results],
        rechecked=len(rechecked),
        found=found,
    )


def base_basis(problem: TwoStage, decided: Floats) -> Basis:
    """Where every draw starts: the base's own optimum at these orders."""
    outcome = Recourse(problem).solve(World("base", 1.0), decided, cut=True)
    assert outcome.basis is not None
    return outcome.basis
