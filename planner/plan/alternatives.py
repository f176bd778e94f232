"""Near-optimal plans: who must be in, who may, and how much of the work each could take.

A share counts work, each token at what one more of it costs in this plan, so that a share of
cheap tokens is not mistaken for a share of the load. It is linear, nothing is gained by waste, and
what is served at a time when capacity is free counts for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import process_time

import numpy as np
from numpy.typing import NDArray

from planner.options.units import MUSD
from planner.plan.groups import Group, groups_of
from planner.plan.hot import Hot
from planner.solver.arrays import Floats
from planner.solver.highs import OPTIMAL, PRIMAL_SIMPLEX, Session

MUST, MAY, CHOICE, OUT, THERE = "must have", "may have", "real choice", "no use", "standing only"
_NONE = 1e-4
"""Shares below this are none."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Freedom:
    """What is known of one group.

    share: in the plan. smallest, largest: at any cost within the slack. without_usd: what the plan
    costs more with nothing new of it; None where there is no plan. verdict: must have (no plan
    within the slack without it), real choice (in the plan, and the slack allows none), may have
    (not in the plan, and the slack allows some), no use.
    """

    dimension: str
    name: str
    share: float
    smallest: float | None
    largest: float | None
    without_usd: float | None
    verdict: str


@dataclass(frozen=True)
class Alternatives:
    """Every group's freedom, and what finding it took, in solves of the plan from nothing."""

    slack: float
    cost_usd: float
    groups: list[Freedom]
    without_effort: float
    share_effort: float


def alternatives(
    hot: Hot, slack: float, shares: bool = True, say: Say = lambda text: None
) -> Alternatives:
    """Who can be done without and, with ``shares``, the smallest and largest share within the slack."""
    groups = groups_of(hot)
    worth, whole = work(hot)
    limit = slack * abs(hot.base.objective)
    without = _without_each(hot, groups, say)
    spent = hot.effort
    ranges: list[tuple[float, float] | None] = [None] * len(groups)
    if shares:
        ranges = [*_ranges(hot, groups, worth / whole, without, limit, say)]
    found = [
        _freedom(hot, group, worth / whole, cost, between, limit)
        for group, cost, between in zip(groups, without, ranges, strict=True)
    ]
    return Alternatives(slack, hot.base.objective * MUSD, found, spent, hot.effort - spent)


def _without_each(hot: Hot, groups: list[Group], say: Say) -> list[float | None]:
    """MUSD that doing without each group costs; what holds a group no plan can do without needs no solve."""
    known: dict[bytes, float | None] = {}
    impossible: list[NDArray[np.bool_]] = []
    for number, group in enumerate(groups):
        key = group.closable.tobytes()
        if key in known:
            continue
        if any((group.closable | held == group.closable).all() for held in impossible):
            known[key] = None
            continue
        known[key] = _without(hot, group)
        if known[key] is None:
            impossible.append(group.closable)
        say(f"without {group.label}: {number + 1} of {len(groups)}, {hot.effort:.1f} base solves")
    return [known[group.closable.tobytes()] for group in groups]


def _ranges(
    hot: Hot,
    groups: list[Group],
    share: Floats,
    without: list[float | None],
    limit: float,
    say: Say,
) -> Iterator[tuple[float, float]]:
    """Smallest and largest share of each group; groups of the same systems are solved once."""
    known: dict[bytes, tuple[float, float]] = {}
    wide, spent = _Slack(hot, limit), hot.effort
    for number, (group, cost) in enumerate(zip(groups, without, strict=True)):
        key = group.columns.tobytes()
        if key not in known:
            known[key] = _range(wide, group, share, cost, limit)
            say(f"shares of {group.label}: {number + 1} of {len(groups)}, {hot.effort - spent:.1f} base solves")  # fmt: skip
        yield known[key]


def work(hot: Hot) -> tuple[Floats, float]:
    """Worth of one unit of each column that serves (MUSD at the plan's own prices), and of all that is asked."""
    demand = np.array([family == "demand" for family, _ in hot.labels])
    price = np.where(demand, np.maximum(hot.base.dual, 0.0), 0.0)
    worth = hot.arrays.matrix.T @ price
    for position, column in enumerate(hot.program.space.columns):
        if column.kind == "shed":
            worth[position] = 0.0
    return worth, float(price[demand] @ hot.arrays.row_upper[demand])


def _without(hot: Hot, group: Group) -> float | None:
    """MUSD that doing without new systems of a group costs; None where there is no plan."""
    if hot.base.x[group.closable].max(initial=0.0) <= 0:
        return 0.0
    with hot.question():
        hot.close(np.flatnonzero(group.closable))
        solution = hot.solve()
    return solution.objective - hot.base.objective if solution.status == OPTIMAL else None


class _Slack:
    """The program with a row that holds its cost within the slack, and any objective."""

    def __init__(self, hot: Hot, limit: float) -> None:
        self.hot = hot
        # only the objective changes, so that the plan stays feasible
        self.session = Session(hot.arrays, simplex_strategy=PRIMAL_SIMPLEX)
        costly = np.flatnonzero(hot.arrays.cost)
        most = np.array([hot.base.objective + limit])
        self.session.add_rows(np.array([-np.inf]), most, [0], costly, hot.arrays.cost[costly])
        self.mark = self.session.with_basic_row(hot.mark)
        self.every = np.arange(hot.arrays.columns)

    def least(self, objective: Floats) -> float:
        """Least value of an objective within the slack."""
        self.session.return_to(self.mark)
        begun = process_time()
        self.session.set_costs(self.every, objective)
        solution = self.session.solve()
        self.hot.seconds += process_time() - begun
        self.hot.solves += 1
        return solution.objective


def _range(
    wide: _Slack, group: Group, share: Floats, without: float | None, limit: float
) -> tuple[float, float]:
    """Smallest and largest share; 0 without a solve where nothing of it stands and the slack pays for its absence."""
    weight = np.where(group.columns, share, 0.0)
    standing = bool((group.columns & ~group.closable & (wide.hot.arrays.lower > 0)).any())
    free = not standing and without is not None and without <= limit
    smallest = 0.0 if free else max(0.0, wide.least(weight))
    return smallest, -wide.least(-weight)


def _freedom(
    hot: Hot,
    group: Group,
    share: Floats,
    without: float | None,
    between: tuple[float, float] | None,
    limit: float,
) -> Freedom:
    now = float(share[group.columns] @ hot.base.x[group.columns])
    verdict = _verdict(hot, group, now, without, between, limit)
    smallest, largest = between if between is not None else (None, None)
    cost = None if without is None else without * MUSD
    return Freedom(group.dimension, group.name, now, smallest, largest, cost, verdict)


def _verdict(
    hot: Hot,
    group: Group,
    share: float,
    without: float | None,
    between: tuple[float, float] | None,
    limit: float,
) -> str:
    if without is None or without > limit:
        return MUST
    ordered = hot.base.x[group.closable].max(initial=0.0) > 0
    if ordered:
        return CHOICE
    if between is not None and between[1] <= max(share, _NONE):
        return OUT if share <= _NONE else THERE
    return MAY
