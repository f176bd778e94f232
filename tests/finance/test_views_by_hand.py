"""Every view of a deal's money through the command line, each figure by hand and beside its twin.

Ten boxes bought in 2027 for 10 MUSD live four years, the horizon, and serve 10 Gtok/h.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import called
from tests.contracts.deals import run, under
from tests.contracts.papers import demand, discounted

HOURS = 8766.0
HOSTED = {"sites": "[cloud]", "price": "100 USD/chip/h"}
YEAR = 10 * 100 * HOURS
"""USD of ten hosted boxes through a year; their term is two."""


def finance(text: str) -> tuple[str, str]:
    """An edit that says something of money."""
    return "contracts: {}", f"finance: {{{text}}}\ncontracts: {{}}"


def earning(usd_per_mtok: float) -> tuple[str, str]:
    """An edit that gives the work a price; 87,660,000 Mtok a year are served."""
    return "shed_penalty", f"revenue_usd_per_mtok: {usd_per_mtok!r}, shed_penalty"


def views(folder: Path, *edits: tuple[str, str]) -> dict[str, Any]:
    """What ``planner tco --json`` says of the deal."""
    made = run(folder, demand(10), *edits)
    told = called("tco", made.answer["run_id"], "--json", "--out", folder / "reports")
    assert told.code == 0, told.err
    return told.json


def test_cash_is_paid_when_the_deal_says(tmp_path: Path) -> None:
    """10 MUSD of capital in 2027 and nothing later; hosted, two years of 8.766 MUSD and no capital."""
    bought = views(tmp_path, under("buy"))["cash"]
    assert [row["capital_paid_usd"] for row in bought] == pytest.approx([10e6, 0, 0, 0])
    assert [row["cumulative_net_usd"] for row in bought] == pytest.approx([-10e6] * 4)
    hosted = views(tmp_path, under("reserve", **HOSTED))["cash"]
    assert [row["capital_paid_usd"] for row in hosted] == pytest.approx([0] * 4)
    assert [row["running_paid_usd"] for row in hosted] == pytest.approx([YEAR, YEAR, 0, 0])


@pytest.mark.parametrize(
    ("edits", "left"),
    [((), [7.5, 5, 2.5, 0]), ((finance("book_lives: {systems: 2 year}"),), [5, 0, 0, 0])],
    ids=["the plan's life", "a life of its own"],
)
def test_books_write_off_over_their_own_life(
    tmp_path: Path, edits: tuple[tuple[str, str], ...], left: list[float]
) -> None:
    """A quarter of 10 MUSD a year, or half; the objective is the same."""
    told = views(tmp_path, under("buy"), *edits)
    assert [row["book_value_usd"] / 1e6 for row in told["book"]][:4] == pytest.approx(
        left[: len(told["book"])]
    )
    assert sum(row["depreciation_usd"] for row in told["book"]) == pytest.approx(10e6)
    assert told["bridge"]["objective_usd"] == pytest.approx(10e6)


@pytest.mark.parametrize(
    ("edits", "owed"),
    [((), YEAR), ((finance("lease_rate: 21 %/year"),), YEAR / 1.1)],
    ids=["undiscounted", "at 21 %"],
)
def test_what_is_owed_under_a_term_is_a_liability(
    tmp_path: Path, edits: tuple[tuple[str, str], ...], owed: float
) -> None:
    """After 2027 a second year of 8.766 MUSD is owed, from its middle on; what is owned owes nothing."""
    told = views(tmp_path, under("reserve", **HOSTED), *edits)
    assert [row["liability_usd"] for row in told["liabilities"]] == pytest.approx([owed, 0, 0, 0])
    bought = views(tmp_path, under("buy"), *edits)
    assert [row["liability_usd"] for row in bought["liabilities"]] == pytest.approx([0] * 4)


def test_the_table_of_commitments_lists_what_was_signed(tmp_path: Path) -> None:
    """Ten boxes of two years: 17.532 MUSD; bought boxes 10, to the end of their life."""
    (row,) = run(tmp_path, under("reserve", **HOSTED)).table("commitments")
    assert (row["offer"], row["ends"]) == ("deal", "2029-01-01")
    assert float(row["paid_usd"]) == pytest.approx(2 * YEAR)
    (row,) = run(tmp_path, under("buy")).table("commitments")
    assert (row["ends"], float(row["paid_usd"])) == ("2031-01-01", pytest.approx(10e6))


@pytest.mark.parametrize(
    ("edit", "year_usd"),
    [
        (("discount_rate: 0 %/year", "discount_rate: 0 %/year"), 2.5e6),
        # 10 MUSD · 0.1 / (1 − 1.1^-4)
        (discounted("10 %/year"), 3.1547080e6),
    ],
    ids=["zero rate", "10 %"],
)
def test_an_annuity_says_what_an_hour_a_kilowatt_and_a_token_cost(
    tmp_path: Path, edit: tuple[str, str], year_usd: float
) -> None:
    """By the year over ten chips' hours, 10,000 kW · 12 months and 10,000 Mtok an hour."""
    (line, total) = views(tmp_path, under("buy"), edit)["annuities"]
    assert line["usd_per_year"] == pytest.approx(year_usd)
    assert line["usd_per_chip_hour"] == pytest.approx(year_usd / (10 * HOURS))
    assert line["usd_per_kw_month"] == pytest.approx(year_usd / (10_000 * 12))
    assert line["usd_per_mtok"] == pytest.approx(year_usd / (10_000 * HOURS))
    assert total["usd_per_year"] == pytest.approx(year_usd)


