"""Quantity layers: fixed is paid whatever comes, flexible reduced in time, uncommitted hoped for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import SHED_MUSD, contract, refused, run
from tests.contracts.papers import demand, free

PROVES = ("layers", "untaken volume on untaken", "reduced volume on untaken")
ALL = "fixed: 4 system/year, flexible: 4 system/year, reduction_fee: 20 %, notice: 26 weeks"


def layers(text: str) -> tuple[str, str]:
    return contract(f"based_on: buy, terms: {{layers: {{{text}}}}}")


def test_what_is_fixed_is_paid_and_what_is_flexible_reduced_in_time(tmp_path: Path) -> None:
    """Nothing much is asked for. Notice for 2027 came too late: eight at 1. Then by year four fixed.

    A fixed box costs 1 untaken, or 1 less what is left of its life: 0.75, 0.5 and 0.25, so they are
    taken: 3 + 2 + 1. A flexible one costs 0.2 untaken, less than any taken: 3 · 0.8. In all 16.4.
    """
    made = run(tmp_path, layers(ALL), free())
    assert made.npv_musd == pytest.approx(-16.4)
    assert [made.musd("reduced volume", year) for year in (1, 2, 3)] == pytest.approx([0.8] * 3)
    reduced = [row for row in made.table("rights") if row["right"] == "reduce the flexible volume"]
    assert [(row["cohort"], row["decide_by"], row["advice"]) for row in reduced] == [
        ("2028", "2027-07-03", "exercise"),
        ("2029", "2028-07-03", "exercise"),
        ("2030", "2029-07-03", "exercise"),
    ]


def test_without_layers_next_to_nothing_is_bought(tmp_path: Path) -> None:
    """The twin: a thousandth of a box."""
    assert run(tmp_path, free("buy")).npv_musd == pytest.approx(-0.001)


def test_no_more_comes_than_the_layers_hold(tmp_path: Path) -> None:
    """Of four uncommitted half are expected: ten in 2027 of the twelve asked for; two a year later."""
    made = run(tmp_path, demand(12), layers(f"{ALL}, uncommitted: 4 system/year, expected: 50 %"), free())  # fmt: skip
    assert made.musd("shed penalty") == pytest.approx(2 * SHED_MUSD)
    nothing_said = run(tmp_path, demand(12), layers(f"{ALL}, uncommitted: 4 system/year"), free())
    assert nothing_said.musd("shed penalty") == pytest.approx(4 * SHED_MUSD)


def test_a_flexible_layer_without_its_fee_is_refused(tmp_path: Path) -> None:
    """Missing is not zero."""
    said = refused(tmp_path, layers("fixed: 4 system/year, flexible: 4 system/year"), free())
    assert "contracts.ours.terms.layers.reduction_fee" in said
