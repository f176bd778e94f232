"""Window of cancellation: a term ends early neither before it opens nor after it closes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import contract, refused, run, under

THREE = {"sites": "[cloud]", "price": "100 USD/chip/h", "available_until": "2027"}
"""Ten boxes from 2027 for three years, 0.8766 MUSD a box-year; almost nothing is asked for."""


def terms(window: str) -> tuple[str, str]:
    text = f"based_on: reserve, terms: {{term: 3 years, cancellable: true, exit_fee: 10 %{window}}}"
    return contract(text)


def test_the_fee_is_paid_when_the_window_opens(tmp_path: Path) -> None:
    """From the second year's end: two years paid, 17.532, and 10 % of the third, 0.8766."""
    made = run(tmp_path, terms(", cancel_window: {opens: 2 years}"), under(**THREE))
    assert made.musd("reservation") == pytest.approx(17.532, rel=1e-3)
    assert made.musd("exit fee", 2) == pytest.approx(0.8766, rel=1e-3)
    end = next(row for row in made.table("ends") if row["how"] == "ended early")
    assert end["period"] == "2029"
    assert float(end["exit_fee_usd"]) == pytest.approx(0.8766e6, rel=1e-3)
    (right,) = made.table("rights")
    assert (right["right"], right["decide_by"]) == ("cancel the term", "2029-01-01")


def test_without_a_window_it_ends_after_the_first_year(tmp_path: Path) -> None:
    """The twin: 8.766 and 10 % of two years, 1.7532."""
    made = run(tmp_path, terms(""), under(**THREE))
    assert made.musd("reservation") == pytest.approx(8.766, rel=1e-3)
    assert made.musd("exit fee", 1) == pytest.approx(1.7532, rel=1e-3)


def test_after_the_window_has_closed_the_term_is_served_out(tmp_path: Path) -> None:
    """Demand falls away in 2029 only; a window that closes after the first year is of no use."""
    falls = ("demand: 1 Mtok/h", "demand: {2027: 10 Gtok/h, 2029: 1 Mtok/h}")
    made = run(tmp_path, falls, terms(", cancel_window: {opens: 0 year, closes: 1 year}"), under(**THREE))  # fmt: skip
    assert made.musd("reservation") == pytest.approx(26.298)
    assert made.musd("exit fee") == 0
    open_ended = run(tmp_path, falls, terms(""), under(**THREE))
    assert open_ended.musd("exit fee", 2) == pytest.approx(0.8766, rel=1e-3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("term: 3 years, cancel_window: {opens: 1 year}", "cannot be cancelled"),
        ("term: 3 years, cancellable: true, exit_fee: 10 %, cancel_window: {opens: 2 years, closes: 1 year}", "closes after 1 years"),
    ],
)  # fmt: skip
def test_a_window_that_makes_no_sense_is_refused(tmp_path: Path, text: str, words: str) -> None:
    """On a contract that cannot be cancelled, or closed before it opens."""
    said = refused(tmp_path, contract(f"based_on: reserve, terms: {{{text}}}"), under(**THREE))
    assert "CAT006" in said
    assert "contracts.ours.terms.cancel_window" in said
    assert words in said
