"""Deposits and milestones: the price paid in shares, each on its own day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import contract, refused, run, under

PROVES = ("instalments on deliver",)

THREE = "based_on: buy, terms: {instalments: {payments: [{share: 20 %, at: order}, {share: 50 %, at: shipment, gap: 8 weeks}, {share: 30 %, at: acceptance, gap: 60 weeks}]}}"
"""Ten boxes in service on 2028-01-01, ordered 2027-07-03, shipped 2027-11-06, paid off 2029-02-24."""
IN_2028 = {"lead_time": "26 weeks", "available_from": "2028", "available_until": "2028"}


def test_each_share_is_paid_in_the_period_of_its_own_day(tmp_path: Path) -> None:
    """10 MUSD: 2 at order and 5 at shipment in 2027, 3 sixty weeks after service in 2029."""
    made = run(tmp_path, contract(THREE), under(**IN_2028))
    assert [made.musd("instalments", year) for year in range(4)] == pytest.approx([7, 0, 3, 0])
    assert made.musd("purchase") == 0
    assert {line["contract"] for line in made.ledger if line["account"] == "instalments"} == {
        "ours"
    }


def test_without_instalments_the_price_is_paid_at_delivery(tmp_path: Path) -> None:
    """The twin: 10 MUSD in 2028."""
    made = run(tmp_path, under("buy", **IN_2028))
    assert [made.musd("purchase", year) for year in range(4)] == pytest.approx([0, 10, 0, 0])
    assert made.musd("instalments") == 0


def test_a_later_share_is_worth_its_discount(tmp_path: Path) -> None:
    """At 10 %: 7 in the middle of 2027, 3 in the middle of 2029, against 10 at the start of 2028.

    7 · 1.1^-0.5 + 3 · 1.1^-2.5 = 9.0382; 10 · 1.1^-1 = 9.0909. A quarter of the price remains.
    """
    rate = ("discount_rate: 0 %/year", "discount_rate: 10 %/year")
    paid = -run(tmp_path, rate, contract(THREE), under(**IN_2028)).npv_musd
    at_once = -run(tmp_path, rate, under("buy", **IN_2028)).npv_musd
    assert at_once - paid == pytest.approx(10 / 1.1 - 7 * 1.1**-0.5 - 3 * 1.1**-2.5, rel=1e-6)


def test_instalments_are_capital_expenditure(tmp_path: Path) -> None:
    """Capex is 10 MUSD either way."""
    assert run(tmp_path, contract(THREE), under(**IN_2028)).capex_musd == pytest.approx(10)
    assert run(tmp_path, under("buy", **IN_2028)).capex_musd == pytest.approx(10)


def test_a_deposit_of_before_the_horizon_counts_in_its_first_period(tmp_path: Path) -> None:
    """Ordered on 2026-12-04 for 2027-01-01: 2 of deposit and 5 at shipment stand in 2027's start."""
    made = run(tmp_path, contract(THREE), under())
    assert [made.musd("instalments", year) for year in range(4)] == pytest.approx([7, 3, 0, 0])


@pytest.mark.parametrize(("limit", "bought"), [("7 MUSD", 10.0), ("6.9 MUSD", 9.857142857)])
def test_the_budget_counts_each_share_in_its_own_year(
    tmp_path: Path, limit: str, bought: float
) -> None:
    """7 MUSD of 2027 pay the first two shares of ten boxes; 6.9 of 9.86; of 2028 nothing is due.

    The twin pays 10 in 2028, which a budget of 2027 does not bind.
    """
    budget = ("offers:\n", f"policy: {{budget: {{2027: {limit}}}}}\noffers:\n")
    free = {**IN_2028, "min_total": "", "max_total": "10"}
    wanted = ("demand: 1 Mtok/h", "demand: 10 Gtok/h")
    made = run(tmp_path, budget, contract(THREE), wanted, under(**free))
    assert float(made.table("deliveries")[0]["systems"]) == pytest.approx(bought)
    twin = run(tmp_path, budget, wanted, under("buy", **free))
    assert float(twin.table("deliveries")[0]["systems"]) == pytest.approx(10)


def test_shares_that_do_not_sum_to_one_are_refused_with_their_place(tmp_path: Path) -> None:
    """20 + 50 + 20 % leave a tenth of the price unpaid."""
    said = refused(tmp_path, contract(THREE.replace("30 %", "20 %")), under())
    assert "CAT007" in said
    assert "contracts.ours.terms.instalments.payments" in said
    assert "sum to 0.9" in said


def test_instalments_of_what_is_not_bought_are_refused(tmp_path: Path) -> None:
    """A reservation has no price to share out; both problems of the contract are told at once."""
    text = THREE.replace("based_on: buy", "based_on: reserve").replace("terms: {", "terms: {resale: true, ")  # fmt: skip
    said = refused(tmp_path, contract(text), under(sites="[cloud]"))
    assert "contracts.ours.terms.instalments: 'instalments' means nothing" in said
    assert "contracts.ours.terms.resale: only what is owned" in said
