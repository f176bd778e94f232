"""The frontier: a special chip leaves the hedge's orders at the hazard the closed form says."""

from __future__ import annotations

from math import exp
from pathlib import Path

import numpy as np
import pytest

from planner.errors import Usage
from planner.risk.closed_forms import annuity, break_even_hazard
from planner.risk.draws import Draws
from planner.risk.frontier import Frontier
from planner.risk.functional import Functional
from planner.risk.lshaped import Search
from planner.risk.reweigh import at_hazard, in_year
from planner.risk.setting import Setting, setting
from planner.scenario.load import load
from tests.risk.risky import risky
from tests.support import ROOT, edited, written

RATE, LIFE, PRICE = 0.08, 5.0, 10e3
UNIT_MTOK = 0.25 * 3600 * 8766
"""A unit's tokens in a year (Mtok)."""
OUTSIDE = PRICE / 0.8 / annuity(RATE, LIFE)
"""What a year's work is worth, so that a general chip a quarter dearer just pays (USD)."""

SPECIAL = f"""\
name: special
catalog: {ROOT / "tests" / "catalogs" / "lands"}
as_of: 2027-01-01
horizon: {{start: 2027-01, periods: 60, unit: month}}
discount_rate: {exp(RATE) - 1} 1/year
load_blocks: {{all: 1}}
sites:
  plant:
    kind: owned
    region: us
    network_latency: 10 ms
    power: 1 GW
    racks: 1
    rack_density: 1 GW
    liquid: 0 kW
    pue: {{air: 1, liquid: 1}}
    tariff: 0 USD/kWh
    facility: 0 USD/kW/year
workloads:
  load:
    model: load
    isl: 1
    osl: 1
    precisions: [bf16]
    demand: 250 ktok/s
    shed_penalty: {OUTSIDE / UNIT_MTOK} USD/Mtok
offers:
  special: {{system: technology-1, contract: build, sites: [plant], lead_time: 0 week, available_until: 2027-01}}
assumptions:
  technology-1:
    life: {{value: 5 year, basis: the case}}
risk:
  window: 1 week
  beliefs:
    displacement:
      hybrid: {{family: exponential, hazard: 0.1 1/year, basis: the case}}
      takeover: 0 year
      keep: {{1: {{hybrid: 0, attention_free: 0}}}}
      basis: the case
"""


def frontier(folder: Path, *edits: tuple[str, str]) -> Frontier:
    made = setting(load(written(folder, edited(SPECIAL, *edits), "special")), 128, 7)
    return Frontier(made, Functional(), Search())


def test_a_special_chip_leaves_at_the_break_even_hazard(tmp_path: Path) -> None:
    """A fifth cheaper than the outside option, L = 5, r = 8 %: λ* = 0.100005. By months the planner
    finds it within 0.004 a year: ordered whole below, not at all above.
    """
    found = frontier(tmp_path)
    exact = break_even_hazard(0.8, RATE, LIFE)
    assert exact == pytest.approx(0.100005, abs=5e-7)
    left = found.exit("technology-1", 1.0, 1e-4)
    assert left == pytest.approx(exact, abs=0.004)
    assert found.at(exact - 0.01).systems["special"] == pytest.approx(1.0)
    assert found.at(exact + 0.01).systems["special"] == pytest.approx(0.0, abs=1e-9)


def test_a_dearer_special_chip_leaves_sooner_and_one_too_dear_never_enters(tmp_path: Path) -> None:
    """At 0.9 of the outside option λ* is 0.0467; above it the chip is not ordered even at hazard 0."""
    dear = ("lead_time: 0 week,", f"lead_time: 0 week, price: {PRICE * 0.9 / 0.8} USD,")
    exact = break_even_hazard(0.9, RATE, LIFE)
    assert frontier(tmp_path, dear).exit("technology-1", 1.0, 1e-4) == pytest.approx(exact, abs=0.004)  # fmt: skip
    never = ("lead_time: 0 week,", f"lead_time: 0 week, price: {PRICE * 1.1 / 0.8} USD,")
    assert frontier(tmp_path, never).exit("technology-1", 1.0, 1e-4) is None


