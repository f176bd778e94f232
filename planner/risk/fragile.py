"""Out of sample: what a decision costs on draws it has not seen, as believed and when beliefs are too narrow.

A decision made on a sample looks better there than it is, and an exact plan breaks first when
figures are farther off than anybody thought; so both losses are printed with every answer.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from planner.options.units import MUSD
from planner.risk.chunks import Batch, Means, evaluate
from planner.risk.functional import Functional
from planner.risk.modes import Answer, base_basis, two_stage
from planner.risk.setting import Setting, redrawn

HALF_AGAIN = 1.5
"""How far off every uncertain figure is then, over what is believed."""
MOST_DRAWS = 64
"""Fresh draws, where the run itself has as many."""


@dataclass(frozen=True)
class Fresh:
    """A decision on fresh draws, as its own functional weighs them (USD).

    loss_usd: over what the run's own draws promised; half again off, over the same fresh draws as
    believed, so that nothing but the beliefs differs.
    """

    cost_usd: float
    loss_usd: float


def out_of_sample(
    made: Setting,
    answer: Answer,
    functional: Functional,
    seed: int,
    window_years: float,
    means: Means,
) -> dict[str, Any]:
    """The decision on fresh draws of the beliefs, and of beliefs in which everything is off by half again.

    seed: of the fresh draws, none that the decision has seen.
    """
    promised = functional.value(answer.costs_usd, answer.probabilities)
    count = min(len(made.draws), MOST_DRAWS)
    found: dict[str, Any] = {"draws": count, "seed": seed, "promised_usd": promised}
    against = promised
    for name, off in (("as_believed", 1.0), ("half_again", HALF_AGAIN)):
        other = redrawn(made, count, seed, off)
        cost = _on(other, answer, functional, window_years, means)
        found[name] = asdict(Fresh(cost, cost - against))
        against = cost
    return found


def _on(
    made: Setting, answer: Answer, functional: Functional, window_years: float, means: Means
) -> float:
    problem = two_stage(made, answer.mode, window_years)
    start = base_basis(problem, answer.decided)
    found = evaluate(problem, answer.decided, Batch(means, start))
    costs = np.array([each.cost for each in found]) * MUSD
    return functional.value(costs, problem.probabilities)
