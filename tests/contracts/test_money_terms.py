"""Money beside the units: loans, credit, minimum spend and warrants."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import Outcome, contract, refused, run, under

PROVES = (
    "minimum_spend",
    "prepaid_credit",
    "loan on signed",
    "prepaid credit on credit",
    "remaining value on balance",
    "underspend on underspend",
    "warrants on signed",
)

TEN_PER_CENT = ("discount_rate: 0 %/year", "discount_rate: 10 %/year")


def ours(terms: str) -> tuple[str, str]:
    return contract(f"based_on: buy, terms: {{{terms}}}")


def by_year(made: Outcome, account: str) -> list[float]:
    return [made.musd(account, year) for year in range(4)]


CASH = "loan: {amount: 100 MUSD, lent: 2027-01-01, rate: 6 %/year, repaid: 2030-01-01, back: cash}"


def test_a_loan_goes_out_and_comes_back_with_its_interest(tmp_path: Path) -> None:
    """100 MUSD out in 2027, 6 in 2028 and 2029, 106 in 2030: 18 MUSD earned beside the boxes' 10."""
    made = run(tmp_path, ours(CASH), under())
    assert by_year(made, "loan") == pytest.approx([100, -6, -6, -106])
    assert made.npv_musd == pytest.approx(18 - 10)
    assert made.capex_musd == pytest.approx(10)
    assert run(tmp_path, under("buy")).npv_musd == pytest.approx(-10)


def test_a_loan_below_the_cost_of_capital_costs_the_difference(tmp_path: Path) -> None:
    """At 10 %: 100 − 6/1.1 − 6/1.21 − 106/1.331 = 9.9474 MUSD."""
    lent = run(tmp_path, TEN_PER_CENT, ours(CASH), under())
    twin = run(tmp_path, TEN_PER_CENT, under("buy"))
    cost = 100 - 6 / 1.1 - 6 / 1.21 - 106 / 1.331
    assert twin.npv_musd - lent.npv_musd == pytest.approx(cost, rel=1e-6)


def test_what_was_lent_before_the_plan_is_sunk_and_still_comes_back(tmp_path: Path) -> None:
    """Lent in 2025 until 2027-07-01: two anniversaries are past, 106 less half a year's interest comes."""
    early = CASH.replace("2027-01-01", "2025-07-01").replace("2030-01-01", "2027-07-01")
    made = run(tmp_path, ours(early), under())
    assert by_year(made, "loan") == pytest.approx([-106, 0, 0, 0])


CREDIT = "loan: {amount: 6 MUSD, lent: 2027-01-01, rate: 0 %/year, repaid: 2029-12-31, back: credit, credit_share: 50 %}"  # fmt: skip
FIVE_A_YEAR = {"min_total": "", "max_total": "", "available_until": ""}
GROWING = ("demand: 1 Mtok/h", "demand: {2027: 5 Gtok/h, 2028: 10 Gtok/h}")


def test_a_prepayment_is_credited_against_invoices_up_to_its_share(tmp_path: Path) -> None:
    """6 MUSD paid ahead; five boxes in each of two years, half of each 5 MUSD by credit: 2.5 and 2.5.

    The last MUSD finds no invoice and lapses: 6 + 10 − 5 = 11 MUSD, against 10. A quarter of the
    later five remains either way.
    """
    made = run(tmp_path, ours(CREDIT), GROWING, under(**FIVE_A_YEAR))
    assert by_year(made, "loan") == pytest.approx([6, 0, 0, 0])
    assert by_year(made, "prepaid credit") == pytest.approx([-2.5, -2.5, 0, 0])
    assert made.npv_musd == pytest.approx(1.25 - 11)
    assert run(tmp_path, GROWING, under("buy", **FIVE_A_YEAR)).npv_musd == pytest.approx(1.25 - 10)


def test_credit_earns_its_rate_until_it_is_used(tmp_path: Path) -> None:
    """2 MUSD at 10 % wait for 2028, the first invoice: 2.2 MUSD of the ten boxes are credited."""
    words = CREDIT.replace("6 MUSD", "2 MUSD").replace("0 %/year", "10 %/year")
    made = run(tmp_path, ours(words), under(available_from="2028", available_until="2028"))
    assert by_year(made, "prepaid credit") == pytest.approx([0, -2.2, 0, 0])


