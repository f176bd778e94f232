"""What a hedge costs and what it spares: its orders of the window against the plan's own, on the same draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.options.units import MUSD
from planner.plan.solved import Solved
from planner.risk.chunks import Batch, Means, evaluate
from planner.risk.functional import cvar
from planner.risk.modes import Answer, base_basis
from planner.risk.setting import Setting, orders_of


@dataclass(frozen=True)
class Benefit:
    """The hedge less the plan (USD): negative where it saves.

    mean_usd: on average. cvar_usd: in the tail.
    """

    mean_usd: float
    cvar_usd: float


def benefit(made: Setting, answer: Answer, plan: Solved, alpha: float, means: Means) -> Benefit:
    """Serve every draw with the plan's own orders of the window, later ones free as in the hedge."""
    problem, weights = answer.problem, answer.probabilities
    decided = orders_of(plan, made.base.program.space, problem.first)
    found = evaluate(problem, decided, Batch(means, base_basis(problem, decided)))
    own = np.array([each.cost for each in found]) * MUSD
    mean = float(weights @ (answer.costs_usd - own))
    tail = cvar(answer.costs_usd, weights, alpha) - cvar(own, weights, alpha)
    return Benefit(mean, tail)
