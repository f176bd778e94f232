"""The generality premium: a second life is worth what displaced systems keep by it, and no less than nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from planner.errors import Usage
from planner.report.generality import premium_data, premium_sentence
from planner.risk.chunks import Means
from planner.risk.functional import Functional
from planner.risk.generality import premium, without_life
from planner.risk.setting import setting
from tests.cli.command import called
from tests.risk.risky import RISKY, risky
from tests.risk.test_second_life import KEEP, LIFE
from tests.support import edited, written

SURE = (
    "hybrid: {family: gamma, mean: 0.07 1/year, shape: 1.2, basis: public odds}",
    "hybrid: {family: exponential, hazard: 0.5 1/year, basis: a test}",
)
BOUGHT = [
    SURE,
    ("  fast-rent: {system: acme-fast, contract: rent, sites: [cloud]}\n", ""),
    ("installed:\n  old: {system: acme-fast, site: home, count: 4, in_service: 2025-01}\n", ""),
]
"""Displacement is likely, and everything must be bought."""
NONE = (KEEP, f"{KEEP}\n      second_life: {{1: {{hybrid: 0.9, attention_free: 0.6}}}}")


def quiet(text: str) -> None:
    """Nobody listens."""


def test_a_second_life_is_worth_something_where_displacement_takes_worth(tmp_path: Path) -> None:
    """Draws that displace take a tenth of the worth of what is left, or more; a second life gives it
    back. The draws, their demand and their speeds are the same.
    """
    made = setting(risky(tmp_path, *BOUGHT, LIFE), 16, 7, paired=True)
    found = premium(made, Functional(), Means(), quiet)
    assert found.usd > 0
    assert found.usd == pytest.approx(found.without.cost_usd - found.with_life.cost_usd)
    assert "generality premium" in premium_sentence(found)
    assert {row["second_life"] for row in premium_data(found)["points"]} == {"with", "without"}
    plain = setting(risky(tmp_path, *BOUGHT, name="plain"), 16, 7, paired=True)
    assert (plain.draws.values == made.draws.values).all()
    first = np.zeros(made.base.arrays.columns, dtype=np.bool_)
    same = without_life(made).worlds(first)[0].applied(made.base.arrays)
    assert (same.cost == plain.worlds(first)[0].applied(plain.base.arrays).cost).all()


def test_a_second_life_that_keeps_no_more_than_the_speed_is_worth_nothing(tmp_path: Path) -> None:
    made = setting(risky(tmp_path, *BOUGHT, NONE), 16, 7, paired=True)
    found = premium(made, Functional(), Means(), quiet)
    assert found.usd == pytest.approx(0.0, abs=1e-6 * found.without.cost_usd)


def test_without_a_second_life_there_is_no_premium_to_tell(tmp_path: Path) -> None:
    with pytest.raises(Usage, match="RSK022"):
        premium(setting(risky(tmp_path), 4, 7), Functional(), Means(), quiet)


def test_the_premium_is_told_on_the_command_line(tmp_path: Path) -> None:
    scenario = written(tmp_path, edited(RISKY, *BOUGHT, LIFE), "lively")
    told = called("risk", "generality", scenario, "--draws", "8")
    assert told.code == 0
    assert "without it" in told.out
    answer = called("risk", "generality", scenario, "--draws", "8", "--json").json
    assert answer["premium_usd"] > 0
    assert answer["draws"] == 8
