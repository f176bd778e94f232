"""A dual is the change of the optimum per unit of its row's right-hand side.

Against finite differences of the objective on both sides: a convex program's left difference is
at most the dual and its right difference at least that; where the two agree the dual is both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given

from planner.options.table import Options
from planner.program.build import build
from planner.program.state import state
from planner.solver.arrays import compile_arrays
from planner.solver.highs import OPTIMAL, Session
from tests.solver.draws import MIDDLING, Figures, few, figures, small

STEP = 1e-4
TIGHT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
TOLERANCE = 2e-6
"""Of a difference: rounding of the objective over the step."""


@dataclass(frozen=True)
class Price:
    """One row's dual beside the differences of the objective."""

    family: str
    dual: float
    left: float
    right: float


def prices(options: Options, families: tuple[str, ...]) -> list[Price]:
    """Dual and differences of every row of some families; each row is put back after it."""
    statement = state(build(options))
    arrays = compile_arrays(statement)
    session = Session(arrays, **TIGHT)
    base = session.solve()
    assert base.status == OPTIMAL
    found = []
    for number, (family, _) in enumerate(statement.labels):
        if family not in families:
            continue
        step = STEP * abs(arrays.row_upper[number])

        def moved(by: float, row: int = number) -> float:
            low, high = arrays.row_lower[[row]] + by, arrays.row_upper[[row]] + by
            session.set_row_bounds([row], low, high)
            return session.solve().objective

        left = (base.objective - moved(-step)) / step
        right = (moved(step) - base.objective) / step
        moved(0.0)
        found.append(Price(family, float(base.dual[number]), left, right))
    return found


@pytest.mark.parametrize("family", ["power", "racks", "supply", "demand"])
@few
@given(drawn=figures)
def test_a_dual_lies_between_the_left_and_the_right_price(family: str, drawn: Figures) -> None:
    """And equals both where they agree."""
    for price in prices(small(drawn), (family,)):
        slack = TOLERANCE * (1 + abs(price.dual))
        assert price.left - slack <= price.dual <= price.right + slack
        if abs(price.right - price.left) <= slack:
            assert price.dual == pytest.approx((price.left + price.right) / 2, abs=2 * slack)


def test_every_family_has_rows_that_are_worth_something() -> None:
    """The law above is not about zeros: in a middling world each of the four families bites."""
    worth = {price.family for price in prices(small(MIDDLING), ("power", "racks", "supply", "demand")) if abs(price.dual) > 0.01}  # fmt: skip
    assert worth == {"power", "racks", "supply", "demand"}


def test_scarce_rows_have_prices_of_the_sign_of_their_sense() -> None:
    """More of a limit never costs (≤, dual at most 0), more of a demand never saves (dual at least 0)."""
    for price in prices(small(MIDDLING), ("power", "racks", "supply")):
        assert price.dual <= 1e-9
    for price in prices(small(MIDDLING), ("demand",)):
        assert price.dual >= -1e-9


def test_the_duals_price_the_whole_objective() -> None:
    """Strong duality: Σ dual · right-hand side + Σ reduced cost · bound = the optimum."""
    arrays = compile_arrays(state(build(small(MIDDLING))))
    solution = Session(arrays, **TIGHT).solve()
    rhs = np.where(np.isfinite(arrays.row_upper), arrays.row_upper, arrays.row_lower)
    reduced = solution.reduced @ solution.x
    assert solution.dual @ rhs + reduced == pytest.approx(solution.objective, rel=1e-9)
