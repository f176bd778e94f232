"""A second life keeps a displaced system's worth and not its speed; optics that fail cost spares."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.program.price import objective
from planner.risk.drawn import Drawn
from planner.risk.exposure import exposure
from planner.risk.setting import Setting, setting
from tests.cli.command import called
from tests.risk.risky import RISKY, risky
from tests.support import ROOT, problems, written

KEEP = "keep: {1: {hybrid: 0.9, attention_free: 0.6}}"
LIFE = (KEEP, f"{KEEP}\n      second_life: {{1: {{hybrid: 1, attention_free: 1}}}}")
OPTICS = ("    shortfall:", "    optics: {spread: 0.5, basis: a guess}\n    shortfall:")


def displaced(made: Setting) -> tuple[Drawn, int]:
    worlds = made.worlds(np.zeros(made.base.arrays.columns, dtype=bool))
    dates = made.draws.values[:, made.draws.names.index("hybrid")]
    return worlds, int(dates.argmin())


def test_a_second_life_keeps_the_worth_and_leaves_the_speed(tmp_path: Path) -> None:
    """In the draw displaced first a system keeps under all of its worth, and all of it where training
    takes it over; demand moves alike in both.
    """
    without, draw = displaced(setting(risky(tmp_path), 16, 7))
    with_, _ = displaced(setting(risky(tmp_path, LIFE), 16, 7))
    valued = without.places.valued
    assert without._kept(draw)[valued].min() < 0.99
    assert with_._kept(draw)[valued].min() == 1.0
    assert without[draw].rows is not None
    assert with_[draw].rows is not None
    assert (without[draw].rows.upper == with_[draw].rows.upper).all()  # type: ignore[union-attr]


def test_failing_optics_move_the_bill_for_spares_alone(tmp_path: Path) -> None:
    """Spares of 1,000 USD a year on every offer: their part of the objective is what doubles, and a
    draw's factor scales it; without the belief the factor is 1.
    """
    made = setting(risky(tmp_path, OPTICS), 16, 7)
    space = made.base.program.space
    assert not exposure(space, made.base.arrays.cost).parts["optics"].any()
    spared = {n: replace(o, link_spares_usd_per_year=1e3) for n, o in made.options.offerings.items()}  # fmt: skip
    wired = replace(space, options=replace(space.options, offerings=spared))
    cost = np.array(objective(wired))
    part = exposure(wired, cost).parts["optics"]
    assert part == pytest.approx(cost - made.base.arrays.cost)
    assert part.any()
    assert made.paths.price(3, "optics") == pytest.approx(made.draws.get(3, "optics", 1.0))
    assert setting(risky(tmp_path), 4, 7).paths.price(3, "optics") == pytest.approx(1.0)


def test_optics_that_vary_nothing_are_refused(tmp_path: Path) -> None:
    still = (OPTICS[0], OPTICS[1].replace("0.5", "0"))
    assert [p.code for p in problems(risky, tmp_path, still)] == ["RSK010"]


def test_beliefs_are_drawn_as_curves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    picture = tmp_path / "beliefs.svg"
    told = called("risk", "beliefs", written(tmp_path, RISKY), "--picture", picture)
    assert told.code == 0
    drawn = picture.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "acme delivers" in drawn
