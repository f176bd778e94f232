"""Prepaying a term: the ladder of none, part and all of it upfront."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import contract, refused, run, under

PROVES = ("prepayment on deliver",)
HOSTED = {"sites": "[cloud]", "price": "100 USD/chip/h"}
YEAR = 10 * 100 * 8766 / 1e6
"""Ten boxes for a year: 8.766 MUSD."""


def upfront(share: str, discount: str, term: str = "2 year") -> tuple[str, str]:
    return contract(f"based_on: reserve, terms: {{term: {term}, prepayment: {{share: {share}, discount: {discount}}}}}")  # fmt: skip


def test_part_upfront_is_paid_when_the_term_begins_and_lowers_every_payment(tmp_path: Path) -> None:
    """Half upfront at 4 % less: two years of 8.41536; 8.41536 at the start, 4.20768 in each year."""
    made = run(tmp_path, upfront("50 %", "4 %"), under(**HOSTED))
    year = YEAR * 0.96
    assert [made.musd("prepayment", t) for t in range(2)] == pytest.approx([year, 0])
    assert [made.musd("reservation", t) for t in range(3)] == pytest.approx([year / 2, year / 2, 0])


def test_all_upfront_leaves_nothing_to_pay_later(tmp_path: Path) -> None:
    """Everything at the start at 7 % less, discounted not at all at 10 %; the twin pays by the year.

    2 · 8.766 · 0.93 = 16.3048; by the year 8.766 · (1.1^-0.5 + 1.1^-1.5) = 15.9564.
    """
    rate = ("discount_rate: 0 %/year", "discount_rate: 10 %/year")
    made = run(tmp_path, rate, upfront("100 %", "7 %"), under(**HOSTED))
    twin = run(tmp_path, rate, under("reserve", **HOSTED))
    assert made.musd("reservation") == 0
    assert twin.npv_musd - made.npv_musd == pytest.approx(
        2 * YEAR * 0.93 - YEAR * (1.1**-0.5 + 1.1**-1.5)
    )
    assert made.capex_musd == twin.capex_musd == 0


def test_what_is_prepaid_past_the_horizon_is_worth_what_was_paid_for_it(tmp_path: Path) -> None:
    """A term of four years from 2029 on: 4 years prepaid, 2 of them beyond 2030 are worth 17.532.

    Undiscounted both cancel against the twin that pays by the year: 17.532 MUSD of cost either way.
    """
    late = {**HOSTED, "available_from": "2029", "available_until": "2029"}
    made = run(tmp_path, upfront("100 %", "0 %", "4 year"), under(**late))
    assert made.musd("prepayment", 2) == pytest.approx(4 * YEAR)
    assert made.musd("remaining value", 3) == pytest.approx(-2 * YEAR)
    by_year = run(tmp_path, contract("based_on: reserve, terms: {term: 4 year}"), under(**late))
    assert by_year.musd("reservation") == pytest.approx(2 * YEAR)
    assert made.npv_musd == pytest.approx(by_year.npv_musd)


def test_five_years_take_a_stated_discount_on_the_hourly_price(tmp_path: Path) -> None:
    """200 USD an hour posted, 65 % less for five years: 70 USD, 6.1362 MUSD a year for ten boxes."""
    five = "based_on: reserve, terms: {term: 5 year, discount: 65 %, outlives: true}"
    made = run(tmp_path, contract(five), under(sites="[cloud]"))
    assert made.musd("reservation", 0) == pytest.approx(10 * 70 * 8766 / 1e6)


def test_a_prepaid_term_cannot_be_cancelled_nor_exceed_itself(tmp_path: Path) -> None:
    """Both are said at once, each at its place."""
    text = (
        "based_on: reserve, terms: {cancellable: true, exit_fee: 50 %, prepayment: {share: 120 %}}"
    )
    said = refused(tmp_path, contract(text), under(**HOSTED))
    assert "CAT008" in said
    assert "contracts.ours.terms.prepayment.share: 120% is more" in said
    assert "contracts.ours.terms.prepayment: what is paid in advance" in said
