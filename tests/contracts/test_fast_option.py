"""Paid option on a shorter lead time: reserve now, exercise at most that later."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import SHED_MUSD, contract, refused, run, under
from tests.contracts.papers import demand

PROVES = ("slot reservation on reserve_slot",)
SLOW = {"lead_time": "60 weeks", "min_total": "", "max_total": "", "available_until": ""}
"""Ordered in December 2026, a box serves from 2029: 60 weeks reach into January 2028."""


def fast(fee: str = "0.1 MUSD", expiry: str = "2027-12-31") -> tuple[str, str]:
    text = f"reserve_fee: {fee}, exercise_price: 1.2 MUSD, lead_time_if_exercised: 4 weeks, expiry: {expiry}"
    return contract(f"based_on: buy, terms: {{fast_option: {{{text}}}}}")


def test_slots_are_reserved_now_and_used_at_most_that(tmp_path: Path) -> None:
    """Two boxes from 2027: 2 · 0.1 of fee and 2 · 1.2, worth nothing after four years: 2.6."""
    made = run(tmp_path, demand(2), fast(), under(**SLOW))
    assert made.musd("slot reservation", 0) == pytest.approx(0.2)
    assert made.musd("purchase", 0) == pytest.approx(2.4)
    assert made.npv_musd == pytest.approx(-2.6)
    keep, use = sorted(made.table("rights"), key=lambda row: row["right"])
    assert (keep["right"], keep["decide_by"], keep["advice"]) == ("keep slots open for the fee", "2026-12-01", "exercise")  # fmt: skip
    assert float(keep["used"]) == pytest.approx(2)
    assert (use["right"], use["decide_by"]) == ("use open slots", "2027-12-31")
    assert float(use["used"]) == pytest.approx(2)


def test_without_it_the_first_two_years_are_shed(tmp_path: Path) -> None:
    """The twin: 2 · 2 · 87.66, then two boxes at 1 MUSD of which half the life is left: 2 − 1."""
    made = run(tmp_path, demand(2), under("buy", **SLOW))
    assert made.npv_musd == pytest.approx(-(4 * SHED_MUSD + 2 - 1))


def test_a_fee_dearer_than_the_wait_is_let_lapse(tmp_path: Path) -> None:
    """200 MUSD a slot for two years of 87.66."""
    made = run(tmp_path, demand(2), fast("200 MUSD"), under(**SLOW))
    assert made.musd("slot reservation") == 0
    assert {row["advice"] for row in made.table("rights")} == {"let lapse"}


def test_after_its_expiry_no_slot_is_used(tmp_path: Path) -> None:
    """An option that ends in mid-December serves 2027 alone; demand of 2028 finds it closed."""
    later = ("demand: 1 Mtok/h", "demand: {2027: 0 Gtok/h, 2028: 2 Gtok/h}")
    for expiry, used in (("2027-12-31", 2.4), ("2026-12-15", 2.4), ("2026-12-01", 0.0)):
        made = run(tmp_path, later, fast(expiry=expiry), under(**SLOW))
        assert made.musd("purchase", 0) + made.musd("purchase", 1) == pytest.approx(used)


def test_an_option_that_has_expired_is_refused(tmp_path: Path) -> None:
    """It ended before the plan is made."""
    said = refused(tmp_path, fast(expiry="2026-11-30"), under(**SLOW))
    assert "RGT002" in said
    assert "contracts.ours.terms.fast_option.expiry" in said
