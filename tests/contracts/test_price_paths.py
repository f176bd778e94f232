"""How a price moves: escalators, memory passed on, quotes that expire."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import contract, refused, run, under

IN_2029 = {"available_from": "2029", "available_until": "2029"}
MEMORY = "based_on: buy, terms: {pass_through: {memory: hbm3e, share: 50 %, base: 10 USD/GB, prices: [{begins: 2028, price: 30 USD/GB}, {begins: 2030, price: 5 USD/GB}]}}"  # fmt: skip
"""A box holds 1,000 GB: 0.01 MUSD dearer from 2028 on, 0.0025 MUSD cheaper from 2030 on."""
QUOTES = "based_on: buy, terms: {quotes: {ladder: [{price: 0.8 MUSD, until: 2027-06-30}, {price: 0.9 MUSD, until: 2028-12-31}]}}"  # fmt: skip


def test_an_escalator_raises_what_is_bought_later(tmp_path: Path) -> None:
    """5 % a year since 2027: ten boxes of 2029 cost 10 · 1.05² = 11.025; without it 10."""
    made = run(tmp_path, contract("based_on: buy, terms: {escalator: {per_year: 5 %/year}}"), under(**IN_2029))  # fmt: skip
    assert made.musd("purchase", 2) == pytest.approx(11.025)
    assert run(tmp_path, under("buy", **IN_2029)).musd("purchase", 2) == pytest.approx(10)


def test_an_escalator_of_a_term_counts_from_its_own_beginning(tmp_path: Path) -> None:
    """Signed for 2029 at 100 USD an hour: 8.766 MUSD, then 5 % more; what came before does not matter."""
    text = "based_on: reserve, terms: {escalator: {per_year: 5 %/year}}"
    made = run(tmp_path, contract(text), under(sites="[cloud]", price="100 USD/chip/h", **IN_2029))
    assert [made.musd("reservation", t) for t in (2, 3)] == pytest.approx([8.766, 8.766 * 1.05])


@pytest.mark.parametrize(("year", "musd"), [("2027", 10.0), ("2028", 10.1), ("2029", 10.1), ("2030", 9.975)])  # fmt: skip
def test_memory_is_passed_on_at_its_contract_price(tmp_path: Path, year: str, musd: float) -> None:
    """Half of 20 USD on 1,000 GB of ten boxes is 0.1 MUSD; half of −5 is −0.025."""
    in_year = {"available_from": year, "available_until": year}
    made = run(tmp_path, contract(MEMORY), under(**in_year))
    assert made.musd("purchase") == pytest.approx(musd)
    assert run(tmp_path, under("buy", **in_year)).musd("purchase") == pytest.approx(10)


@pytest.mark.parametrize(
    ("lead", "year", "musd"),
    [("4 weeks", "2027", 8.0), ("4 weeks", "2028", 9.0), ("40 weeks", "2028", 8.0), ("4 weeks", "2029", 9.0)],
)  # fmt: skip
def test_a_quote_holds_for_orders_placed_before_it_expires(
    tmp_path: Path, lead: str, year: str, musd: float
) -> None:
    """0.8 MUSD ordered by 2027-06-30, 0.9 by 2028-12-31: what counts is the order, not the delivery.

    Forty weeks before 2028 is 2027-03-27; four weeks before 2028 is in December 2027.
    """
    in_year = {"lead_time": lead, "available_from": year, "available_until": year}
    made = run(tmp_path, contract(QUOTES), under(**in_year))
    assert made.musd("purchase") == pytest.approx(musd)


def test_after_the_last_quote_there_is_no_offer(tmp_path: Path) -> None:
    """Deliveries of 2030 would be ordered in December 2029; the twin without quotes is on offer."""
    in_2030 = {"available_from": "2030", "available_until": "2030"}
    said = refused(tmp_path, contract(QUOTES), under(**in_2030))
    assert "every quote has expired" in said
    assert run(tmp_path, under("buy", **in_2030)).musd("purchase") == pytest.approx(10)


def test_quotes_out_of_order_and_of_the_wrong_kind_are_refused(tmp_path: Path) -> None:
    """A rate for a purchase, and an expiry before the one before: both at their places."""
    text = QUOTES.replace("price: 0.9 MUSD, until: 2028-12-31", "rate: 2 USD/chip/h, until: 2026-12-31")  # fmt: skip
    said = refused(tmp_path, contract(text), under())
    assert "contracts.ours.terms.quotes.ladder.1: a quote where ownership is 'own'" in said
    assert "contracts.ours.terms.quotes.ladder: a quote expires before" in said
