"""Right of return: the supplier takes a system back for a share of its price."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import contract, refused, run, under

PROVES = ("returns on give_back",)
FALLS = ("demand: 1 Mtok/h", "demand: {2027: 4 Gtok/h, 2028: 2 Gtok/h}")
FREE = {"min_total": "", "max_total": ""}


def give_back(text: str) -> tuple[str, str]:
    return contract(f"based_on: buy, terms: {{give_back: {{{text}}}}}")


def test_what_is_no_longer_needed_goes_back_inside_its_window(tmp_path: Path) -> None:
    """Four at 1, two of them back after a year at 40 %: 4 − 0.8."""
    made = run(tmp_path, FALLS, give_back("refund: 40 %, opens: 0 year, closes: 1 year"), under(**FREE))  # fmt: skip
    assert made.musd("returns", 1) == pytest.approx(-0.8)
    assert made.npv_musd == pytest.approx(-3.2)
    (row,) = made.table("ends")
    assert (row["how"], row["period"]) == ("returned", "2028")
    assert float(row["proceeds_usd"]) == pytest.approx(0.8e6)
    (right,) = made.table("rights")
    assert (right["advice"], right["decide_by"]) == ("exercise in part", "2028-01-01")


def test_outside_its_window_nothing_goes_back(tmp_path: Path) -> None:
    """From the third year on: 0.8 come back, but only in 2030."""
    late = run(tmp_path, FALLS, give_back("refund: 40 %, opens: 3 years, closes: 4 years"), under(**FREE))  # fmt: skip
    assert [late.musd("returns", year) for year in range(4)] == pytest.approx([0, 0, 0, -0.8])


def test_without_the_right_all_four_are_kept(tmp_path: Path) -> None:
    """The twin: 4."""
    made = run(tmp_path, FALLS, under("buy", **FREE))
    assert made.npv_musd == pytest.approx(-4)
    assert made.table("rights") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("refund: 120 %, opens: 0 year, closes: 1 year", "more than was paid"),
        ("refund: 40 %, opens: 2 years, closes: 1 year", "before it opens"),
    ],
)
def test_a_right_of_return_that_makes_no_sense_is_refused(
    tmp_path: Path, text: str, words: str
) -> None:
    """More back than was paid, or closed before it opens."""
    said = refused(tmp_path, give_back(text), under(**FREE))
    assert "CAT006" in said
    assert words in said
