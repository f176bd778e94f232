"""What a scenario's ``risk`` can get wrong: each named with its code, place and key, beside its twin."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.risk.alternatives import named_worlds
from planner.scenario.load import load
from tests.support import GOOD, Mistake, assert_refused, edited, problems, written

RISK = """\
policy:
  service_level: 99 %
risk:
  window: 6 month
  worlds:
    calm: {probability: 0.7}
    storm:
      probability: 0.3
      set: {sites.home.power: 1 MW}
"""
SCENARIO = edited(GOOD, ("policy:\n  service_level: 99 %\n", RISK))
MISTAKES = [
    Mistake("probabilities", "RSK001", "risk.worlds", "worlds:", "worlds:", mark="  worlds:", says="sum to 0.9"),
    Mistake("window past the horizon", "RSK011", "risk.window", "window: 6 month", "window: 3 year", says="shorten it"),
    Mistake("world of another horizon", "RSK003", "risk.worlds.storm.set.horizon.periods", "{sites.home.power: 1 MW}", "{horizon.periods: 2}", says="cannot change 'horizon'"),
    Mistake("no window at all", "DOC007", "risk.window", "window: 6 month", "window: 0 year"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_bad_beliefs_are_refused_with_code_line_and_key(tmp_path: Path, mistake: Mistake) -> None:
    wrong = edited(SCENARIO, (mistake.anchor, mistake.wrong))
    if mistake.about == "probabilities":
        wrong = edited(wrong, ("calm: {probability: 0.7}", "calm: {probability: 0.6}"))
    path = written(tmp_path, wrong)
    (problem,) = problems(load, path)
    assert_refused(problem, mistake, path)
    load(written(tmp_path, SCENARIO, "twin"))


def test_a_world_that_changes_the_shape_is_refused_and_one_that_changes_power_is_not(
    tmp_path: Path,
) -> None:
    late = edited(SCENARIO, ("{sites.home.power: 1 MW}", "{offers.fast-buy.lead_time: 40 week}"))
    loaded = load(written(tmp_path, late, "late"))
    (problem,) = problems(named_worlds, loaded)
    assert (problem.code, problem.key) == ("RSK003", "risk.worlds.storm.set")
    _, problem_of_power = named_worlds(load(written(tmp_path, SCENARIO, "power")))
    storm = problem_of_power.worlds[1]
    assert storm.rows is not None
    assert storm.cost is None


def test_a_world_is_checked_like_any_scenario(tmp_path: Path) -> None:
    spoilt = edited(SCENARIO, ("{sites.home.power: 1 MW}", "{sites.home.power: 1 kg}"))
    (problem,) = problems(named_worlds, load(written(tmp_path, spoilt)))
    assert problem.code == "DOC006"
    assert problem.key == "sites.home.power"
