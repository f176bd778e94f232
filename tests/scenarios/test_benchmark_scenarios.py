"""Scenarios that benchmarks name follow the reference they are part of."""

from __future__ import annotations

from planner.risk.setting import setting
from planner.scenario.load import load
from tests.support import ROOT


def test_the_hedge_that_is_measured_has_about_seven_thousand_columns_a_world() -> None:
    made = setting(load(ROOT / "benchmarks" / "scenarios" / "hedge.yaml"), 2, 1)
    assert 6_500 <= made.base.arrays.columns <= 7_500
