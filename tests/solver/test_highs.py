"""HiGHS sessions: a status is proven or the call fails; bounds move and the answer moves with them."""

from __future__ import annotations

import numpy as np
import pytest

from planner.errors import NoProof
from planner.options.table import Options
from planner.program.build import build
from planner.program.state import state
from planner.solver.arrays import Arrays, compile_arrays
from planner.solver.highs import (
    INFEASIBLE,
    OPTIMAL,
    TIME_LIMIT,
    UNBOUNDED,
    Session,
    solver_version,
)
from tests.solver.draws import MIDDLING, small
from tests.world import Without, exactly, purchase, solve, system, world


def arrays_of(options: Options) -> Arrays:
    return compile_arrays(state(build(options)))


WHOLE = world(demand=3.3, systems=[system(span=2.0)], whole_units=True)
"""3.3 Gtok/h: two replicas of two systems, 4 MUSD."""


def endless(whole: bool) -> Arrays:
    """A world without its cohort rows: systems are sold that nobody bought, without end."""
    offerings = [purchase(resale=(1.0, 0.6))]
    program = build(world(periods=2, offerings=offerings, whole_units=whole))
    return compile_arrays(state(Without(program.space, program.cost, "cohort")))


def test_an_optimum_is_proven() -> None:
    """2.5 systems and 1.5 shed: 17.5, no gap, rows at their activity."""
    solution = Session(arrays_of(world(power_mw=2.5))).solve()
    assert solution.status == OPTIMAL
    assert (solution.objective, solution.bound, solution.gap) == (exactly(17.5), exactly(17.5), 0.0)
    assert solution.activity.max() == exactly(4.0)
    assert solution.seconds >= 0.0


def test_a_contradiction_is_infeasible() -> None:
    """At least three of an offer that has two."""
    for whole in (False, True):
        options = world(offerings=[purchase(min_total=3.0, max_total=2.0)], whole_units=whole)
        assert Session(arrays_of(options)).solve().status == INFEASIBLE


def test_profit_without_end_is_unbounded() -> None:
    """And not called infeasible, which would send the reader to look for a shortage."""
    assert Session(endless(whole=False)).solve().status == UNBOUNDED


def test_profit_without_end_in_whole_units_is_unbounded_too() -> None:
    """Presolve cannot tell which of the two it is; the session must not guess."""
    assert Session(endless(whole=True)).solve().status == UNBOUNDED


def test_whole_units_are_whole() -> None:
    """Two replicas and four systems, proven without a gap; in parts 3.3."""
    program = build(WHOLE)
    solution = Session(compile_arrays(state(program)), mip_rel_gap=0.0).solve()
    assert (solution.status, solution.objective, solution.gap) == (OPTIMAL, exactly(4.0), 0.0)
    assert solution.bound == exactly(4.0)
    whole = [x for x, c in zip(solution.x, program.space.columns, strict=True) if c.integer]
    assert whole == [exactly(round(x)) for x in whole]
    assert solve(world(demand=3.3)).musd == exactly(3.3)


def test_an_end_without_proof_is_a_failure() -> None:
    """Stopped by its iterations the solver has proven nothing: NoProof, exit code 5."""
    session = Session(arrays_of(small(MIDDLING)), simplex_iteration_limit=0, presolve="off")
    with pytest.raises(NoProof, match=r"^RUN005: HiGHS ended with '.*[Ii]teration limit.*'$"):
        session.solve()
    assert NoProof.exit_code == 5


def test_a_time_limit_that_leaves_a_point_says_so() -> None:
    """Given a plan and no time, a whole-unit search returns that plan, its bound and its gap."""
    session = Session(arrays_of(WHOLE), time_limit=0.0)
    session.start_from(Session(arrays_of(WHOLE)).solve().x)
    solution = session.solve()
    assert solution.status == TIME_LIMIT
    assert solution.objective == exactly(4.0)
    assert solution.bound < 4.0
    assert solution.gap > 0.0


