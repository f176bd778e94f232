"""Acceptance test: part of the price comes back for systems slower than claimed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import contract, refused, run, under

PROVES = ("acceptance refund on deliver",)


def acceptance(text: str) -> tuple[str, str]:
    return contract(f"based_on: buy, terms: {{acceptance: {{{text}}}}}")


def test_the_refund_of_stated_failures_comes_back_after_the_test(tmp_path: Path) -> None:
    """A fifth of ten boxes fails and 30 % of their price returns sixty weeks on: 0.6 in 2028."""
    text = "least: 90 %, refund: 30 %, expected_failures: 20 %, weeks: 60 weeks"
    made = run(tmp_path, acceptance(text), under())
    assert made.musd("acceptance refund", 1) == pytest.approx(-0.6)
    assert made.npv_musd == pytest.approx(-9.4)
    assert made.capex_musd == pytest.approx(9.4)


def test_without_a_stated_failure_no_money_is_counted_on(tmp_path: Path) -> None:
    """The remedy is a right; the plan expects nothing of it, as without the term."""
    made = run(tmp_path, acceptance("least: 90 %, refund: 30 %"), under())
    assert made.musd("acceptance refund") == 0
    assert made.npv_musd == run(tmp_path, under("buy")).npv_musd == pytest.approx(-10)


def test_a_refund_above_the_price_is_refused(tmp_path: Path) -> None:
    """No more than the whole."""
    said = refused(tmp_path, acceptance("least: 90 %, refund: 130 %"), under())
    assert "contracts.ours.terms.acceptance.refund" in said
