"""Prices in other currencies: a dated rate turns them into dollars, without one they are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import contract, refused, run, under

EURO = (
    "contracts: {}",
    "exchange_rates: {EUR: {rate: 1.25 USD, as_of: 2026-11-20}}\ncontracts: {}",
)


def test_a_price_in_euro_is_what_its_rate_makes_it(tmp_path: Path) -> None:
    """Ten boxes at 0.8 MEUR and 1.25 USD each: 10 MUSD, as the twin in dollars."""
    made = run(tmp_path, EURO, under("buy", price="0.8 MEUR"))
    assert made.musd("purchase") == pytest.approx(10)
    assert run(tmp_path, under("buy", price="1 MUSD")).musd("purchase") == pytest.approx(10)


def test_rates_reach_every_amount_steps_facts_and_compound_units(tmp_path: Path) -> None:
    """0.8 then 1.6 MEUR by year; a lease of 8 kEUR/system/month as a fact is 10 kUSD."""
    steps = {"available_from": "2028", "available_until": "2028"}
    made = run(tmp_path, EURO, under("buy", price="{2027: 0.8 MEUR, 2028: 1.6 MEUR}", **steps))
    assert made.musd("purchase") == pytest.approx(20)
    fact = "[{value: 8, unit: kEUR/system/month, as_of: 2026-01, quality: measured, source: bench}]"
    key, ours = contract(f"terms: {{ownership: lease, term: 1 year, lease: {{rate: {fact}}}}}")
    leased = run(tmp_path, (key, EURO[1].replace(key, ours)), under())
    assert leased.musd("lease") == pytest.approx(10 * 10e3 * 12 / 1e6)


def test_currencies_mixed_without_a_rate_are_refused_at_every_place(tmp_path: Path) -> None:
    """A price in euro beside one in pounds: the euro has a rate, the pound has none."""
    said = refused(tmp_path, EURO, under("buy", price="{2027: 0.8 MEUR, 2028: 0.7 MGBP}"))
    assert f"SCN019 {tmp_path}/deal.yaml:25 offers.deal.price.2028: the amount is in GBP" in said
    assert "exchange_rates: {GBP:" in said
    assert "EUR," not in said


def test_a_rate_needs_its_day_and_is_in_dollars(tmp_path: Path) -> None:
    """Undated, or in a currency itself, it is refused as any other key is."""
    undated = (EURO[0], EURO[1].replace(", as_of: 2026-11-20", ""))
    assert "exchange_rates.EUR.as_of" in refused(tmp_path, undated, under("buy"))
    circular = (EURO[0], EURO[1].replace("1.25 USD", "1.25 EUR"))
    assert "exchange_rates.EUR.rate" in refused(tmp_path, circular, under("buy"))