def test_a_shell_is_repaid_on_a_clock_of_its_own(tmp_path: Path) -> None:
    """1,000 USD/kW over 20 years for 10 MW: 0.5 MUSD a year beside the systems' 2.5; without it nothing."""
    shell = ("    facility: 0 USD/kW/year\n", "    facility: 0 USD/kW/year\n    shell: {capex: 1000 USD/kW, life: 20 year}\n")  # fmt: skip
    (line, _) = views(tmp_path, under("buy"), shell)["annuities"]
    assert line["it_usd_per_chip_hour"] == pytest.approx(2.5e6 / (10 * HOURS))
    assert line["facility_usd_per_chip_hour"] == pytest.approx(0.5e6 / (10 * HOURS))
    (line, _) = views(tmp_path, under("buy"))["annuities"]
    assert line["facility_usd_per_chip_hour"] == 0


def test_tax_relieves_what_is_written_off(tmp_path: Path) -> None:
    """A quarter of 10 MUSD; without a rate there is no line of tax."""
    taxes = views(tmp_path, under("buy"), finance("tax: {rate: 25 %, life: 4 year}"))["taxes"]
    assert taxes["npv_before_tax_usd"] == pytest.approx(-10e6)
    assert taxes["npv_after_tax_usd"] == pytest.approx(-7.5e6)
    assert views(tmp_path, under("buy"))["taxes"] is None


def test_revenue_gives_margin_return_payback_and_break_even(tmp_path: Path) -> None:
    """0.1 USD/Mtok earn 8.766 MUSD in the middle of each year: 35.064 less 10.

    After half a year 1.234 MUSD are still missing, 1.234 / 8.766 of a year later none; break-even
    at 10 / 35.064 of the tokens. Without a price nothing is said.
    """
    returns = views(tmp_path, under("buy"), earning(0.1))["returns"]
    assert returns["margin_usd_pv"] == pytest.approx(25.064e6)
    assert returns["payback_years"] == pytest.approx(0.5 + 1.234 / 8.766)
    assert returns["break_even_share"] == pytest.approx(10 / 35.064)
    growth = 1 + returns["irr"]
    assert sum(8.766 / growth ** (year + 0.5) for year in range(4)) == pytest.approx(10)
    assert views(tmp_path, under("buy"))["returns"] is None


def test_a_cohort_is_credited_what_is_left_and_shows_what_a_buyer_gives(tmp_path: Path) -> None:
    """Delivered in 2029, half of four years is left: 5 of 10 MUSD; a buyer gives a fifth at two years.

    Where nothing may be resold nobody is asked.
    """
    in_2029 = {"available_from": "2029", "available_until": "2029", "system": "wet-box"}
    resold = ("contracts: {}", "contracts:\n  ours: {based_on: buy, terms: {resale: true}}")
    (cohort,) = views(tmp_path, under(**in_2029), resold)["cohorts"]
    assert (cohort["delivered"], cohort["credited_usd"]) == ("2029", pytest.approx(5e6))
    assert cohort["resale_usd"] == pytest.approx(2e6)
    (cohort,) = views(tmp_path, under("buy", **in_2029))["cohorts"]
    assert cohort["resale_usd"] is None


@pytest.mark.parametrize("rate", [0.1, 0.0, -0.1], ids=["positive", "zero", "negative"])
def test_money_is_discounted_at_any_real_rate_above_minus_one(tmp_path: Path, rate: float) -> None:
    """Two years of 8.766 MUSD, each in its middle: Σ 8.766 · (1 + r)^-(t + 1/2); at nothing 17.532."""
    two_years = ("demand: 1 Mtok/h", "demand: {2027: 10 Gtok/h, 2029: 0 Gtok/h}")
    made = run(tmp_path, discounted(f"{rate:%}/year"), two_years, under("reserve", **HOSTED))
    whole = YEAR / 1e6 * ((1 + rate) ** -0.5 + (1 + rate) ** -1.5)
    assert made.npv_musd == pytest.approx(-whole)


@pytest.mark.parametrize(
    ("nominal", "real"), [("5 %/year", 0.0), ("-5.5 %/year", -0.1)], ids=["zero", "negative"]
)
def test_a_market_rate_may_become_nothing_or_less(
    tmp_path: Path, nominal: str, real: float
) -> None:
    """Less 5 % of inflation: (1 + r) / 1.05 − 1 is nothing, or −10 %; annuities have their zero branch."""
    money = finance("price_year: 2027, inflation: 5 %/year, discount_rate_is: nominal")
    told = views(tmp_path, discounted(nominal), money, under("buy"))
    (line, _) = told["annuities"]
    year_usd = 10e6 * (real / (1 - (1 + real) ** -4) if real else 0.25)
    assert line["usd_per_year"] == pytest.approx(year_usd)
    assert told["bridge"]["objective_usd"] == pytest.approx(10e6)
