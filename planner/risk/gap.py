"""How far a hedge may be from the best over all draws there could be: fresh samples, one after another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from planner.options.units import MUSD
from planner.risk.chunks import ALONE, Batch, Means, evaluate
from planner.risk.functional import Functional
from planner.risk.lshaped import Search, solve_lshaped
from planner.risk.modes import two_stage
from planner.risk.setting import Setting, redrawn
from planner.risk.worth import Gap, gap_interval
from planner.solver.arrays import Floats

LEAST = 2
"""Replications from which a spread can be told."""


def sampled_gap(
    made: Setting,
    decided: Floats,
    functional: Functional,
    count: int,
    seeds: range,
    window_years: float,
    means: Means = ALONE,
    say: Callable[[str], None] = lambda text: None,
) -> Gap:
    """The gap of a decision (first columns,) in USD, by multiple replications.

    count: draws of each sample; seeds: one per sample, none of them the decision's own. On each
    sample the decision costs at least what is best there; the mean of the differences bounds how
    far it is from the best of all (in expectation), and Student's t bounds that mean.
    """
    gaps = []
    for seed in seeds:
        problem = two_stage(redrawn(made, count, seed), "hedge", window_years)
        search = Search(means=means)
        best = solve_lshaped(problem, functional, decided, search).objective
        found = evaluate(problem, decided, Batch(means))
        costs = np.array([each.cost for each in found])
        gaps.append((functional.value(costs, problem.probabilities) - best) * MUSD)
        say(f"sample {seed}: a gap of {gaps[-1]:,.0f} USD")
    return gap_interval(gaps)