def test_reweighed_draws_have_the_hazard_asked_for(tmp_path: Path) -> None:
    """Drawn at 0.1 a year: at 0.3 the weight inside five years is 1 − e^−1.5, at 0 none; and the mean
    date inside agrees with the truncated exponential's.
    """
    made = frontier(tmp_path).setting
    dates = made.draws.values[:, 0]
    inside = dates < LIFE
    for hazard in (0.02, 0.1, 0.3):
        weights = at_hazard(made, hazard)
        assert weights.sum() == pytest.approx(1.0)
        assert weights[inside].sum() == pytest.approx(1 - exp(-hazard * LIFE), rel=1e-3)
        survives = exp(-hazard * LIFE)
        mean = (1 - survives * (1 + hazard * LIFE)) / hazard / (1 - survives)
        assert weights[inside] @ dates[inside] / weights[inside].sum() == pytest.approx(mean, rel=0.01)  # fmt: skip
    assert at_hazard(made, 0.0)[inside].sum() == 0.0


def test_a_year_of_displacement_weighs_its_own_draws_alone(tmp_path: Path) -> None:
    made = frontier(tmp_path).setting
    weights = in_year(made, 2028)
    assert weights is not None
    dates = made.draws.values[:, 0][weights > 0]
    assert weights.sum() == pytest.approx(1.0)
    assert dates.min() >= 0.99
    assert dates.max() < 2.0
    assert in_year(made, 2060) is None


def test_a_special_chip_is_ordered_if_displacement_comes_late_and_not_if_soon(
    tmp_path: Path,
) -> None:
    """Certain in 2027 the chip works half a year of five; in 2031 nearly all of its life."""
    by_year = frontier(tmp_path).years()
    assert by_year[2027].systems["special"] == pytest.approx(0.0, abs=1e-9)
    assert by_year[2031].systems["special"] == pytest.approx(1.0)


def test_more_weight_on_the_tail_never_worsens_it_nor_betters_the_mean(tmp_path: Path) -> None:
    made = setting(risky(tmp_path), 16, 7)
    found = Frontier(made, Functional(0.0, 0.8), Search()).efficient((0.0, 0.5, 1.0))
    tails = [found[omega].cvar_usd for omega in (0.0, 0.5, 1.0)]
    means = [found[omega].cost_usd for omega in (0.0, 0.5, 1.0)]
    assert tails[0] >= tails[1] * (1 - 1e-6)
    assert tails[1] >= tails[2] * (1 - 1e-6)
    assert means[0] <= means[1] * (1 + 1e-6)


@pytest.mark.parametrize("hybrid", ["{family: never, basis: a}", "{family: sure, after: 1 year, basis: a}"])  # fmt: skip
def test_a_certain_date_leaves_no_hazard_to_vary(tmp_path: Path, hybrid: str) -> None:
    certain = ("{family: exponential, hazard: 0.1 1/year, basis: the case}", hybrid)
    with pytest.raises(Usage, match="RSK016"):
        frontier(tmp_path, certain).at(0.1)


def test_without_displacement_there_is_no_frontier(tmp_path: Path) -> None:
    made = setting(risky(tmp_path), 4, 7)
    nothing = made.beliefs.model_copy(update={"displacement": None})
    bare = Setting(made.loaded, nothing, made.twins, made.base, Draws(7, (), np.zeros((4, 0)), np.full(4, 0.25)))  # fmt: skip
    with pytest.raises(Usage, match="RSK016"):
        at_hazard(bare, 0.1)


def test_the_fewer_draws_a_belief_weighs_the_fewer_count(tmp_path: Path) -> None:
    """At hazard 0 the 64 draws outside the horizon weigh alike and those inside nothing: 64 count. A
    hazard that nearly always comes at once leaves a few.
    """
    found = frontier(tmp_path)
    assert found.at(0.0).draws == pytest.approx(64.0)
    assert found.at(2.0).draws < 40
