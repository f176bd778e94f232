"""Take-or-pay: committed power or tokens paid for whether used or not, with a ramp and an option."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import called
from tests.contracts.deals import Outcome, contract, refused, run, scenario, under

PROVES = ("take_or_pay", "take-or-pay shortfall on shortfall")

HOSTED = {"sites": "[cloud]", "min_total": "", "max_total": "", "available_until": ""}
PRICE = "price: 1 MUSD/MW/year"
"""A box draws 1 MW and serves 1 Gtok/h, so 1 Gtok/h costs 1 MUSD a year."""


def committed(words: str) -> tuple[str, str]:
    return contract(f"based_on: hour, terms: {{commitment: {{{words}, {PRICE}}}}}")


def wanting(demand: str) -> tuple[str, str]:
    return "demand: 1 Mtok/h", f"demand: {demand}"


def by_year(made: Outcome, account: str) -> list[float]:
    return [made.musd(account, year) for year in range(4)]


def test_what_is_not_used_is_paid_for_all_the_same(tmp_path: Path) -> None:
    """3 MW committed, 2 used: 2 MUSD of use and 1 of shortfall in each of four years."""
    made = run(tmp_path, committed("size: {power: 3 MW}"), wanting("2 Gtok/h"), under(**HOSTED))
    assert by_year(made, "on-demand") == pytest.approx([2] * 4)
    assert by_year(made, "take-or-pay shortfall") == pytest.approx([1] * 4)
    assert made.npv_musd == pytest.approx(-12)


def test_without_a_commitment_only_use_is_paid_for(tmp_path: Path) -> None:
    """The twin by the hour at the same price, 1e6 / 8766 USD per chip-hour: 8 MUSD."""
    made = run(tmp_path, wanting("2 Gtok/h"), under("hour", price=f"{1e6 / 8766} USD/chip/h", **HOSTED))  # fmt: skip
    assert made.npv_musd == pytest.approx(-8)
    assert made.musd("take-or-pay shortfall") == 0


def test_no_more_is_used_than_was_promised(tmp_path: Path) -> None:
    """5 Gtok/h asked of 3 MW: 2 are shed at 87.66 MUSD a year; the twin by the hour serves all."""
    made = run(tmp_path, committed("size: {power: 3 MW}"), wanting("5 Gtok/h"), under(**HOSTED))
    assert by_year(made, "shed penalty") == pytest.approx([2 * 87.66] * 4)
    assert made.musd("take-or-pay shortfall") == pytest.approx(0, abs=1e-9)
    twin = run(tmp_path, wanting("5 Gtok/h"), under("hour", **HOSTED))
    assert twin.musd("shed penalty") == pytest.approx(0, abs=1e-9)


RAMP = "size: {power: 3 MW}, ramp: [{begins: 2027, share: 0.3333333333333333}, {begins: 2028, share: 0.6666666666666666}, {begins: 2029, share: 1}]"  # fmt: skip


def test_a_ramp_gives_and_asks_for_its_share(tmp_path: Path) -> None:
    """A MW more each year of three: 1, 2, 3, 3 MUSD, of which 1 is used and the rest falls short."""
    made = run(tmp_path, committed(RAMP), wanting("1 Gtok/h"), under(**HOSTED))
    assert by_year(made, "on-demand") == pytest.approx([1] * 4)
    assert by_year(made, "take-or-pay shortfall") == pytest.approx([0, 1, 2, 2])
    full = run(tmp_path, committed(RAMP), wanting("9 Gtok/h"), under(**HOSTED))
    assert by_year(full, "on-demand") == pytest.approx([1, 2, 3, 3])


@pytest.mark.parametrize(("until", "short"), [("2029", [0, 0, 0, 0]), ("2028", [0, 5, 0, 0]), ("2027", [5, 5, 0, 0])])  # fmt: skip
def test_an_option_adds_from_the_last_day_it_can_and_is_then_committed(
    tmp_path: Path, until: str, short: list[float]
) -> None:
    """3 MW committed, 5 more wanted from 2029 on: an option that lapses earlier is paid for idle years.

    Five years of shedding 5 Gtok/h would cost 438 MUSD a year; idling costs 5.
    """
    words = f"size: {{power: 3 MW}}, option: {{size: {{power: 5 MW}}, until: {until}}}"
    wanted = wanting("{2027: 3 Gtok/h, 2029: 8 Gtok/h}")
    made = run(tmp_path, committed(words), wanted, under(**HOSTED))
    assert by_year(made, "on-demand") == pytest.approx([3, 3, 8, 8])
    assert by_year(made, "take-or-pay shortfall") == pytest.approx(short)


def test_the_table_of_commitments_says_what_is_in_force_used_and_idle(tmp_path: Path) -> None:
    """3 MW, then 5 more by the option from 2028 on, wanted from 2029 on."""
    words = "size: {power: 3 MW}, option: {size: {power: 6 MW}, until: 2028}"
    wanted = wanting("{2027: 3 Gtok/h, 2029: 8 Gtok/h}")
    rows = run(tmp_path, committed(words), wanted, under(**HOSTED)).table("take_or_pay")
    path = scenario(tmp_path, committed(words), wanted, under(**HOSTED))
    assert "3 of 8" in called("run", path, "--out", tmp_path / "reports").out
    columns = ("committed", "of_it_by_option", "option_left", "mean_used", "paid_unused")
    assert [[round(float(row[name]), 6) for name in columns] for row in rows] == [
        [3, 0, 6, 3, 0],
        [8, 5, 1, 3, 5],
        [8, 5, 0, 8, 0],
        [8, 5, 0, 8, 0],
    ]
    assert {(row["contract"], row["unit"]) for row in rows} == {("ours", "MW")}


def test_an_option_not_worth_its_price_lapses(tmp_path: Path) -> None:
    """Nothing more is wanted: the option adds nothing and costs nothing."""
    words = "size: {power: 3 MW}, option: {size: {power: 5 MW}, until: 2029}"
    made = run(tmp_path, committed(words), wanting("3 Gtok/h"), under(**HOSTED))
    assert made.npv_musd == pytest.approx(-12)


def test_the_plan_chooses_the_amount_between_least_and_most(tmp_path: Path) -> None:
    """4 Gtok/h in 2027 and 2 later, at shed of 87.66: it commits to 4 MW and idles 2 MW for three years.

    Where not serving costs 2.5 MUSD a Gtok/h-year, 4 MW would cost 3 · 2 more to save 2 · 2.5: it
    commits to 2.
    """
    words, wanted = "size: {power: 1 MW}, at_most: {power: 6 MW}", wanting("{2027: 4 Gtok/h, 2028: 2 Gtok/h}")  # fmt: skip
    made = run(tmp_path, committed(words), wanted, under(**HOSTED))
    assert by_year(made, "take-or-pay shortfall") == pytest.approx([0, 2, 2, 2])
    cheap = ("shed_penalty: 10 USD/Mtok", f"shed_penalty: {2.5e6 / 8766e3} USD/Mtok")
    made = run(tmp_path, committed(words), wanted, cheap, under(**HOSTED))
    assert made.musd("take-or-pay shortfall") == pytest.approx(0, abs=1e-9)
    assert by_year(made, "on-demand") == pytest.approx([2] * 4)


def test_only_the_share_to_take_is_owed(tmp_path: Path) -> None:
    """10 MW at 60 %: 6 MUSD a year, of which 2 are used; a commitment of two years ends in 2028."""
    words = "size: {power: 10 MW}, take: 60 %, until: 2028"
    made = run(tmp_path, committed(words), wanting("2 Gtok/h"), under(**HOSTED))
    assert by_year(made, "on-demand") == pytest.approx([2, 2, 0, 0])
    assert by_year(made, "take-or-pay shortfall") == pytest.approx([4, 4, 0, 0])


def test_tokens_can_be_committed_to(tmp_path: Path) -> None:
    """3 Gtok/h at 1 USD per Mtok, 2 used: 8.766 MUSD a year for each, one of them for nothing."""
    text = "terms: {ownership: meter, metered: {prices: [{model: llm, output: 1 USD/Mtok, meets_slo: true}]}, commitment: {size: {tokens: 3 Gtok/h}}}"  # fmt: skip
    tokens = {**HOSTED, "system": "", "lead_time": ""}
    made = run(tmp_path, contract(text), wanting("2 Gtok/h"), under(**tokens))
    assert made.musd("metered tokens", 0) == pytest.approx(2 * 8.766)
    assert made.musd("take-or-pay shortfall", 0) == pytest.approx(8.766)


def test_amounts_of_the_wrong_kind_or_order_are_refused_together(tmp_path: Path) -> None:
    """Tokens of what is rented by the hour, a most below the least, a ramp that runs backwards."""
    words = "size: {power: 3 MW}, at_most: {power: 2 MW}, option: {size: {tokens: 1 Mtok/s}, until: 2028}, ramp: [{begins: 2028, share: 1}, {begins: 2027, share: 1}]"  # fmt: skip
    said = refused(tmp_path, committed(words), under(**HOSTED))
    for place in (
        "option.size: where ownership is 'rent'",
        "at_most: the most that",
        "ramp: the ramp is not",
    ):
        assert f"contracts.ours.terms.commitment.{place}" in said
