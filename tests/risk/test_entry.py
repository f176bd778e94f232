"""A chip too dear to be ordered enters at the price of what else does its work, and leaves as it should."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.report.frontier import entry_row, entry_sentence
from planner.risk.closed_forms import break_even_hazard
from planner.risk.entry import ABOVE, BELOW, entry, entry_speed
from planner.risk.master import Cuts
from planner.risk.recourse import Recourse
from planner.risk.requote import difference, moved_cuts, offers_of, quoted, requoted
from planner.risk.respeed import sped
from tests.risk.test_frontier import LIFE, PRICE, RATE, frontier

DEAR = ("lead_time: 0 week,", f"lead_time: 0 week, price: {PRICE * 1.25 / 0.8} USD,")
"""A quarter dearer than what its work is worth at hazard 0."""


def test_a_chip_enters_at_the_price_of_its_alternative(tmp_path: Path) -> None:
    """What else does its work is worth 10,000 / 0.8 = 12,500 USD. Quoted a quarter above, the chip
    enters at 0.8 of its quote; a tenth below that it leaves at the break-even hazard of 0.9.
    """
    found = frontier(tmp_path, DEAR)
    assert found.exit("technology-1", 1.0, 1e-3) is None
    entered = entry(found, "technology-1", 1.0, 1e-3)
    assert entered is not None
    assert entered.share == pytest.approx(0.8, abs=0.015)
    assert entered.entry_usd == pytest.approx(PRICE / 0.8, rel=0.02)
    at = break_even_hazard(BELOW * entered.share * 1.25, RATE, LIFE)
    assert entered.exit_per_year == pytest.approx(at, abs=0.006)
    told = entry_sentence(entered)
    assert told.startswith("technology-1 enters at 12.")
    assert "of what special costs for 2027-01; 10% below that it leaves at a hazard of 0.0" in told
    assert "not ordered even as a gift" in entry_sentence(replace(entered, share=None))
    stays = replace(entered, exit_per_year=float("inf"))
    assert "stays at every hazard tried" in entry_sentence(stays)
    assert entry_row(stays)["exit_per_year"] is None


RUNNING = ("facility: 0 USD/kW/year", "facility: 10 MUSD/kW/year")
"""So dear to run that the chip is not wanted as a gift."""


def test_a_chip_too_dear_enters_at_the_speed_that_makes_up_for_it(tmp_path: Path) -> None:
    """Quoted a quarter above what its work is worth, the chip pays where it does 1.25 times the work;
    a little slower it does not. A re-solve stands behind both.
    """
    found = frontier(tmp_path, DEAR)
    speed = entry_speed(found, "technology-1")
    assert speed is not None
    assert speed * 1.01 >= 1.25
    assert speed <= 1.25 * 1.06
    assert sped(found, "technology-1", speed, Cuts()).ordered(0.0, "technology-1")
    assert not sped(found, "technology-1", speed / 1.1, Cuts()).ordered(0.0, "technology-1")


def test_a_faster_chip_leaves_where_one_as_much_cheaper_would(tmp_path: Path) -> None:
    """1.375 times the work at 1.25 times the worth is a price of 1.25 / 1.375: the same break-even."""
    fast = sped(frontier(tmp_path, DEAR), "technology-1", 1.25 * ABOVE, Cuts())
    at = break_even_hazard(1 / ABOVE, RATE, LIFE)
    assert fast.exit("technology-1", 1.0, 1e-3) == pytest.approx(at, abs=0.006)


def test_a_chip_that_is_no_gift_is_told_with_a_speed(tmp_path: Path) -> None:
    """Its site costs more than its work is worth: no price helps, and what it says is a speed, or
    that none helps either.
    """
    entered = entry(frontier(tmp_path, DEAR, RUNNING), "technology-1", 1.0, 1e-2)
    assert entered is not None
    assert entered.share is None
    assert entered.entry_usd is None
    told = entry_sentence(entered)
    assert "not ordered even as a gift" in told
    assert ("nor at its price at 16 times its speed" in told) == (entered.speed is None)
    quick = entry_sentence(replace(entered, speed=2.0, exit_per_year=0.05))
    assert "at its price it enters at 2.00 times its speed; 10% above that it leaves" in quick


def test_a_system_that_nobody_offers_has_no_entry(tmp_path: Path) -> None:
    assert entry(frontier(tmp_path), "technology-9", 1.0, 1e-3) is None


def test_cuts_moved_to_another_price_touch_the_cost_there(tmp_path: Path) -> None:
    """A cut found at the full price, moved, equals the world's cost at 0.6 of it at the same point."""
    made = frontier(tmp_path, DEAR)
    made.at(0.1)
    what = quoted(made.setting, made.problem, offers_of(made.setting.options, "technology-1"))
    problem, _ = requoted(made.problem, made.worlds, what, 0.6)
    cuts = moved_cuts(made.cuts, difference(made.problem, problem))
    half = np.full(len(made.problem.first_columns), 0.5)
    recourse, dear = Recourse(problem), Recourse(made.problem)
    for number in (0, 64, 127):
        cost = recourse.solve(problem.worlds[number], half).cost
        was = dear.solve(made.problem.worlds[number], half).cost
        below = [cuts.level[k] + cuts.slope[k] @ half for k in range(len(cuts)) if cuts.world[k] == number]  # fmt: skip
        assert max(below) <= cost + 1e-9
        assert cost < was
        moved = difference(made.problem, problem)[number] @ half
        assert cost == pytest.approx(was + moved, abs=1e-9)


def test_at_the_whole_price_nothing_changes(tmp_path: Path) -> None:
    made = frontier(tmp_path, DEAR)
    what = quoted(made.setting, made.problem, offers_of(made.setting.options, "technology-1"))
    same, _ = requoted(made.problem, made.worlds, what, 1.0)
    assert not difference(made.problem, same).any()
    assert not difference(made.problem, replace(made.problem)).any()
