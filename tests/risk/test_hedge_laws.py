"""Laws of hedging that hold whatever the problem, on problems small enough to check by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.errors import InvalidData, Usage
from planner.risk.chunks import Batch, HotStartMismatch, Means, evaluate, to_recheck
from planner.risk.crew import Local
from planner.risk.extensive import solve_extensive
from planner.risk.functional import Functional, cvar
from planner.risk.hedge import hedge
from planner.risk.lshaped import Search, solve_lshaped
from planner.risk.master import Cuts
from planner.risk.recourse import NoRecourse, Recourse
from planner.risk.stage import Bounds, TwoStage, World
from planner.risk.worth import gap_interval
from planner.solver.arrays import Arrays
from planner.solver.highs import Session
from tests.risk.problems import arrays, farmer, newsvendor

NEUTRAL = Functional()


def test_the_newsvendor_buys_the_critical_fractile() -> None:
    """Bought at 1, sold at 4, demand 1 to 100 alike: fractile (4 − 1) / 4, so 75 papers (or 76).

    By hand at 75: Σ min(d, 75) / 100 = (75·76/2 + 25·75) / 100 = 47.25 sold, 4·47.25 − 75 = 114.
    """
    problem = newsvendor(1.0, 4.0, range(1, 101))
    for decision in (
        solve_extensive(problem, NEUTRAL),
        solve_lshaped(problem, NEUTRAL, np.zeros(1)),
    ):
        assert decision.objective == pytest.approx(-114.0, abs=1e-6)
        assert 75 - 1e-6 <= decision.x[0] <= 76 + 1e-6
    dear = newsvendor(3.0, 4.0, range(1, 101))
    assert 25 - 1e-6 <= solve_extensive(dear, NEUTRAL).x[0] <= 26 + 1e-6


@pytest.mark.parametrize("omega", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("alpha", [0.3, 0.7, 0.95])
def test_the_extensive_form_and_the_decomposition_agree(omega: float, alpha: float) -> None:
    """To 1e-6 of the objective, for every weight and tail tried, on both problems."""
    functional = Functional(omega, alpha)
    for problem, begin in ((farmer(), np.full(3, 100.0)), (newsvendor(1, 4, range(1, 41)), np.zeros(1))):  # fmt: skip
        whole = solve_extensive(problem, functional)
        parts = solve_lshaped(problem, functional, begin)
        assert parts.objective == pytest.approx(whole.objective, rel=1e-6)
        assert parts.bound == pytest.approx(parts.objective, rel=1e-6)


def test_no_weight_on_the_tail_is_risk_neutral_and_a_tail_of_everything_is_the_mean() -> None:
    """ω = 0 whatever α; α → 0 whatever ω: both −108,390."""
    for functional in (Functional(0.0, 0.99), Functional(1.0, 1e-9)):
        assert solve_extensive(farmer(), functional).objective == pytest.approx(-108_390, rel=1e-6)


def test_hedging_never_worsens_the_tail_it_is_measured_by() -> None:
    """CVaR of the hedge is at most that of the risk-neutral decision, for every tail tried."""
    problem = newsvendor(1.0, 4.0, range(1, 41))
    neutral = solve_extensive(problem, NEUTRAL)
    weights = problem.probabilities
    for alpha in (0.1, 0.5, 0.9):
        hedged = solve_lshaped(problem, Functional(1.0, alpha), neutral.x)
        there = np.array([found.cost for found in evaluate(problem, hedged.x)])
        assert cvar(there, weights, alpha) <= cvar(neutral.costs, weights, alpha) + 1e-9


def test_kept_cuts_answer_for_another_weight_in_fewer_rounds() -> None:
    """Cuts belong to worlds: the second weight begins with those of the first."""
    problem, cuts, other = newsvendor(1.0, 4.0, range(1, 101)), Cuts(), Functional(0.5, 0.8)
    solve_lshaped(problem, NEUTRAL, np.zeros(1), cuts=cuts)
    fresh = solve_lshaped(problem, other, np.zeros(1))
    kept = solve_lshaped(problem, other, np.zeros(1), cuts=cuts)
    assert kept.objective == pytest.approx(fresh.objective, rel=1e-7)
    assert kept.rounds < fresh.rounds


def test_the_answer_is_the_same_for_any_number_of_workers() -> None:
    """40 worlds in three chunks: every cost and slope the same to the last bit."""
    problem = newsvendor(1.0, 4.0, range(1, 41))
    one = evaluate(problem, np.array([20.0]), Batch(rechecked=to_recheck(40, 7), cut=True))
    two = evaluate(
        problem, np.array([20.0]), Batch(Means(Local(2)), rechecked=to_recheck(40, 7), cut=True)
    )
    assert [f.cost for f in one] == [f.cost for f in two]
    assert all((a.slope == b.slope).all() for a, b in zip(one, two, strict=True))


def test_the_slope_of_a_world_is_the_change_of_its_cost() -> None:
    """One acre more of wheat, corn or beets in the poor year, against a difference of 1e-4 acres."""
    problem = farmer()
    at = np.array([160.0, 90.0, 240.0])
    poor = problem.worlds[0]
    slope = Recourse(problem).solve(poor, at, cut=True).slope
    assert slope is not None
    for crop in range(3):
        step = np.eye(3)[crop] * 1e-4
        up, down = (Recourse(problem).solve(poor, at + s).cost for s in (step, -step))
        assert slope[crop] == pytest.approx((up - down) / 2e-4, rel=1e-5)


def test_a_hot_answer_that_differs_from_the_cold_one_ends_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A session that forgets to reset a bound is caught by the cold check; without it, it is not."""
    capped = World("capped", 0.5, columns=_cap())
    problem = newsvendor(1.0, 4.0, (5, 50)).with_worlds([capped, World("free", 0.5)])
    decided = np.array([20.0])
    evaluate(problem, decided, Batch(rechecked=frozenset({0, 1})))
    honest = Session.load

    def forgetful(self: Session, arrays: Arrays) -> None:
        before = getattr(self, "arrays", arrays)
        honest(self, replace(arrays, upper=np.minimum(arrays.upper, before.upper)))

    monkeypatch.setattr(Session, "load", forgetful)
    evaluate(problem, decided)
    with pytest.raises(HotStartMismatch, match="RSK006: world 'free'"):
        evaluate(problem, decided, Batch(rechecked=frozenset({1})))


