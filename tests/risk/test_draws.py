"""Draws: the same for a seed, balanced, weighted by stratum, correlated as asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from planner.errors import InvalidData
from planner.options.join import join
from planner.risk.draws import Draws, draw, power_of_two
from planner.risk.drivers import Driver, drivers, horizon_years, within_horizon
from planner.risk.paths import Paths, s_curve
from planner.risk.twins import beliefs_of
from planner.scenario.beliefs.correlation import Correlation, correlation_matrix, nearest
from tests.risk.risky import risky
from tests.support import problems

UNIT = [Driver("demand", lambda u: u), Driver("memory", lambda u: u), Driver("slip.a", lambda u: u)]


def pair(a: str, b: str, rho: float) -> Correlation:
    return Correlation(between=(a, b), rho=rho, basis="a test")  # type: ignore[arg-type]


def test_the_same_seed_gives_the_same_draws_and_another_gives_others() -> None:
    one, two, other = (draw(UNIT, (), 64, seed) for seed in (7, 7, 8))
    assert (one.values == two.values).all()
    assert (one.values != other.values).any()


def test_every_driver_is_balanced() -> None:
    """Sobol: of 64 scores exactly one falls into each sixty-fourth, in every dimension."""
    found = draw(UNIT, (), 64, 7)
    for k in range(3):
        assert sorted((found.values[:, k] * 64).astype(int)) == list(range(64))


def test_half_the_draws_see_the_rare_event_and_weigh_as_little_as_it_is_likely() -> None:
    """A chance of 8 % in 64 draws: 32 inside weigh 0.0025 each, and the mean stays unbiased."""
    found = draw(UNIT, (), 64, 7, rare=0.08)
    inside = found.values[:, 0] < 0.08
    assert inside.sum() == 32
    assert found.probabilities[inside] == pytest.approx(np.full(32, 0.08 / 32))
    assert found.probabilities.sum() == pytest.approx(1.0)
    assert found.probabilities @ found.values[:, 0] == pytest.approx(0.5, abs=2e-3)
    plain = draw(UNIT, (), 64, 7)
    assert (plain.values[:, 0] < 0.08).sum() == 5


def test_correlations_are_those_asked_for_and_none_otherwise() -> None:
    """Spearman of a Gaussian copula is 6/π · asin(ρ/2): 0.583 at ρ = 0.6."""
    tied = draw(UNIT, [pair("demand", "memory", 0.6)], 4096, 7)
    assert np.corrcoef(tied.values.T)[0, 1] == pytest.approx(6 / np.pi * np.arcsin(0.3), abs=5e-3)
    assert abs(np.corrcoef(tied.values.T)[0, 2]) < 5e-3


def test_a_pair_holds_for_every_member_of_a_group_and_year_by_year() -> None:
    names = ["demand", "slip.a", "slip.b", "memory_price.0", "memory_price.1", "rental_price.0"]
    matrix = correlation_matrix(
        names, [pair("demand", "slip", 0.3), pair("memory_price", "rental_price", 0.5)]
    )
    assert matrix[0, 1] == matrix[0, 2] == 0.3
    assert matrix[1, 2] == 0.0
    assert (matrix[3, 5], matrix[4, 5]) == (0.5, 0.0)


def test_what_is_drawn_once_correlates_with_the_sum_of_a_paths_shocks() -> None:
    """0.6 over four years is 0.3 with each: Σ 0.3 / √4 = 0.6; a year alone would carry all of it."""
    path = [f"memory_price.{year}" for year in range(4)]
    tie = [pair("demand", "memory_price", 0.6)]
    assert correlation_matrix(["demand", *path], tie)[0, 1:] == pytest.approx(np.full(4, 0.3))
    assert correlation_matrix(["demand", path[0]], tie)[0, 1] == pytest.approx(0.6)


def test_contradicting_correlations_name_the_nearest_possible() -> None:
    """All pairs of three at −0.9 are impossible: the nearest for three alike is −1/2."""
    pairs = [pair("demand", "memory", -0.9), pair("demand", "slip", -0.9), pair("memory", "slip", -0.9)]  # fmt: skip
    with pytest.raises(InvalidData, match=r"RSK009.*(?s:.*)-0\.50"):
        draw(UNIT, pairs, 64, 7)
    near = nearest(correlation_matrix(["demand", "memory", "slip"], pairs))
    assert near[0, 1] == pytest.approx(-0.5, abs=1e-6)
    draw(UNIT, [pair("demand", "memory", -0.9)], 64, 7)


def test_numbers_of_draws_are_rounded_up_to_powers_of_two() -> None:
    assert [power_of_two(n) for n in (1, 2, 3, 1000, 1024, 1025)] == [1, 2, 4, 1024, 1024, 2048]


def test_the_s_curve_begins_and_ends_and_stands_half_way_in_the_middle() -> None:
    assert s_curve(np.array([-1, 0, 1, 2, 3.0]), 2.0).tolist() == [0, 0, 0.5, 1, 1]
    assert s_curve(np.array([-0.1, 0.0]), 0.0).tolist() == [0, 1]


def test_displaced_shares_always_add_up_to_the_whole(tmp_path: Path) -> None:
    paths = _paths(tmp_path, 64)
    for number in range(64):
        states = paths.states(number, "chat", "small-8b")
        total = states.attention + states.hybrid + states.attention_free
        assert total == pytest.approx(np.ones(4), abs=1e-12)
        assert min(states.attention.min(), states.hybrid.min(), states.attention_free.min()) >= -1e-12  # fmt: skip


def test_without_displacement_everything_stays(tmp_path: Path) -> None:
    quiet = ("hybrid: {family: gamma, mean: 0.07 1/year, shape: 1.2, basis: public odds}", "hybrid: {family: never, basis: a test}")  # fmt: skip
    paths = _paths(tmp_path, 8, quiet)
    assert all((paths.displaced(n) == 0).all() for n in range(8))
    assert paths.draws.probabilities == pytest.approx(np.full(8, 1 / 8))


def test_prices_revert_to_the_scenarios_path(tmp_path: Path) -> None:
    """One shock of 0.2 in the first year and none after, at a reversion of 0.5: 0.2, 0.2 · e^−0.5."""
    base = _paths(tmp_path, 8, ("periods: 4", "periods: 8"))
    names = ("hardware_price.0", "hardware_price.1")
    draws = Draws(7, names, np.array([[0.2, 0.0]]), np.ones(1))
    found = Paths(base.options, base.beliefs, draws).price(0, "hardware_price")
    assert found == pytest.approx([np.exp(0.2)] * 4 + [np.exp(0.2 * np.exp(-0.5))] * 4)


def _paths(folder: Path, count: int, *edits: tuple[str, str]) -> Paths:
    loaded = risky(folder, *edits)
    options, beliefs = join(loaded), beliefs_of(loaded)
    rare = within_horizon(beliefs, options)
    return Paths(options, beliefs, draw(drivers(beliefs, options, ()), beliefs.correlations, count, 7, rare))  # fmt: skip


def test_the_horizon_is_counted_from_the_as_of_date(tmp_path: Path) -> None:
    """20 November 2026 to 1 January 2028: 407 days."""
    assert horizon_years(join(risky(tmp_path))) == pytest.approx(407 / 365.25)


FLAT = [
    ("demand: {spread: 30 %/year", "demand: {spread: 0 %/year", "demand"),
    ("memory: {spread: 0.2", "memory: {spread: 0", "memory"),
    ("slip: {chance: 50 %", "slip: {chance: 0 %", "slip"),
    ("energy_price: {volatility: 15 %/year", "energy_price: {volatility: 0 %/year", "energy_price"),
]


@pytest.mark.parametrize(("anchor", "wrong", "name"), FLAT, ids=[f[2] for f in FLAT])
def test_a_belief_that_varies_nothing_is_refused(
    tmp_path: Path, anchor: str, wrong: str, name: str
) -> None:
    (problem,) = problems(risky, tmp_path, (anchor, wrong))
    assert (problem.code, problem.key) == ("RSK010", f"risk.beliefs.{name}")
    risky(tmp_path)


def test_beliefs_that_name_nothing_or_contradict_each_other_are_refused(tmp_path: Path) -> None:
    """Each with its code and key; the scenario they spoil loads."""
    tie = "      - {between: [demand, memory_price], rho: 0.4, basis: a guess}\n"
    spoilt = [
        ("SCN001", "risk.beliefs.vendor_failure.of.acne", ("{of: {acme:", "{of: {acne:")),
        ("SCN001", "risk.beliefs.displacement.takeover_of.chta", ("      takeover: 6 month", "      takeover_of: {chta: 1 year}\n      takeover: 6 month")),
        ("RSK015", "risk.beliefs.correlations.0", ("[demand, memory_price]", "[demand, supersession]")),
        ("RSK009", "risk.beliefs.correlations", (tie, tie + tie.replace("demand", "memory").replace("0.4", "0.9") + tie.replace("memory_price", "memory").replace("0.4", "-0.9"))),
    ]  # fmt: skip
    for code, key, edit in spoilt:
        (problem,) = problems(risky, tmp_path, edit)
        assert (problem.code, problem.key) == (code, key)


def test_paired_draws_differ_in_the_date_alone() -> None:
    """Eight draws: four points of everything else, each once inside the horizon and once outside; the
    date's quantiles and the weights of the two strata are as without pairs.
    """
    date = Driver("hybrid", lambda scores: scores, "date")
    other = Driver("other", lambda scores: scores)
    paired = draw([date, other], (), 8, 3, rare=0.25, paired=True)
    plain = draw([date, other], (), 8, 3, rare=0.25)
    inside = paired.values[:, 0] < 0.25
    assert inside.tolist() == [True] * 4 + [False] * 4
    assert (paired.values[:4, 1] == paired.values[4:, 1]).all()
    assert paired.values[4:, 0] == pytest.approx(0.25 + paired.values[:4, 0] * 3)
    assert paired.probabilities[inside].sum() == pytest.approx(0.25)
    assert len(set(plain.values[:, 1])) == 8
