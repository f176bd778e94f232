"""The shipped scenario of rights: what its plan says to exercise, to let lapse, and owes at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.plan.make import Plan
from tests.cli.command import called
from tests.plan.plans import plan


@pytest.fixture(scope="module")
def relaxed() -> Plan:
    return plan("rights")


def advice(made: Plan, right: str) -> set[str]:
    return {row["advice"] for row in made.tables["rights"] if row["right"] == right}


def test_some_rights_are_used_and_some_lapse(relaxed: Plan) -> None:
    """A cheaper extension and the agreed price are worth having; the dear offer and slots are not."""
    assert "exercise" in advice(relaxed, "extend the term")
    assert advice(relaxed, "order more at the agreed price") == {"exercise in part"}
    assert advice(relaxed, "take what is offered") == {"let lapse"}
    assert advice(relaxed, "keep slots open for the fee") == {"let lapse"}


def test_every_right_has_its_last_day_and_the_first_comes_first(relaxed: Plan) -> None:
    """None is before the as-of date: a closed window is no right."""
    days = [row["decide_by"] for row in relaxed.tables["rights"]]
    assert days == sorted(days)
    assert days[0] == relaxed.as_of


def test_the_ledger_sums_to_the_objective(relaxed: Plan) -> None:
    """To rounding, with every term of the scenario at work."""
    accounts = {entry.account for entry in relaxed.entries}
    assert accounts >= {"signed payments", "extension", "supply agreement", "untaken supply", "reduced supply", "liquidated damages", "acceptance refund", "service credit"}  # fmt: skip
    total = sum(entry.pv_usd for entry in relaxed.entries)
    assert total == pytest.approx(relaxed.objective_musd * 1e6, rel=1e-9)


def test_a_cheaper_extension_is_used_more_and_without_any_it_costs_more(relaxed: Plan) -> None:
    """The twin without the extension is dearer, by no more than all extensions cost."""
    without = plan("rights", "contracts.hosted.terms.extend.rate_share=10")
    assert advice(without, "extend the term") == {"let lapse"}
    assert without.objective_musd > relaxed.objective_musd


def test_in_whole_units_rights_are_whole(tmp_path: Path) -> None:
    """Extensions, options and slots are systems, and the run verifies."""
    told = called("run", "rights", "--integer", "--json", "--out", tmp_path)
    assert told.code == 0, told.err
    made = plan("rights", "whole_units=true")
    used = [row["used"] for row in made.tables["rights"] if "supply" not in row["right"]]
    assert all(abs(amount - round(amount)) < 1e-6 for amount in used)
    assert called("verify", told.json["run_dir"]).code == 0
