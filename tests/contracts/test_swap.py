"""Hardware-swap right: an old system handed in for later ones at a stated price."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import SHED_MUSD, contract, refused, run, under

BOUGHT = {"available_until": "2027", "min_total": "4", "max_total": "4"}
GROWS = ("demand: 1 Mtok/h", "demand: {2027: 4 Gtok/h, 2029: 8 Gtok/h}")
TWO_FOR_ONE = "system: box, price: 0.1 MUSD, handed_in: 0.5"


def swap(text: str) -> tuple[str, str]:
    return contract(f"based_on: buy, terms: {{swap: {{{text}}}}}")


def test_old_systems_are_handed_in_from_the_stated_age_on(tmp_path: Path) -> None:
    """Four boxes of 2027 become eight in 2029 for 0.1 each, of which half the life is left: 0.8 − 0.4."""
    made = run(tmp_path, GROWS, swap(f"{TWO_FOR_ONE}, after: 2 years"), under(**BOUGHT))
    assert made.musd("purchase", 2) == pytest.approx(0.8)
    assert made.npv_musd == pytest.approx(-(4 + 0.8 - 0.4))
    end = next(row for row in made.table("ends") if row["how"] == "swapped")
    assert (end["period"], float(end["systems"])) == ("2029", 4)
    (right,) = made.table("rights")
    assert (right["right"], right["held_under"]) == ("swap for a later system", "deal")
    assert float(right["used"]) == pytest.approx(8)


def test_before_its_age_no_system_is_swapped(tmp_path: Path) -> None:
    """After three years only: 2029 sheds 4 · 87.66, and the eight of 2030 keep three quarters."""
    made = run(tmp_path, GROWS, swap(f"{TWO_FOR_ONE}, after: 3 years"), under(**BOUGHT))
    assert made.npv_musd == pytest.approx(-(4 + 0.8 - 0.6 + 4 * SHED_MUSD))


def test_without_the_right_two_years_are_short(tmp_path: Path) -> None:
    """The twin: 2 · 4 · 87.66."""
    made = run(tmp_path, GROWS, under("buy", **BOUGHT))
    assert made.npv_musd == pytest.approx(-(4 + 8 * SHED_MUSD))


def test_a_swap_for_a_system_nobody_knows_is_refused(tmp_path: Path) -> None:
    """With its place in the contract."""
    said = refused(tmp_path, swap("system: bix, price: 1 MUSD, after: 1 year"), under(**BOUGHT))
    assert "SCN001" in said
    assert "contracts.ours.terms.swap.system: no system called 'bix'" in said
