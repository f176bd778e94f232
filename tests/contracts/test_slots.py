"""Delivery slots: dated amounts, and nothing between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import SHED_MUSD, contract, refused, run
from tests.contracts.papers import demand, free


def slots(text: str) -> tuple[str, str]:
    return contract(f"based_on: buy, terms: {{slots: {{given: [{text}]}}}}")


def test_systems_come_on_the_slots_dates_alone(tmp_path: Path) -> None:
    """Three in 2028 and one more in mid-2028, which serves from 2029: five are asked for throughout.

    Shed 5, 2, 1 and 1 years of 87.66; a quarter of three boxes and half of one is left at the end.
    """
    given = "{date: 2028-01-01, systems: 3}, {date: 2028-07-01, systems: 1}"
    made = run(tmp_path, demand(5), slots(given), free())
    assert [float(row["systems"]) for row in made.table("deliveries")] == pytest.approx([3, 1])
    assert made.npv_musd == pytest.approx(-(9 * SHED_MUSD + 4 - 0.75 - 0.5))


def test_without_slots_all_come_at_once(tmp_path: Path) -> None:
    """The twin: five in 2027."""
    assert run(tmp_path, demand(5), free("buy")).npv_musd == pytest.approx(-5)


def test_a_slot_in_the_past_is_refused(tmp_path: Path) -> None:
    """The plan is made in December 2026."""
    said = refused(tmp_path, slots("{date: 2026-10-01, systems: 3}"), free())
    assert "RGT002" in said
    assert "contracts.ours.terms.slots.given.0.date" in said
