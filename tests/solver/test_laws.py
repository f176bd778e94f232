"""Laws of the optimum that hold for every world: relaxing never costs, money scales, order is nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.options.table import Offering, Options
from planner.program.build import build
from tests.solver.draws import MIDDLING, Figures, few, figures, small
from tests.world import Answer, session, solve

Change = Callable[[Options], Options]


def scaled(series: tuple[float, ...], factor: float) -> tuple[float, ...]:
    return tuple(value * factor for value in series)


def more_power(options: Options) -> Options:
    places = {n: replace(p, power_kw=scaled(p.power_kw, 1.2)) for n, p in options.places.items()}
    return replace(options, places=places)


def more_racks(options: Options) -> Options:
    places = {n: replace(p, positions=scaled(p.positions, 1.2)) for n, p in options.places.items()}
    return replace(options, places=places)


def more_hbm(options: Options) -> Options:
    supplies = {n: replace(s, amount=scaled(s.amount, 1.2)) for n, s in options.supplies.items()}
    return replace(options, supplies=supplies)


def shorter_lead_time(options: Options) -> Options:
    sooner = {n: replace(o, first=max(0, o.first - 1)) for n, o in options.offerings.items()}
    return replace(options, offerings=sooner)


RELAXATIONS = [more_power, more_racks, more_hbm, shorter_lead_time]


@pytest.mark.parametrize("relax", RELAXATIONS, ids=lambda relax: relax.__name__)
@few
@given(drawn=figures)
def test_relaxing_a_limit_never_costs_more(relax: Change, drawn: Figures) -> None:
    """Every plan of the tighter world is a plan of the looser one."""
    options = small(drawn)
    tight, loose = solve(options).musd, solve(relax(options)).musd
    assert loose <= tight + 1e-7 * (1 + abs(tight))


@pytest.mark.parametrize("relax", RELAXATIONS, ids=lambda relax: relax.__name__)
def test_relaxing_a_limit_that_bites_saves(relax: Change) -> None:
    """In a middling world each of the four does bite."""
    options = small(MIDDLING)
    assert solve(relax(options)).musd < solve(options).musd - 1e-3


def dearer(options: Options, factor: float) -> Options:
    """The same world with every amount of money multiplied."""

    def offer(given: Offering) -> Offering:
        return replace(
            given,
            price_usd=scaled(given.price_usd, factor),
            fabric_usd=scaled(given.fabric_usd, factor),
        )

    places = {
        name: replace(
            place,
            tariff_usd_per_kwh=tuple(scaled(t, factor) for t in place.tariff_usd_per_kwh),
            facility_usd_per_kw_year=scaled(place.facility_usd_per_kw_year, factor),
        )
        for name, place in options.places.items()
    }
    assert options.carbon_usd_per_g is not None
    return replace(
        options,
        places=places,
        offerings={name: offer(given) for name, given in options.offerings.items()},
        demands={
            name: replace(demand, shed_usd_per_tok=demand.shed_usd_per_tok * factor)
            for name, demand in options.demands.items()
        },
        supplies={
            name: replace(supply, spot_usd=scaled(supply.spot_usd or (), factor))
            for name, supply in options.supplies.items()
        },
        carbon_usd_per_g=scaled(options.carbon_usd_per_g, factor),
        staff_usd_per_kw_year=options.staff_usd_per_kw_year * factor,
    )


def plan(answer: Answer) -> dict[tuple[object, ...], float]:
    """What is ordered, sold and left unserved."""
    kinds = ("deliver", "sell", "shed", "spot")
    return {key: value for key, value in answer.x.items() if key[0] in kinds}


@few
@given(drawn=figures)
def test_doubling_all_money_doubles_the_cost_and_leaves_the_plan(drawn: Figures) -> None:
    """Every account is linear in money and no row knows any, so the same point stays optimal."""
    options = small(drawn)
    once, twice = solve(options), solve(dearer(options, 2.0))
    assert twice.musd == pytest.approx(2 * once.musd, rel=1e-9)
    assert plan(twice) == pytest.approx(plan(once), abs=1e-6)


def test_every_account_is_linear_in_money() -> None:
    """Each coefficient of the objective doubles, to the bit."""
    options = small(MIDDLING)
    once, twice = build(options), build(dearer(options, 2.0))
    assert twice.cost == [2 * usd for usd in once.cost]
    assert [list(row.terms) for row in twice.rows()] == [list(row.terms) for row in once.rows()]


@few
@given(drawn=figures, order=st.permutations(range(3)))
def test_the_order_of_offerings_changes_nothing(drawn: Figures, order: list[int]) -> None:
    """The objective is that of the world, not of its file."""
    options = small(drawn)
    items = list(options.offerings.items())
    shuffled = replace(options, offerings=dict(items[number] for number in order))
    assert solve(shuffled).musd == pytest.approx(solve(options).musd, rel=1e-9)


@few
@given(drawn=figures)
def test_a_price_of_nothing_and_a_penalty_of_nothing_cost_nothing(drawn: Figures) -> None:
    """With every amount of money at zero any plan costs zero, and the program still solves."""
    assert solve(dearer(small(drawn), 0.0)).musd == pytest.approx(0.0, abs=1e-12)


@few
@given(drawn=figures)
def test_a_plan_keeps_every_row_and_bound(drawn: Figures) -> None:
    """The solver's point, put into the rows as they were generated."""
    program = build(small(drawn))
    solution = session(program).solve()
    for row in program.rows():
        activity = sum(coefficient * solution.x[column] for column, coefficient in row.terms)
        if row.sense in ("<=", "="):
            assert activity <= row.rhs + 1e-6
        if row.sense in (">=", "="):
            assert activity >= row.rhs - 1e-6
    assert (solution.x >= np.array([c.lower for c in program.space.columns]) - 1e-9).all()
    assert (solution.x <= np.array([c.upper for c in program.space.columns]) + 1e-9).all()
