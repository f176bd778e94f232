"""Operating lease: systems at our site for a term, for a monthly rate, then given back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import contract, refused, run, under

PROVES = (
    "lease on deliver",
    "lease on own",
    "lease upkeep on deliver",
    "lease upkeep on own",
)

TWO_YEARS = "terms: {ownership: lease, term: 2 year, lease: {rate: 20 kUSD/system/month, upkeep: 1 kUSD/system/month}}"  # fmt: skip
"""Ten boxes: 10 · 20 kUSD · 12 = 2.4 MUSD a year, and 0.12 MUSD of upkeep."""


def test_a_lease_is_paid_by_the_month_for_its_term_and_then_gone(tmp_path: Path) -> None:
    """2.4 MUSD in each of two years, and nothing afterwards; no capital, nothing remains."""
    made = run(tmp_path, contract(TWO_YEARS), under())
    assert [made.musd("lease", year) for year in range(4)] == pytest.approx([2.4, 2.4, 0, 0])
    assert [made.musd("lease upkeep", year) for year in range(4)] == pytest.approx(
        [0.12, 0.12, 0, 0]
    )
    assert made.capex_musd == 0
    assert made.musd("remaining value") == 0
    assert [row["period"] for row in made.table("fleet")] == ["2027", "2028"]


def test_the_twin_that_buys_pays_once_and_keeps(tmp_path: Path) -> None:
    """10 MUSD of capital in 2027, in service through all four years."""
    made = run(tmp_path, under("buy"))
    assert (made.musd("purchase", 0), made.musd("lease"), made.capex_musd) == (10, 0, 10)
    assert [row["period"] for row in made.table("fleet")] == ["2027", "2028", "2029", "2030"]


def test_upkeep_left_out_is_the_lessors(tmp_path: Path) -> None:
    """The same rate without upkeep costs 0.24 MUSD less."""
    bare = TWO_YEARS.replace(", upkeep: 1 kUSD/system/month", "")
    gap = run(tmp_path, contract(bare), under()).npv_musd - run(tmp_path, contract(TWO_YEARS), under()).npv_musd  # fmt: skip
    assert gap == pytest.approx(0.24)


def test_leased_systems_take_the_sites_power(tmp_path: Path) -> None:
    """Power for three boxes runs three of ten; hosted ones would not need it."""
    tight = ("power: 1 GW", "power: 3 MW")
    wanted = ("demand: 1 Mtok/h", "demand: 10 Gtok/h")
    made = run(tmp_path, contract(TWO_YEARS), tight, wanted, under())
    assert {round(float(row["systems"]), 6) for row in made.table("fleet")} == {3.0}
    assert made.answer["peak_mw"] == pytest.approx(3)


def test_an_escalator_raises_the_rate_at_the_anniversary(tmp_path: Path) -> None:
    """5 % a year: 2.4, then 2.52 MUSD."""
    rising = TWO_YEARS.replace("lease: {rate", "escalator: {per_year: 5 %/year}, lease: {rate")
    made = run(tmp_path, contract(rising), under())
    assert [made.musd("lease", year) for year in range(2)] == pytest.approx([2.4, 2.52])


def test_a_lease_ended_early_pays_its_exit_fee_on_what_is_left(tmp_path: Path) -> None:
    """Wanted in 2027 alone: half of 2028's 2.4 MUSD ends it; kept, it would owe 2.4 and its upkeep."""
    once = ("demand: 1 Mtok/h", "demand: {2027: 1 Mtok/h, 2028: 0 Mtok/h}")
    ending = TWO_YEARS.replace("term: 2 year", "term: 2 year, cancellable: true, exit_fee: 50 %")
    made = run(tmp_path, contract(ending), once, under())
    assert made.musd("exit fee", 1) == pytest.approx(1.2)
    assert [made.musd("lease", year) for year in range(2)] == pytest.approx([2.4, 0])
    assert made.musd("lease upkeep") == pytest.approx(0.12)


def test_the_offers_own_price_stands_before_the_contracts(tmp_path: Path) -> None:
    """A quote of 10 kUSD a month halves it; a price by the chip is refused with the unit it takes."""
    made = run(tmp_path, contract(TWO_YEARS), under(price="10 kUSD/system/month"))
    assert made.musd("lease", 0) == pytest.approx(1.2)
    said = refused(tmp_path, contract(TWO_YEARS), under(price="2 USD/chip/h"))
    assert "DOC006" in said
    assert "offers.deal.price" in said


def test_a_lease_without_a_rate_is_left_out_and_says_why(tmp_path: Path) -> None:
    """Missing is not free."""
    said = refused(tmp_path, contract("terms: {ownership: lease, term: 2 year}"), under())
    assert "SCN008" in said
    assert "no lease rate stated" in said


def test_a_term_longer_than_the_box_lives_must_say_so(tmp_path: Path) -> None:
    """Boxes live four years: five are refused at the offer, and allowed where the lessor replaces them."""
    long = TWO_YEARS.replace("2 year", "5 year")
    said = refused(tmp_path, contract(long), under())
    assert "SCN018" in said
    assert "offers.deal.contract: the term of 5 years outlasts the 4 years" in said
    run(tmp_path, contract(long.replace("5 year", "5 year, outlives: true")), under())
