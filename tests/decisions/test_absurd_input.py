"""What is absurd is named before anything is solved."""

from __future__ import annotations

import pytest

from planner.errors import InvalidData, Problem
from planner.options.table import Options
from tests.decisions.asking import solved
from tests.world import exactly, purchase, rental, system, world


def refused(options: Options) -> Problem:
    """The one problem a world is refused for."""
    with pytest.raises(InvalidData) as told:
        solved(options)
    assert told.value.exit_code == 3
    (problem,) = told.value.problems
    return problem


def test_a_resale_above_the_price_is_refused() -> None:
    """Sold after a year for 1.2 of what was paid."""
    problem = refused(world(periods=2, offerings=(purchase(resale=(1.0, 1.2)),)))
    assert (problem.code, problem.key) == ("PRG005", "offers.buy")
    assert "after 1 periods it is resold at 120% of the price paid" in problem.what


def test_a_resale_at_the_price_is_not() -> None:
    """4 systems, sold after the one year they are needed for what they cost: nothing."""
    options = world(periods=2, demand=(4.0, 0.0), offerings=(purchase(resale=(1.0, 1.0)),))
    assert solved(options).solution.objective == exactly(0.0)


def test_a_negative_price_without_end_is_refused_and_named() -> None:
    """1 MUSD paid out for every system rented."""
    problem = refused(world(offerings=(rental(price=-1e6 / 8766),)))
    assert (problem.code, problem.key) == ("PRG005", "hour")
    assert "it earns 1,000,000 USD for every unit of rent.hour" in problem.what


def test_a_negative_price_with_an_end_is_a_bargain() -> None:
    """Twin: three at most bring 3 MUSD; a fourth Gtok/h is bought for 1."""
    options = world(offerings=(purchase(), rental(price=-1e6 / 8766, max_per_period=(3.0,) * 20)))
    assert solved(options).solution.objective == exactly(-2.0)


def test_figures_a_million_million_apart_are_refused_with_their_row() -> None:
    """A system of 10 million million MW beside one of 1 MW."""
    problem = refused(world(systems=(system(), system("sun", kw=1e16)), offerings=(purchase(), purchase("sun", "sun"))))  # fmt: skip
    assert problem.code == "PRG004"
    assert problem.key == "power.campus.0"
    assert "fleet.sun.campus.0 is 1e+13" in problem.what


def test_figures_a_million_apart_are_solved() -> None:
    big = system("sun", kw=1e9)
    options = world(systems=(system(), big), offerings=(purchase(), purchase("sun", "sun")))
    assert solved(options).solution.objective == exactly(4.0)
