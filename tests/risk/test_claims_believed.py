"""What a vendor's record says of its claims reaches the draws, and only where a speed rests on a claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planner.catalog.fact import EvidenceTier
from planner.risk.paths import Paths
from planner.risk.setting import setting
from tests.risk.risky import risky
from tests.support import problems

SPREAD = "shortfall: {spread:"


def speeds(folder: Path, tier: EvidenceTier, claims: str) -> list[float]:
    """Speed of the system over the plan's in four draws, its rates resting on a tier."""
    made = setting(risky(folder, (SPREAD, f"shortfall: {{{claims}spread:")), 4, 7)
    found = made.options.configurations["acme-fast"]
    rates = {name: replace(rate, tier=tier) for name, rate in found.rates.items()}
    configurations = {**made.options.configurations, "acme-fast": replace(found, rates=rates)}
    options = replace(made.options, configurations=configurations)
    paths = Paths(options, made.beliefs, made.paths.draws)
    return [paths.speed(number, "acme-fast", 0.3) for number in range(4)]


def test_a_claim_is_drawn_around_what_the_vendors_claims_were_worth(tmp_path: Path) -> None:
    """At 0.8 every draw is four fifths of the same draw without a record."""
    without = speeds(tmp_path, "claimed", "")
    held = speeds(tmp_path, "claimed", "claims: {acme: 0.8}, ")
    assert held == pytest.approx([0.8 * speed for speed in without])
    assert len(set(without)) == 4


def test_a_speed_that_rests_on_no_claim_is_drawn_as_before(tmp_path: Path) -> None:
    held = speeds(tmp_path, "calibrated", "claims: {acme: 0.8}, ")
    assert held == speeds(tmp_path, "calibrated", "")


def test_a_record_of_a_vendor_nobody_knows_is_refused(tmp_path: Path) -> None:
    (problem,) = problems(risky, tmp_path, (SPREAD, "shortfall: {claims: {acmee: 0.8}, spread:"))
    assert (problem.code, problem.key) == ("SCN001", "risk.beliefs.shortfall.claims.acmee")