@pytest.mark.parametrize("options", [WHOLE, small(MIDDLING)], ids=["whole", "linear"])
def test_a_time_limit_that_leaves_no_point_is_a_failure(options: Options) -> None:
    """NoProof where neither proof nor limit gives a point, as the session's docstring says."""
    with pytest.raises(NoProof):
        Session(arrays_of(options), time_limit=0.0, presolve="off").solve()


def test_a_linear_program_that_is_stopped_claims_no_proof() -> None:
    """Three systems could be bought at 1 and sold at 1.5; stopped at nothing the gap is not closed."""
    offerings = [purchase(resale=(1.0, 1.5), max_total=3.0)]
    arrays = arrays_of(world(periods=2, demand=0.0, offerings=offerings))
    assert Session(arrays).solve().objective == exactly(-1.5)
    stopped = Session(arrays, time_limit=0.0, presolve="off", simplex_strategy=4).solve()
    assert (stopped.status, stopped.objective) == (TIME_LIMIT, exactly(0.0))
    assert stopped.bound <= -1.5
    assert stopped.gap > 0.0


@pytest.mark.parametrize(
    ("name", "value"),
    [("no_such_option", 1), ("time_limit", -1.0), ("time_limit", "soon"), ("solver", "magic")],
)
def test_an_option_that_is_refused_is_an_error(name: str, value: object) -> None:
    """Never silently ignored."""
    with pytest.raises(RuntimeError, match=f"^HiGHS refused option {name}={value}$"):
        Session(arrays_of(world()), **{name: value})


def test_a_call_that_is_refused_is_an_error() -> None:
    """A row or a point that does not exist."""
    session = Session(arrays_of(world()))
    one = np.array([1.0])
    with pytest.raises(RuntimeError, match=r"^HiGHS refused changeRowsBounds$"):
        session.set_row_bounds([99], one, one)
    with pytest.raises(RuntimeError, match=r"^HiGHS refused changeColsBounds$"):
        session.set_column_bounds([99], one, one)
    with pytest.raises(RuntimeError, match=r"^HiGHS refused setSolution$"):
        session.start_from(np.zeros(99))


def test_moved_row_bounds_give_the_answer_of_a_fresh_session() -> None:
    """4 MW, then 2.5, then 1 on one session: 4, 17.5, 31, as when each is solved by itself."""
    statement = state(build(world(power_mw=4.0)))
    session = Session(compile_arrays(statement))
    row = statement.labels.index(("power", ("campus", 0)))
    for power_mw, musd in ((4.0, 4.0), (2.5, 17.5), (1.0, 31.0), (4.0, 4.0)):
        session.set_row_bounds([row], np.array([-np.inf]), np.array([power_mw]))
        assert session.solve().objective == exactly(musd)
        assert solve(world(power_mw=power_mw)).musd == exactly(musd)


def test_moved_column_bounds_give_the_answer_of_a_fresh_session() -> None:
    """Deliveries closed: 40; held at exactly 6: 6; open again: 4."""
    program = build(world())
    session = Session(compile_arrays(state(program)))
    column = program.space.at("deliver", "buy", "campus", 0)
    for low, high, musd in ((0.0, 0.0, 40.0), (6.0, 6.0, 6.0), (0.0, np.inf, 4.0)):
        session.set_column_bounds([column], np.array([low]), np.array([high]))
        assert session.solve().objective == exactly(musd)


def test_the_reduced_cost_of_an_unused_offer_is_what_it_must_fall_by() -> None:
    """Beside an offer at 1 one at 1.5 is not bought until it costs 0.5 less."""
    program = build(world(offerings=[purchase(), purchase("dear", price=1.5e6)]))
    solution = Session(compile_arrays(state(program))).solve()
    assert solution.reduced[program.space.at("deliver", "dear", "campus", 0)] == exactly(0.5)


def test_the_solver_says_its_version() -> None:
    """As manifests record it."""
    assert solver_version().startswith("HiGHS 1.")
