"""Onboarding a platform and moving systems within a day, through the command line.

Four boxes at 1 MUSD serve 4 Gtok/h through four years and leave nothing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.papers import demand
from tests.sites.asking import BUY, FOUR, SHED_MUSD, above, run

TIMES = "systems: [box], models: [llm], fee: 2 MUSD, engineers: 4, engineer_cost: 0.25 MUSD/year"


def port(words: str) -> tuple[str, str]:
    """An edit that makes boxes learn the model first."""
    return above(f"onboarding: {{port: {{{TIMES}, {words}}}}}")


def test_onboarding_costs_its_fee_its_engineers_and_its_time(tmp_path: Path) -> None:
    """2 MUSD at once and four engineers for a year, 1 MUSD; 2027 is shed.

    Boxes come in 2028 with a quarter of their price left: 3 + 3 + 4 · 87.66.
    """
    made = run(tmp_path, FOUR, BUY, port("time: 1 year, volume: 4 Gtok/h"))
    assert made.musd("onboarding fee", 0) == pytest.approx(2)
    assert made.musd("onboarding engineers", 0) == pytest.approx(1)
    assert made.npv_musd == pytest.approx(-(3 + 4 - 1 + 4 * SHED_MUSD))


def test_without_onboarding_boxes_serve_at_once(tmp_path: Path) -> None:
    """The twin: 4 MUSD."""
    assert run(tmp_path, FOUR, BUY).npv_musd == pytest.approx(-4)


@pytest.mark.parametrize(("flags", "musd"), [((), 0.5), (("--integer",), 2.0)], ids=["relaxed", "whole"])  # fmt: skip
def test_it_is_paid_once_in_whole_plans_and_spread_over_its_volume_otherwise(
    tmp_path: Path, flags: tuple[str, ...], musd: float
) -> None:
    """1 Gtok/h of a volume of 4 bears a quarter of the fee; in whole units all of it."""
    made = run(tmp_path, demand(1), BUY, port("time: 0 years, volume: 4 Gtok/h"), flags=flags)
    assert made.musd("onboarding fee") == pytest.approx(musd)


TWO = (
    "workloads:\n",
    "workloads:\n  chat: {model: llm, isl: 100, osl: 1, deferrable: false,"
    " demand: 1 Gtok/h, profile: {day: 2, night: 0}, shed_penalty: 10 USD/Mtok}\n",
)
"""2 Gtok/h by day and nothing by night; deferrable work fills the nights."""


@pytest.mark.parametrize(("cost", "musd"), [("100 USD", 0.073050), (None, 0.0)], ids=["charged", "free"])  # fmt: skip
def test_moving_a_system_within_a_day_may_cost(
    tmp_path: Path, cost: str | None, musd: float
) -> None:
    """Halves of a day: two boxes chat by day and do 1 Gtok/h of other work by night.

    Both move to it once a day and back: as loads of something new 2 · 2 · 365.25 · 100 USD a year.
    """
    halves = ("load_blocks: {all: 1}", "load_blocks: {day: 0.5, night: 0.5}")
    rule = above(f"policy: {{move_cost: {cost}}}") if cost else above("policy: {}")
    made = run(tmp_path, demand(1), BUY, TWO, halves, rule)
    assert made.musd("moving", 0) == pytest.approx(2 * musd)
    assert made.npv_musd == pytest.approx(-(2 + 8 * musd))
