"""Obligations past the horizon: long terms are not free, and they are not pure loss either."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import contract, run, under
from tests.contracts.papers import discounted

PROVES = ("obligation past horizon on deliver", "obligation past horizon on own")
FALLING = "{2027: 100 USD/chip/h, 2030: 60 USD/chip/h}"
IN_2029 = {
    "sites": "[cloud]",
    "available_from": "2029",
    "available_until": "2029",
    "price": FALLING,
}
"""Ten boxes signed in 2029 at 100 USD/h, 0.8766 MUSD a year each; by 2030 a box is had for 60."""


def test_a_term_that_outlives_the_horizon_is_charged_what_it_owes_above_the_market(
    tmp_path: Path,
) -> None:
    """Three years from 2029: two are paid, 17.532. 2031 owes 8.766 and is worth 60/100 of it: 3.5064.

    No cash of the horizon; the commitment table shows what is owed, what it is worth, and the charge.
    """
    made = run(tmp_path, contract("based_on: reserve, terms: {term: 3 years}"), under(**IN_2029))
    assert made.musd("reservation") == pytest.approx(17.532)
    assert made.musd("obligation past horizon") == pytest.approx(3.5064)
    assert all(row["account"] != "obligation past horizon" for row in made.table("cash"))
    (row,) = made.table("commitments")
    assert (row["cohort"], row["ends"]) == ("2029", "2032-01-01")
    assert float(row["paid_usd"]) == pytest.approx(17.532e6)
    assert float(row["owed_past_horizon_usd"]) == pytest.approx(8.766e6)
    assert float(row["worth_past_horizon_usd"]) == pytest.approx(5.2596e6)
    assert float(row["charged_past_horizon_usd"]) == pytest.approx(3.5064e6)


def test_a_term_inside_the_horizon_owes_nothing(tmp_path: Path) -> None:
    """The twin: two years from 2029 end with it."""
    made = run(tmp_path, under("reserve", **IN_2029))
    assert made.musd("reservation") == pytest.approx(17.532)
    assert made.musd("obligation past horizon") == 0
    (row,) = made.table("commitments")
    assert float(row["owed_past_horizon_usd"]) == 0


def test_at_a_steady_price_what_is_owed_is_worth_what_it_costs(tmp_path: Path) -> None:
    """100 USD/h then as now: the obligation cancels against its service."""
    steady = {**IN_2029, "price": "100 USD/chip/h"}
    made = run(tmp_path, contract("based_on: reserve, terms: {term: 3 years}"), under(**steady))
    assert made.musd("obligation past horizon") == 0


def test_the_charge_is_discounted_from_the_middle_of_the_year_it_is_owed_in(tmp_path: Path) -> None:
    """At 10 % the 3.5064 of mid-2031 count 3.5064 · 1.1^-0.5 at the end of 2030."""
    made = run(
        tmp_path,
        discounted(),
        contract("based_on: reserve, terms: {term: 3 years}"),
        under(**IN_2029),
    )
    assert made.musd("obligation past horizon") == pytest.approx(3.5064 * 1.1**-0.5)


def test_a_term_that_may_be_left_is_charged_at_most_its_exit_fee(tmp_path: Path) -> None:
    """Leaving at the end of 2030 costs 20 % of the 8.766 owed: 1.7532, less than 3.5064."""
    text = "based_on: reserve, terms: {term: 3 years, cancellable: true, exit_fee: 20 %}"
    made = run(
        tmp_path, contract(text), under(**IN_2029), ("demand: 1 Mtok/h", "demand: 10 Gtok/h")
    )
    assert made.musd("obligation past horizon") == pytest.approx(1.7532)
