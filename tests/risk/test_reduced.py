"""What orders settle is taken out of a world's program, and its prices come back right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.risk.modes import Mode, base_basis, two_stage
from planner.risk.recourse import Recourse
from planner.risk.reduced import Layout, Reduced, reduced
from planner.risk.setting import orders_of, planned, setting
from planner.solver.arrays import Arrays, Floats
from planner.solver.highs import Session
from tests.risk.problems import arrays
from tests.risk.risky import risky


def shop(owned: float) -> Arrays:
    """One system 1 and so many of system 2. Columns: own 1, own 2, serve 1, serve 2, shed. Rows:
    serve 1 ≤ own 1; serve 2 ≤ own 2; serve 1 + serve 2 + shed = 3. Costs: 0, 0, 2, 1, 10.
    """
    matrix = [[-1, 0, 1, 0, 0], [0, -1, 0, 1, 0], [0, 0, 1, 1, 1]]
    whole = arrays([0, 0, 2, 1, 10], matrix, [-np.inf, -np.inf, 3], [0, 0, 3])
    held = np.array([1.0, owned])
    return replace(
        whole,
        lower=np.concatenate([held, whole.lower[2:]]),
        upper=np.concatenate([held, whole.upper[2:]]),
    )


def test_what_nobody_owns_serves_nobody_and_one_would_save_nine() -> None:
    """With none of system 2 its serving column and row go: 1 served at 2, 2 shed at 10, 22 in all; one
    of it would serve at 1 what is shed at 10, so its row's price is −9. Owned once, nothing goes: 13.
    """
    left = reduced(shop(0.0), Layout(shop(0.0)))
    solution = Session(left.arrays).solve()
    assert (left.arrays.columns, left.arrays.rows) == (2, 2)
    assert left.cost + solution.objective == pytest.approx(22.0)
    prices = left.prices(solution.dual)
    assert prices == pytest.approx([-8.0, -9.0, 10.0])
    assert left.reduced_costs(prices, np.array([0, 1])) == pytest.approx([-8.0, -9.0])
    whole = reduced(shop(1.0), Layout(shop(1.0)))
    assert (whole.arrays.columns, whole.held) == (3, ())
    assert Session(whole.arrays).solve().objective == pytest.approx(13.0)


def test_a_column_that_must_be_used_is_not_held_at_nothing() -> None:
    """System 2 must serve half a token that it cannot: the solver says so; without the duty all is well."""
    must = shop(0.0)
    must.lower[3] = 0.5
    assert Session(reduced(must, Layout(must)).arrays).solve().status == "infeasible"
    assert Session(reduced(shop(0.0), Layout(must)).arrays).solve().status == "optimal"


def test_a_row_that_is_settled_and_does_not_hold_is_told() -> None:
    """All is settled: 1 + 1 + 1 tokens are the 3 asked for, 1 + 1 + 2 are not."""
    for shed, broken in ((1.0, False), (2.0, True)):
        settled = np.array([1.0, 1.0, 1.0, 1.0, shed])
        whole = replace(shop(1.0), lower=settled, upper=settled)
        assert reduced(whole, Layout(whole)).broken is broken


@pytest.mark.parametrize("mode", ["hold", "adapt"])
def test_every_draw_costs_what_the_whole_program_says_and_its_prices_prove_it(
    mode: Mode, tmp_path: Path
) -> None:
    """Sixteen draws of every belief: the cost found on what is left equals that of the whole, no
    column could still gain at the prices found, and far fewer columns are left.
    """
    loaded = risky(tmp_path)
    made = setting(loaded, 16, 3)
    problem = two_stage(made, mode)
    decided = orders_of(planned(loaded), made.base.program.space, problem.first)
    recourse = Recourse(problem, base_basis(problem, decided))
    for world in problem.worlds:
        whole = recourse.within(world, decided)
        left = reduced(whole, problem.layout)
        solution = Session(left.arrays).solve()
        assert left.arrays.columns < 0.8 * whole.columns
        assert recourse.solve(world, decided).cost == pytest.approx(recourse.cold(world, decided), rel=1e-9)  # fmt: skip
        _proves(left, solution.x, left.prices(solution.dual))


def _proves(left: Reduced, x: Floats, prices: Floats) -> None:
    """No column gains by moving: duality on the whole program."""
    whole, plan = left.whole, left.plan(x)
    gain = left.reduced_costs(prices, np.arange(whole.columns))
    assert (gain[plan < whole.upper - 1e-7] > -1e-7).all()
    assert (gain[plan > whole.lower + 1e-7] < 1e-7).all()
