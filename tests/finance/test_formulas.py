"""Formulas of time value against published figures, closed forms and another library."""

from __future__ import annotations

from datetime import date

import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from planner.annuity import capital_recovery_factor, present_value_of_annuity, real_rate
from planner.finance.formulas import (
    dated_value,
    internal_rate_of_return,
    net_present_value,
    payback_years,
)

RATES = st.floats(-0.5, 2.0).filter(lambda rate: abs(rate) > 1e-6)
YEARS = st.integers(1, 60)


def test_the_published_factors_come_out() -> None:
    """CRF(7 %, 20) = 0.09439; 10 a year for 20 years at 5 % = 124.62; annuity(7 %, 25) = 0.0858."""
    assert capital_recovery_factor(0.07, 20) == pytest.approx(0.09439, abs=5e-6)
    assert 10 * present_value_of_annuity(0.05, 20) == pytest.approx(124.62, abs=5e-3)
    assert capital_recovery_factor(0.07, 25) == pytest.approx(0.0858, abs=5e-5)


def test_at_a_zero_rate_an_annuity_is_its_years_and_nothing_jumps_on_the_way_there() -> None:
    """8 years of 1 are worth 8; at a rate of a billionth they differ by billionths."""
    assert present_value_of_annuity(0.0, 8) == 8.0
    assert capital_recovery_factor(0.0, 8) == 1 / 8
    assert present_value_of_annuity(1e-9, 8) == pytest.approx(8.0, rel=1e-6)


def test_for_ever_is_worth_one_over_the_rate_and_nothing_finite_at_zero() -> None:
    """1 a year for ever at 5 % is 20; at 0 % or below no sum is enough."""
    assert present_value_of_annuity(0.05, float("inf")) == 20.0
    for rate in (0.0, -0.01):
        with pytest.raises(ValueError, match="for ever"):
            present_value_of_annuity(rate, float("inf"))


@given(RATES, YEARS)
def test_an_annuity_is_the_value_of_its_payments_and_its_factor_their_inverse(
    rate: float, years: int
) -> None:
    """(1 − (1+r)^−n) / r is Σ (1+r)^−k, negative rates included, and CRF × PV = 1."""
    worth = present_value_of_annuity(rate, years)
    assert worth == pytest.approx(net_present_value(rate, [0.0, *[1.0] * years]), rel=1e-6)
    assert capital_recovery_factor(rate, years) * worth == pytest.approx(1.0)


@given(RATES, st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=12))
def test_net_present_value_agrees_with_another_library(rate: float, flows: list[float]) -> None:
    ours = net_present_value(rate, flows)
    assert ours == pytest.approx(pyxirr.npv(rate, flows), rel=1e-9, abs=1e-3)
    assert ours == pytest.approx(dated_value(rate, list(enumerate(flows))), rel=1e-9, abs=1e-6)


@given(st.floats(10.0, 1e6), st.lists(st.floats(1.0, 1e6), min_size=1, max_size=12))
def test_the_internal_rate_agrees_with_another_library(paid: float, earned: list[float]) -> None:
    """Where both find one; ours is none where the earnings never cover what was paid."""
    ours = internal_rate_of_return([(0, -paid), *((k + 1, usd) for k, usd in enumerate(earned))])
    if sum(earned) <= paid:
        assert ours is None
    else:
        theirs = pyxirr.irr([-paid, *earned])
        assert theirs is not None
        assert ours == pytest.approx(theirs, rel=1e-6, abs=1e-8)


def test_the_internal_rate_of_dated_amounts_agrees_with_another_library() -> None:
    """Paid on a New Year's Day, earned one and two years of 365 days later."""
    days = [date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)]
    theirs = pyxirr.xirr(days, [-100.0, 40.0, 90.0])
    assert internal_rate_of_return([(0, -100.0), (1, 40.0), (2, 90.0)]) == pytest.approx(theirs, abs=1e-9)  # fmt: skip


def test_no_single_rate_is_quoted_where_there_is_none() -> None:
    """Money first and payments later, or a sign that turns twice, is no return."""
    assert internal_rate_of_return([(0, 100.0), (1, -110.0)]) is None
    assert internal_rate_of_return([(0, -100.0), (1, 250.0), (2, -160.0), (3, 20.0)]) is None
    assert internal_rate_of_return([]) is None


def test_payback_is_when_it_is_covered_for_good() -> None:
    """−100 + 60 + 80: half of the second year; a later outlay of 100 undoes it until the fourth."""
    assert payback_years([(0, -100.0), (1, 60.0), (2, 80.0)]) == 1.5
    assert payback_years([(0, -100.0), (1, 60.0), (2, 80.0), (3, -100.0), (4, 120.0)]) == 3.5
    assert payback_years([(0, -100.0), (1, 60.0), (2, 80.0), (3, -100.0)]) is None


def test_a_real_rate_takes_inflation_out() -> None:
    """1.09 / 1.025 − 1 = 6.34 %; equal rates leave 0, a lower rate less than 0."""
    assert real_rate(0.09, 0.025) == pytest.approx(0.0634146)
    assert real_rate(0.03, 0.03) == 0.0
    assert real_rate(0.02, 0.05) < 0
