"""A policy that sees only the past, beside the bounds that see each draw's future.

Reviewed once a window: what has happened by then is known, the rest is taken as the scenario plans
it, and the orders due before the next review are placed. What is ordered stays ordered. At the end
the draw itself is served with all that was ordered on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.options.units import MUSD
from planner.risk.draws import Draws
from planner.risk.drivers import CERTAIN, Driver, drivers, horizon_years
from planner.risk.modes import Answer, base_basis
from planner.risk.recourse import Recourse
from planner.risk.setting import Setting
from planner.risk.stage import TwoStage
from planner.risk.window import decided_now
from planner.solver.arrays import Floats

MOST_DRAWS = 32
"""Draws that the policy is run on: the first of the run's own, balanced like all of them."""


@dataclass(frozen=True)
class Rolling:
    """The policy and the bound on the same draws, each at their mean (USD).

    gap_usd: what seeing each draw's future saves the bound.
    """

    draws: int
    reviews: int
    mean_usd: float
    bound_usd: float

    @property
    def gap_usd(self) -> float:
        return self.mean_usd - self.bound_usd


def rolling(
    made: Setting, answer: Answer, window_years: float, say: Callable[[str], None]
) -> dict[str, Any]:
    """Run the policy from the answer's own orders of the window."""
    count = min(MOST_DRAWS, len(made.draws))
    weights = answer.probabilities[:count] / answer.probabilities[:count].sum()
    own = replace(made, draws=_first(made.draws, count, weights))
    reviews = reviews_of(own, window_years)
    decided = np.tile(answer.decided, (count, 1))
    first = answer.problem.first
    for number, (at, until) in enumerate(zip(reviews, [*reviews[1:], np.inf], strict=True)):
        after = decided_now(own.base.program.space, until) if np.isfinite(until) else everything(own)  # fmt: skip
        decided = _review(replace(own, draws=seen(own, at)), first, decided, after | first)
        first = after | first
        say(f"review {number + 1} of {len(reviews)}, {at:.2f} years on")
    costs = _served(own, first, decided)
    bound = float(weights @ answer.costs_usd[:count])
    found = Rolling(count, len(reviews), float(weights @ costs) * MUSD, bound)
    return {**asdict(found), "gap_usd": found.gap_usd}


def reviews_of(made: Setting, window_years: float) -> list[float]:
    """Years after the as-of date at which orders are reviewed, from the end of the window on."""
    return list(np.arange(window_years, horizon_years(made.options), window_years))


def everything(made: Setting) -> NDArray[np.bool_]:
    """(columns,) all that is ever decided ahead."""
    return decided_now(made.base.program.space, 2 * horizon_years(made.options))


def seen(made: Setting, years: float) -> Draws:
    """What is known of each draw some years on; what is not is as the scenario plans it.

    Dates are known once they have come, a year's shock once that year has begun, and what shows
    with the first deliveries (growth, amounts, delays, speeds) from the first review on.
    """
    draws = made.draws
    every = drivers(made.beliefs, made.options, made.twins.etched_models)
    columns = [_seen(driver, draws.values[:, k], draws, years) for k, driver in enumerate(every)]
    return replace(draws, values=np.column_stack(columns) if columns else draws.values)


def _seen(driver: Driver, values: Floats, draws: Draws, years: float) -> Floats:
    year = driver.name.rpartition(".")[2]
    if driver.law == "date":
        begins = np.zeros(len(values))
        if driver.name in ("attention_free", "back"):  # counted from when hybrids began
            begins = draws.values[:, draws.names.index("hybrid")]
        return np.where(begins + values <= years, values, CERTAIN["date"])
    known = not year.isdigit() or int(year) <= years
    return values if known else np.full(len(values), CERTAIN[driver.law])


def _first(draws: Draws, count: int, weights: Floats) -> Draws:
    return Draws(draws.seed, draws.names, draws.values[:count], weights)


def _review(
    known: Setting, first: NDArray[np.bool_], decided: Floats, after: NDArray[np.bool_]
) -> Floats:
    """(draws, columns decided after it): each draw's plan as it looks now, as far as it is ordered."""
    problem = TwoStage(known.base.arrays, first, known.worlds(first))
    recourse = Recourse(problem, base_basis(problem, decided[0]))
    ordered = np.zeros((len(decided), int(after.sum())))
    for number, orders in enumerate(decided):
        plan = recourse.solve(problem.worlds[number], orders).x
        plan[first] = orders
        ordered[number] = np.maximum(plan[after], 0.0)
    return ordered


def _served(made: Setting, first: NDArray[np.bool_], decided: Floats) -> Floats:
    """(draws,) what each draw costs with all that was ordered (MUSD)."""
    problem = TwoStage(made.base.arrays, first, made.worlds(first))
    recourse = Recourse(problem, base_basis(problem, decided[0]))
    return np.array([recourse.solve(problem.worlds[k], orders).cost for k, orders in enumerate(decided)])  # fmt: skip
