"""What is closed makes the hedge worse; what nothing hangs on is free; what the scenario lacks is not told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.report.flexibility import item_data, rows
from planner.risk.chunks import ALONE
from planner.risk.extensive import solve_extensive
from planner.risk.flexibility import INSTRUMENTS, Item, _rank, menu
from planner.risk.functional import Functional
from planner.risk.modes import two_stage
from planner.risk.setting import setting
from tests.cli.command import called
from tests.risk.risky import RISKY, risky
from tests.support import ROOT, written

TAIL = Functional(0.5, 0.8)


def test_without_an_instrument_the_weighed_cost_is_never_lower(tmp_path: Path) -> None:
    """Half of what it takes off the tail is at least half of what it costs on average."""
    items = menu(setting(risky(tmp_path), 8, 7), TAIL, ALONE, lambda text: None)
    assert {item.instrument for item in items} == {"flexible chips", "on-demand headroom"}
    for item in items:
        assert item.cvar_removed_usd - item.premium_usd >= -1.0


def test_an_instrument_is_worth_what_a_program_without_it_says(tmp_path: Path) -> None:
    """On-demand headroom: the same as a hedge whose rentals are struck from the program itself."""
    made = setting(risky(tmp_path), 8, 7)
    problem = two_stage(made, "hedge")
    rented = np.array([c.kind == "rent" for c in made.base.program.space.columns])
    shut = replace(problem, base=replace(problem.base, upper=np.where(rented, 0.0, problem.base.upper)))  # fmt: skip
    worse = solve_extensive(shut, TAIL).objective - solve_extensive(problem, TAIL).objective
    items = menu(made, TAIL, ALONE, lambda text: None)
    item = next(item for item in items if item.instrument == "on-demand headroom")
    weighed = 0.5 * item.cvar_removed_usd - 0.5 * item.premium_usd
    assert weighed == pytest.approx(worse * 1e6, rel=1e-4, abs=10.0)


def test_the_menu_puts_first_what_pays_for_itself_then_the_best_ratio(tmp_path: Path) -> None:
    free, good, poor = Item("free", 1.0, -5.0), Item("good", 9.0, 3.0), Item("poor", 9.0, 9.0)
    assert sorted([poor, good, free], key=_rank) == [free, good, poor]
    assert [row[-1] for row in rows([free, good])[1]] == ["pays for itself", "3.00"]
    assert item_data(free)["per_usd"] is None
    assert set(INSTRUMENTS) >= {"lead-time options", "quantity layers", "cancellable reservations"}


def test_the_command_ranks_what_the_scenario_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(ROOT)
    asked = ("risk", "flexibility", written(tmp_path, RISKY), "--draws", "8", "--alpha", "0.8")
    answer = called(*asked, "--json").json
    assert {item["instrument"] for item in answer["menu"]} == {"flexible chips", "on-demand headroom"}  # fmt: skip
    assert "a menu of flexibility on 8 draws" in called(*asked).out
