"""A longer horizon: whether the orders of the decision window would be regretted.

What a plan decides for real is the orders due soon. The same scenario is solved over more periods,
once with every order free and once with the window's orders as the run placed them; the difference
in cost is what the shorter horizon's end did to them. Promises of service bind in the run's own
periods alone: demand grows on past them, power and racks may not, and what cannot be served then
costs its penalty in both solves.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace

import numpy as np

from planner.documents import Document
from planner.options.join import join
from planner.options.table import Options
from planner.options.units import MUSD
from planner.plan.saved import SavedRun
from planner.plan.shortage import Label, shortage, split_key
from planner.plan.solved import Answer, way
from planner.plan.window import ordered_in_window, window_ends
from planner.program.build import Program, build
from planner.program.state import state
from planner.scenario.load import Loaded, checked
from planner.solver.arrays import Arrays, Floats, compile_arrays
from planner.solver.highs import OPTIMAL, Session

PROMISES = frozenset({"service_level", "survival"})
"""Families of rows that promise service, whatever it takes."""


@dataclass(frozen=True)
class Regret:
    """Cost (present value) over a horizon ``periods_added`` periods longer, penalties included.

    orders_until: last day of the window. systems: ordered in it. free_usd: every order free.
    fixed_usd: the window's orders as in the run. regret_usd: fixed less free. Both are relaxed
    plans, whatever the run was.
    """

    periods_added: int
    orders_until: str
    systems: float
    free_usd: float
    fixed_usd: float
    regret_usd: float
    regret_share: float


def regret_of_window(opened: SavedRun, periods: int, say: Callable[[str], None]) -> Regret:
    """Solve the longer scenario twice.

    Raises InvalidData where the scenario says nothing of the added periods, InfeasibleScenario
    where it cannot be served that long.
    """
    options = replace(join(longer(opened.loaded, periods)), whole_units=False)
    program = build(options)
    statement = state(program)
    promised = opened.options.timeline.count
    arrays = _unpromised(compile_arrays(statement), statement.labels, promised)
    free = Session(arrays, **way(arrays)).solve()
    say(f"{options.timeline.count} periods, every order free: {free.status}")
    if free.status != OPTIMAL:
        raise shortage(program, arrays, statement.labels)
    lower, upper, systems = _as_ordered(opened.answer, program, arrays)
    fixed = replace(arrays, lower=lower, upper=upper)
    kept = Session(fixed, **way(fixed)).solve()
    say(f"the window's orders as in the run: {kept.status}")
    if kept.status != OPTIMAL:
        raise shortage(program, fixed, statement.labels)
    regret = max(0.0, kept.objective - free.objective)
    return Regret(
        periods_added=periods,
        orders_until=window_ends(options.timeline).isoformat(),
        systems=systems,
        free_usd=free.objective * MUSD,
        fixed_usd=kept.objective * MUSD,
        regret_usd=regret * MUSD,
        regret_share=regret / abs(free.objective),
    )


def longer(loaded: Loaded, periods: int) -> Loaded:
    """The scenario with so many periods more; its series go on as they say."""
    data = deepcopy(loaded.document.data)
    data["horizon"]["periods"] = loaded.scenario.horizon.periods + periods
    document = Document(loaded.document.file, data)
    return Loaded(checked(document), loaded.catalog, document)


def _unpromised(arrays: Arrays, labels: list[Label], promised: int) -> Arrays:
    """The arrays without promises of service from period ``promised`` on."""
    lower, upper = arrays.row_lower.copy(), arrays.row_upper.copy()
    for row, (family, key) in enumerate(labels):
        period = split_key(family, key)[1] if family in PROMISES else None
        if period is not None and period >= promised:
            lower[row], upper[row] = -np.inf, np.inf
    return replace(arrays, row_lower=lower, row_upper=upper)


def _as_ordered(answer: Answer, program: Program, arrays: Arrays) -> tuple[Floats, Floats, float]:
    """Column bounds of the longer program with the window's orders fixed, and how many systems."""
    options: Options = answer.options
    lower, upper = arrays.lower.copy(), arrays.upper.copy()
    systems = 0.0
    for column, value in zip(answer.program.space.columns, map(float, answer.x), strict=True):
        if column.kind == "deliver":
            offer, _, delivery = column.key
            if ordered_in_window(options.timeline, options.offerings[offer], delivery):
                j = program.space.at("deliver", *column.key)
                lower[j] = upper[j] = np.maximum(value, 0.0)
                systems += value
    return lower, upper, systems