def test_credit_still_open_at_the_horizon_keeps_its_worth(tmp_path: Path) -> None:
    """At 10 % what can be credited is, at once; usable until 2032, the MUSD left counts at the end.

    Usable until 2029 it has lapsed.
    """
    later = CREDIT.replace("2029-12-31", "2032-12-31")
    made = run(tmp_path, TEN_PER_CENT, ours(later), GROWING, under(**FIVE_A_YEAR))
    twin = run(tmp_path, TEN_PER_CENT, GROWING, under("buy", **FIVE_A_YEAR))
    boxes = twin.musd("remaining value")
    assert made.musd("remaining value") - boxes == pytest.approx(-1)
    lapsed = run(tmp_path, TEN_PER_CENT, ours(CREDIT), GROWING, under(**FIVE_A_YEAR))
    assert lapsed.musd("remaining value") == pytest.approx(boxes)


SPEND = "minimum_spend: {years: [{year: 2027, amount: 12 MUSD}, {year: 2028, amount: 3 MUSD}]}"


def test_what_is_not_spent_is_paid_all_the_same(tmp_path: Path) -> None:
    """Ten boxes for 10 MUSD in 2027, 12 agreed: 2 more; nothing in 2028, 3 agreed: 3 more."""
    made = run(tmp_path, ours(SPEND), under())
    assert by_year(made, "underspend") == pytest.approx([2, 3, 0, 0])
    assert {line["contract"] for line in made.ledger if line["account"] == "underspend"} == {"ours"}
    assert made.npv_musd == pytest.approx(-15)
    assert run(tmp_path, under("buy")).npv_musd == pytest.approx(-10)


def test_a_minimum_spend_makes_what_it_buys_free(tmp_path: Path) -> None:
    """Two Gtok/h are worth two boxes at 1 MUSD or shed for 0.5 each: nobody buys, unless 2 are owed."""
    cheap = ("shed_penalty: 10 USD/Mtok", f"shed_penalty: {0.125e6 / 8766e3} USD/Mtok")
    wanted = ("demand: 1 Mtok/h", "demand: 2 Gtok/h")
    free = {"min_total": "", "max_total": ""}
    owed = "minimum_spend: {years: [{year: 2027, amount: 2 MUSD}]}"
    made = run(tmp_path, ours(owed), cheap, wanted, under(**free))
    assert [float(row["systems"]) for row in made.table("deliveries")] == pytest.approx([2])
    assert made.musd("underspend") == pytest.approx(0, abs=1e-9)
    assert run(tmp_path, cheap, wanted, under("buy", **free)).table("deliveries") == []


def test_every_offer_of_the_contract_counts_towards_it(tmp_path: Path) -> None:
    """Ten boxes of one offer and two of another make the 12 agreed; under a contract of its own, not."""
    key, offer = under()
    second = offer.replace("deal:", "more:").replace("total: 10", "total: 2")
    both = (key, f"{offer}\n  {second}")
    assert by_year(run(tmp_path, ours(SPEND), both), "underspend") == pytest.approx([0, 3, 0, 0])
    apart = (key, f"{offer}\n  {second.replace('contract: ours', 'contract: buy')}")
    assert by_year(run(tmp_path, ours(SPEND), apart), "underspend") == pytest.approx([2, 3, 0, 0])


WARRANTS = "warrants: {shares: 1000000, vests: 2028-06, value: 5 USD}"


def test_warrants_are_shown_and_not_counted(tmp_path: Path) -> None:
    """A million shares stand in the ledger of 2028 at 0 USD; the cost is the boxes'."""
    made = run(tmp_path, ours(WARRANTS), under())
    (line,) = [line for line in made.ledger if line["account"] == "warrants"]
    assert (line["period"], float(line["quantity"]), line["unit"], float(line["usd"])) == ("1", 1e6, "share", 0.0)  # fmt: skip
    assert made.npv_musd == pytest.approx(-10)


def test_warrants_count_where_it_is_asked(tmp_path: Path) -> None:
    """A million shares at 5 USD lower the cost by 5 MUSD; without a value that is refused."""
    made = run(tmp_path, ours(WARRANTS.replace("5 USD", "5 USD, counted: true")), under())
    assert made.npv_musd == pytest.approx(-5)
    said = refused(tmp_path, ours(WARRANTS.replace("value: 5 USD", "counted: true")), under())
    assert "contracts.ours.terms.warrants.counted: what is counted needs its value" in said


def test_money_terms_that_make_no_sense_are_refused_together(tmp_path: Path) -> None:
    """Paid back before it is lent, a cash loan that is credited, a year written twice."""
    words = f"{CASH.replace('2030-01-01', '2026-01-01').replace('cash', 'cash, credit_share: 50 %')}, {SPEND.replace('2028', '2027')}"  # fmt: skip
    said = refused(tmp_path, ours(words), under())
    for place in ("loan.repaid: it is paid back", "loan.credit_share: what is paid", "minimum_spend.years: the year 2027"):  # fmt: skip
        assert f"contracts.ours.terms.{place}" in said
