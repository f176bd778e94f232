"""L-shaped decomposition: cuts from each world's recourse, a master held near the best decision.

Multi-cut, because a cut that belongs to one world outlives its probability and the weight on the
tail. A trust region keeps the master from leaping between corners; it widens after a step that
kept its promise and narrows after one that did not (Linderoth and Wright, 2003).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planner.errors import NoProof
from planner.risk.chunks import ALONE, Batch, Found, Means, evaluate
from planner.risk.extensive import Decision
from planner.risk.functional import Functional
from planner.risk.master import Cuts, Master
from planner.risk.stage import TwoStage
from planner.solver.arrays import Floats
from planner.solver.basis import Basis

_KEPT = 0.5
"""Share of the promised gain from which a step counts as kept and the region widens."""
_MADE = 1e-4
"""Share of it from which a step is taken at all."""
_SMALLEST_REGION = 1e-6


@dataclass(frozen=True)
class Search:
    """When to stop.

    tolerance: proven distance to the best, relative. rounds: most evaluations of all worlds.
    means: who solves the worlds.
    """

    tolerance: float = 1e-7
    rounds: int = 500
    means: Means = ALONE


@dataclass
class _Region:
    """Where the master may go: a box of this radius around the best decision."""

    radius: float
    centre: Floats
    lower: Floats
    upper: Floats

    @property
    def box(self) -> tuple[Floats, Floats]:
        return (
            np.maximum(self.lower, self.centre - self.radius),
            np.minimum(self.upper, self.centre + self.radius),
        )

    def touched(self, x: Floats) -> bool:
        """Whether a decision lies on the region's own edge."""
        return bool(np.abs(x - self.centre).max(initial=0.0) >= self.radius * (1 - 1e-9))


def solve_lshaped(
    problem: TwoStage,
    functional: Functional,
    begin: Floats,
    search: Search = Search(),
    cuts: Cuts | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> Decision:
    """The best decision, proven within the tolerance.

    begin: (first columns,) a decision that keeps the rows on what is decided now. cuts: those of an
    earlier search on the same worlds, extended in place.

    Raises NoRecourse (RSK004), NoProof (exit 5) after too many rounds.
    """
    cuts = Cuts() if cuts is None else cuts
    problem = problem.with_worlds(tuple(problem.worlds))  # each is asked for again in every round
    master = Master(problem, functional, cuts)
    worlds = _Worlds(problem, functional, cuts, search.means)
    known = master.solve(master.lower, master.upper) if len(cuts) else None
    if known is not None:  # cuts of an earlier search say more than where it began
        begin = np.clip(known.x[: len(begin)], master.lower, master.upper)
    best, costs = worlds.at(begin)
    region = _Region(max(1.0, float(np.abs(begin).max())), begin, master.lower, master.upper)
    for rounds in range(1, search.rounds + 1):
        model = master.solve(*region.box)
        assert model is not None  # every world has a cut, and the region is a box
        promised = best - model.objective
        say(f"round {rounds}: {best:.6f}, bound in the region {model.objective:.6f}")
        if promised <= search.tolerance * max(1.0, abs(best)):
            whole = master.solve(master.lower, master.upper)
            if whole is not None and best - whole.objective <= search.tolerance * max(1.0, abs(best)):  # fmt: skip
                return Decision(region.centre, best, whole.objective, costs, rounds)
            region.radius *= 4.0
            continue
        x = np.clip(model.x[: len(begin)], region.lower, region.upper)
        value, there = worlds.at(x)
        if best - value >= _MADE * promised:
            wide = best - value >= _KEPT * promised and region.touched(x)
            region = replace(region, centre=x, radius=region.radius * (2.0 if wide else 1.0))
            best, costs = value, there
        elif value - best > promised:
            region.radius = max(region.radius / 2.0, _SMALLEST_REGION)
    raise NoProof(f"RUN005: no proof within {search.rounds} evaluations of all worlds; the best found costs {best:.6g} MUSD")  # fmt: skip


class _Worlds:
    """All worlds at one decision after the other, each from its own last basis."""

    def __init__(self, problem: TwoStage, functional: Functional, cuts: Cuts, means: Means) -> None:
        self.problem, self.functional, self.cuts = problem, functional, cuts
        self.batch = Batch(means, cut=True)

    def at(self, x: Floats) -> tuple[float, Floats]:
        """The functional and every world's cost; their cuts are kept."""
        found: list[Found] = evaluate(self.problem, x, self.batch)
        starts: list[Basis | None] = [each.basis for each in found]
        self.batch = replace(self.batch, starts=starts)
        for number, each in enumerate(found):
            assert each.slope is not None
            self.cuts.add(number, each.cost, each.slope, x)
        costs = np.array([each.cost for each in found])
        return self.functional.value(costs, self.problem.probabilities), costs
