"""How long spells last: every family's survival, its dates, and the published odds they carry."""

from __future__ import annotations

from math import exp, inf, log

import pytest
from pydantic import TypeAdapter, ValidationError

from planner.scenario.hazards import Hazard
from planner.scenario.hazards.spell import Spell

FAMILIES = [
    {"family": "exponential", "hazard": "0.1 1/year"},
    {"family": "gamma", "mean": "0.07 1/year", "shape": 1.2},
    {"family": "lognormal", "median": "10.5 year", "sigma": 0.66, "age": "9.4 year"},
    {"family": "piecewise", "hazards": {0: "0.05 1/year", 2: "0 1/year", 3: "0.2 1/year"}},
    {"family": "quantiles", "chances": {2: "10 %", 5: "40 %", 10: "70 %"}},
]


def spell(told: dict[str, object]) -> Spell:
    return TypeAdapter(Hazard).validate_python({"basis": "a test", **told})


@pytest.mark.parametrize("told", FAMILIES, ids=lambda told: str(told["family"]))
def test_dates_and_survival_are_each_others_inverse(told: dict[str, object]) -> None:
    """S(t(u)) = 1 − u, S(0) = 1, and S never rises."""
    belief = spell(told)
    for chance in (0.05, 0.3, 0.5, 0.69):
        assert belief.survival(belief.years(chance)) == pytest.approx(1 - chance, abs=1e-9)
    years = [0.0, 0.5, 1.0, 2.0, 2.5, 4.0, 8.0, 30.0]
    survived = [belief.survival(year) for year in years]
    assert survived[0] == 1.0
    assert survived == sorted(survived, reverse=True)


def test_exponential_survival_is_the_closed_form() -> None:
    assert spell(FAMILIES[0]).survival(5.0) == pytest.approx(exp(-0.5), rel=1e-12)


def test_public_odds_of_ninety_percent_are_a_hazard_of_six_percent() -> None:
    """Asked in April 2025 for January 2027, 1.71 years on: −ln 0.9 / 1.71 = 0.061 a year."""
    hazard = -log(0.90) / 1.71
    assert hazard == pytest.approx(0.061, abs=1e-3)
    assert spell({"family": "exponential", "hazard": f"{hazard} 1/year"}).survival(1.71) == pytest.approx(0.9)  # fmt: skip


def test_the_starting_belief_says_how_likely_transformers_still_lead() -> None:
    """Gamma of mean 0.07, shape 1.2: S(t) = (1 + 0.07 t / 1.2)^−1.2. By hand at the starts of
    2027, 2029 and 2031 seen from 20 November 2026 (0.115, 2.116, 4.115 years).
    """
    belief = spell(FAMILIES[1])
    for years in (0.115, 2.116, 4.115):
        assert belief.survival(years) == pytest.approx((1 + 0.07 / 1.2 * years) ** -1.2, rel=1e-12)
    assert [round(belief.survival(t), 3) for t in (0.115, 2.116, 4.115)] == [0.992, 0.87, 0.772]


def test_an_unknown_hazard_survives_longer_than_its_mean() -> None:
    """Mixing fattens the tail: at ten years (1 + 0.7 / 1.2)^−1.2 = 0.576 against e^−0.7 = 0.497."""
    mixed, plain = spell(FAMILIES[1]), spell({"family": "exponential", "hazard": "0.07 1/year"})
    assert mixed.survival(10.0) == pytest.approx(0.576, abs=1e-3)
    assert plain.survival(10.0) == pytest.approx(0.497, abs=1e-3)


def test_a_spell_that_has_lasted_knows_it() -> None:
    """Log-normal of six past spells, 9.4 years old: 0.556 for five more as published from unrounded figures, 0.558 from these; a young one 0.87."""
    assert spell(FAMILIES[2]).survival(5.0) == pytest.approx(0.556, abs=3e-3)
    assert spell({**FAMILIES[2], "age": "0 year"}).survival(5.0) == pytest.approx(0.870, abs=2e-3)


def test_what_never_or_surely_ends() -> None:
    assert spell({"family": "never"}).years(0.99) == inf
    assert spell({"family": "exponential", "hazard": "0 1/year"}).years(0.99) == inf
    sure = spell({"family": "sure", "after": "2 year"})
    assert (sure.years(0.01), sure.years(0.99)) == (2.0, 2.0)
    assert (sure.survival(1.99), sure.survival(2.0)) == (1.0, 0.0)
    tail = spell({"family": "piecewise", "hazards": {0: "0.1 1/year", 1: "0 1/year"}})
    assert tail.years(0.5) == inf


@pytest.mark.parametrize(
    "told",
    [
        {"family": "quantiles", "chances": {2: "40 %", 5: "10 %"}},
        {"family": "quantiles", "chances": {2: "100 %"}},
        {"family": "piecewise", "hazards": {1: "0.1 1/year"}},
        {"family": "piecewise", "hazards": {0: "-0.1 1/year"}},
        {"family": "exponential", "hazard": "-0.1 1/year"},
        {"family": "gamma", "mean": "0.07 1/year", "shape": 0},
    ],
    ids=["falling", "certain", "late-start", "negative-piece", "negative", "no-shape"],
)
def test_impossible_spells_are_refused(told: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        spell(told)
