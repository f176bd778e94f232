"""The switchboard: rules stand where the closed form says, hold on one side and not on the other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from planner.errors import CheckFailed
from planner.report.switchboard import sentence
from planner.risk import switchboard as module
from planner.risk.chunks import ALONE
from planner.risk.closed_forms import annuity
from planner.risk.functional import Functional
from planner.risk.rule import FARTHEST, Rule, Unproven
from planner.risk.setting import setting
from planner.risk.slipped import slipped
from planner.risk.switchboard import Switchboard
from planner.scenario.load import load
from tests.cli.command import called
from tests.risk.risky import risky
from tests.risk.test_frontier import LIFE, PRICE, RATE, SPECIAL
from tests.support import ROOT, edited, written

SOON = ("hazard: 0.1 1/year", "hazard: 0.05 1/year")
"""At which the special chip, a fifth cheaper than the outside option, is well worth having."""


def board(folder: Path, *edits: tuple[str, str], draws: int = 64) -> Switchboard:
    made = setting(load(written(folder, edited(SPECIAL, *edits), "special")), draws, 7)
    return Switchboard(made, Functional(), ALONE, lambda text: None)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rule]:
    return {rule.trigger: rule for rule in board(tmp_path_factory.mktemp("b"), SOON).rules()}


def test_the_chip_is_left_once_the_hazard_passes_break_even(rules: dict[str, Rule]) -> None:
    """Break-even is 0.100005 a year, found to a 64th of what is tried; beyond it
    none is ordered, and the day of the order is the last to switch.
    """
    rule = rules["the hazard of displacement rises over"]
    assert rule.today == pytest.approx(0.05, rel=1e-3)
    assert 0.1 - 0.45 / 64 < rule.holds_to < rule.threshold < 0.13
    assert [(row["today"], row["instead"]) for row in rule.otherwise] == [(pytest.approx(1.0), pytest.approx(0.0, abs=1e-9))]  # fmt: skip
    assert rule.last_day == "2027-01-01"
    assert rule.if_wrong_usd > 0


def test_the_chip_is_left_once_its_quote_passes_break_even(rules: dict[str, Rule]) -> None:
    """At 0.05 a year it is worth 12,500 · A(0.13, 5) / A(0.08, 5) USD; no lower quote changes anything."""
    worth = PRICE / 0.8 * annuity(RATE + 0.05, LIFE) / annuity(RATE, LIFE)
    rule = rules["the quote of special rises over"]
    assert worth * 0.98 < rule.threshold < worth * 1.04
    assert rule.threshold < PRICE * (1 + FARTHEST)
    assert set(rules) == {"the hazard of displacement rises over", "the quote of special rises over"}  # fmt: skip


def test_every_rule_holds_before_its_point_and_not_beyond(tmp_path: Path, rules: dict[str, Rule]) -> None:  # fmt: skip
    """Run afresh: at the last hazard that holds staying costs under a thousandth, beyond it over that."""
    again = board(tmp_path, SOON)
    rule = rules["the hazard of displacement rises over"]
    for hazard, told in ((rule.holds_to, rule.before_usd), (rule.threshold, rule.beyond_usd)):
        weights = module.at_hazard(again.made, hazard)
        best = board(tmp_path, SOON).frontier.decide(weights).objective
        loss = (weights @ again.today.costs - best) * 1e6
        assert loss == pytest.approx(told, abs=1.0)
        assert (loss > again.material_usd) == (hazard == rule.threshold)


def test_a_rule_that_is_not_borne_out_is_refused(tmp_path: Path) -> None:
    today = board(tmp_path, SOON)
    with pytest.raises(Unproven, match="RSK021"):
        today._made("a wish", "USD", 0.0, 1.0, 2.0, (0.0, today.material / 2), today.today)
    assert issubclass(Unproven, CheckFailed)


def test_memory_that_slips_comes_later_and_never_more(tmp_path: Path) -> None:
    """By one period nothing comes in the first; every limit on what came until then falls."""
    made = setting(risky(tmp_path), 4, 7)
    worlds = made.worlds(np.array([c.kind == "deliver" for c in made.base.program.space.columns]))
    late = slipped(worlds, 1)
    for (rows, arrives, carried), (same, later, _) in zip(worlds.places.pools, late.places.pools, strict=True):  # fmt: skip
        assert (rows == same).all()
        assert later[0] == 0
        assert (later[1:] == arrives[:-1]).all()
        assert (np.cumsum(later) <= np.cumsum(arrives)).all() or not carried


def test_a_sentence_says_what_instead_what_it_saves_and_by_when(rules: dict[str, Rule]) -> None:
    told = sentence(rules["the quote of special rises over"])
    assert told.startswith("If the quote of special rises over 11.")
    assert "special, plant, 2027-01: " in told
    assert told.endswith("last day to switch 2027-01-01")


def test_the_command_tells_orders_and_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(ROOT)
    scenario = written(tmp_path, edited(SPECIAL, SOON), "special")
    asked = ("risk", "switchboard", scenario, "--draws", "16")
    answer = called(*asked, "--json").json
    assert answer["orders"][0]["of"] == "special, plant, 2027-01"
    assert {rule["trigger"] for rule in answer["rules"]} >= {"the quote of special rises over"}
    assert "last day to switch" in called(*asked).out
