"""A policy that sees only the past costs more than the bound that sees the future, and no more where nothing happens."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from planner.report.risk import sentences
from planner.risk.functional import Functional
from planner.risk.modes import answer
from planner.risk.rolling import reviews_of, rolling, seen
from planner.risk.setting import planned, setting
from planner.scenario.load import load
from tests.cli.command import called
from tests.risk.risky import RISKY, risky
from tests.risk.test_modes import CALM
from tests.support import ROOT, written

WINDOW = 0.3


def test_seeing_only_the_past_never_costs_less() -> None:
    made = setting(load(ROOT / "scenarios" / "risk-small.yaml"), 8, 7)
    found = answer(made, planned(made.loaded), "adapt", Functional(), window_years=0.75)
    told = rolling(made, found, 0.75, lambda text: None)
    assert told["draws"] == 8
    assert told["bound_usd"] == pytest.approx(found.probabilities @ found.costs_usd)
    assert told["gap_usd"] > 0
    assert told["gap_usd"] == pytest.approx(told["mean_usd"] - told["bound_usd"])


def test_where_nothing_is_uncertain_the_past_is_enough(tmp_path: Path) -> None:
    """Hazard never: each review plans the same plan again, and the gap is nothing."""
    made = setting(risky(tmp_path, *CALM), 4, 7)
    found = answer(made, planned(made.loaded), "adapt", Functional(), window_years=WINDOW)
    told = rolling(made, found, WINDOW, lambda text: None)
    assert told["gap_usd"] == pytest.approx(0.0, abs=1e-6 * told["mean_usd"])


def test_reviews_come_once_a_window_until_the_horizon_ends(tmp_path: Path) -> None:
    """From 2026-11-20 to 2028-01-01 are 1.11 years: at 0.3, 0.6 and 0.9."""
    assert reviews_of(setting(risky(tmp_path), 4, 7), WINDOW) == pytest.approx([0.3, 0.6, 0.9])


def test_what_has_not_happened_yet_is_as_planned(tmp_path: Path) -> None:
    """Half a year on, dates later than that are unseen and the second year's shocks are nothing."""
    made = setting(risky(tmp_path), 16, 7)
    known, draws = seen(made, 0.5), made.draws
    at = {name: k for k, name in enumerate(draws.names)}
    dates, now = draws.values[:, at["hybrid"]], known.values[:, at["hybrid"]]
    assert (now[dates > 0.5] == np.inf).all()
    assert (now[dates <= 0.5] == dates[dates <= 0.5]).all()
    assert (known.values[:, at["energy_price.0"]] == draws.values[:, at["energy_price.0"]]).all()
    assert not known.values[:, at["energy_price.1"]].any()
    assert (known.values[:, at["demand"]] == draws.values[:, at["demand"]]).all()
    late = draws.values[:, at["attention_free"]] + dates > 0.5
    assert (known.values[late, at["attention_free"]] == np.inf).all()


def test_the_gap_is_told_beside_a_bound_and_not_beside_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(ROOT)
    asked = ("risk", "run", written(tmp_path, RISKY), "--draws", "8", "--out", tmp_path, "--json")
    adapt, hold = called(*asked, "--mode", "adapt").json, called(*asked).json
    assert adapt["rolling"]["draws"] == 8
    assert "rolling" not in hold
    assert any("sees only the past" in text for text in sentences(adapt))