def _cap() -> Bounds:
    return Bounds(np.array([1], dtype=np.int32), np.array([0.0]), np.array([1.0]))


def test_a_world_without_recourse_is_named() -> None:
    """Two must be served, one was bought, nothing else is open: no plan, and the message says where."""
    base = arrays([1.0, 1.0], [[1, 1]], [2], [np.inf], upper=[np.inf, 0.0])
    problem = TwoStage(base, np.array([True, False]), [World("drought", 1.0)])
    with pytest.raises(NoRecourse, match="RSK004: in world 'drought'"):
        evaluate(problem, np.array([1.0]))


def test_probabilities_that_do_not_sum_are_refused() -> None:
    with pytest.raises(InvalidData, match=r"sum to 0\.9"):
        farmer((0.3, 0.3, 0.3))
    with pytest.raises(InvalidData, match="negative"):
        farmer((1.2, 0.3, -0.5))


@pytest.mark.parametrize(("omega", "alpha"), [(0.5, 0.0), (0.5, 1.0), (0.5, 95.0), (1.5, 0.9), (-0.1, 0.9)])  # fmt: skip
def test_a_weight_or_tail_out_of_range_is_refused(omega: float, alpha: float) -> None:
    with pytest.raises(Usage, match="RSK002"):
        Functional(omega, alpha)


def test_whole_units_are_refused_before_any_solve() -> None:
    problem = newsvendor(1.0, 4.0, (1, 2))
    whole = arrays([1.0, -4.0], [[-1, 1], [0, 1]], [-np.inf] * 2, [0, 1])
    whole.integer[0] = True
    with pytest.raises(Usage, match="RSK007"):
        TwoStage(whole, problem.first, problem.worlds)


def test_the_gap_interval_is_students() -> None:
    """Gaps 1, 2, 3, 2: mean 2, s 0.8165, t(0.95, 3) 2.3534: at most 2 + 2.3534 · 0.8165 / 2."""
    gap = gap_interval([1.0, 2.0, 3.0, 2.0])
    assert gap.at_most == pytest.approx(2 + 2.353363 * 0.8164966 / 2, rel=1e-6)


def test_a_search_that_may_not_go_on_says_it_has_no_proof() -> None:
    from planner.errors import NoProof

    with pytest.raises(NoProof, match="RUN005"):
        solve_lshaped(newsvendor(1, 4, range(1, 101)), NEUTRAL, np.zeros(1), Search(rounds=2))


def test_method_auto_takes_the_extensive_form_where_it_is_small() -> None:
    assert hedge(farmer(), NEUTRAL).method == "extensive"


def test_a_limit_shared_with_later_orders_binds_those_of_now() -> None:
    """At most 30 papers now and later together; a paper of later costs 2, one of now 1, the price is
    4. The unlimited decision is 50 now, which no plan of later could mend; both ways order 30.
    """
    matrix = [[-1, -1, 1], [0, 0, 1], [1, 1, 0]]
    base = arrays([1, 2, -4], matrix, [-np.inf] * 3, [0, 50, 30])
    day = [World("day", 1.0)]
    problem = TwoStage(base, np.array([True, False, False]), day)
    found = solve_lshaped(problem, Functional(), np.array([0.0]))
    assert found.x == pytest.approx([30.0])
    assert found.objective == pytest.approx(-90.0)
    assert solve_extensive(problem, Functional()).x == pytest.approx([30.0])
    free = replace(problem, base=replace(base, row_upper=np.array([0, 50, np.inf])))
    assert solve_lshaped(free, Functional(), np.array([0.0])).x == pytest.approx([50.0])
