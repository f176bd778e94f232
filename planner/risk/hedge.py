"""The hedge: orders of now that are best before all worlds, and what planning so is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from planner.risk.extensive import Decision, solve_extensive
from planner.risk.functional import Functional
from planner.risk.lshaped import Search, solve_lshaped
from planner.risk.master import Cuts
from planner.risk.stage import TwoStage
from planner.risk.worth import Worth, mean_decision, worth

Method = Literal["auto", "extensive", "l-shaped"]
EXTENSIVE_UP_TO = 50_000
"""Columns of the extensive form up to which it is the simpler way."""


@dataclass(frozen=True)
class Hedge:
    """The decision, how it was found, what it is worth, and the cuts another search may begin with."""

    decision: Decision
    method: str
    worth: Worth
    cuts: Cuts


def hedge(
    problem: TwoStage,
    functional: Functional,
    method: Method = "auto",
    search: Search | None = None,
    cuts: Cuts | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> Hedge:
    """Decide, and measure the decision against waiting and against planning for the mean world.

    Raises NoRecourse (RSK004), OutOfOrder (RSK005), NoProof (exit 5).
    """
    cuts = Cuts() if cuts is None else cuts
    search = search or Search()
    if method == "auto":
        size = problem.base.columns * len(problem.worlds)
        method = "extensive" if size <= EXTENSIVE_UP_TO else "l-shaped"
    mean = mean_decision(problem)
    if method == "extensive":
        decision = solve_extensive(problem, functional)
    else:
        decision = solve_lshaped(problem, functional, mean.x, search, cuts, say)
    return Hedge(decision, method, worth(problem, functional, decision, mean, search.means), cuts)
