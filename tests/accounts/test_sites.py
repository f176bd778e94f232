"""Accounts of sites: blocks, what is made on site, the billed peak, onboarding, moving."""

from __future__ import annotations

from typing import Any

from tests.world import block, cost, exactly, onboarding, paid, site, system, workload, world

PROVES = (
    "expansion on expand",
    "remaining value on expand",
    "generation on generate",
    "energy displaced on generate",
    "carbon on generate",
    "demand charge on peak",
    "onboarding fee on onboard",
    "onboarding engineers on onboard",
    "moving on move",
)


def engines(**others: Any) -> Any:
    """A site that can generate: 2 MUSD a MW-year in fuel, 3 from the grid."""
    engine = block("engine", "generation", running_musd=2.0, **others.pop("engine", {}))
    ground = {"tariff": 3e6 / 8766e3, "blocks": (engine,), **others.pop("ground", {})}
    return world(places=[site(**ground)], **others)


def test_a_block_costs_its_price_when_it_enters_service() -> None:
    """2 MUSD in the second of two years at 10 %: 2 / 1.1."""
    options = world(places=[site(blocks=(block(price=(5e6, 2e6)),))], periods=2, discount_rate=0.1)
    assert cost(options, "expand", "campus", "feeder", 1) == exactly(2 / 1.1)
    (payment,) = paid(options, "expansion", "expand", "campus", "feeder", 1)
    assert (payment.period, payment.moment, payment.usd) == (1, "start", 2e6)


def test_a_block_is_worth_what_is_left_of_its_life() -> None:
    """2 MUSD over 10 years, 2 of them gone at the horizon: 1.6 back, not discounted: 0.4."""
    lasting = world(places=[site(blocks=(block(life_years=10.0),))], periods=2)
    (payment,) = paid(lasting, "remaining value", "expand", "campus", "feeder", 0)
    assert (payment.period, payment.moment) == (1, "end")
    assert cost(lasting, "expand", "campus", "feeder", 0) == exactly(0.4)
    gone = world(places=[site(blocks=(block(life_years=2.0),))], periods=2)
    assert paid(gone, "remaining value", "expand", "campus", "feeder", 0) == []


def test_what_is_made_on_site_costs_its_fuel_and_saves_the_tariff() -> None:
    """1 MW for half the hours of a year: 1 in fuel less 1.5 of grid energy, at the block's own tariff."""
    options = engines(blocks=(0.5, 0.5))
    (fuel,) = paid(options, "generation", "generate", "campus", "engine", 0, 0)
    assert (fuel.quantity, fuel.usd) == (exactly(1000 * 4383), exactly(1e6))
    (saved,) = paid(options, "energy displaced", "generate", "campus", "engine", 0, 0)
    assert saved.usd == exactly(-1.5e6)
    assert cost(options, "generate", "campus", "engine", 0, 1) == exactly(-0.5)


def test_emissions_of_what_is_made_on_site_stand_against_those_of_the_grid() -> None:
    """500 g/kWh for 300: 200 g · 8.766 GWh = 1,753.2 t at 100 USD; at the same intensity, or free, nothing."""
    ground = {"carbon": 300.0}
    dirty = engines(engine={"carbon": 500.0}, ground=ground, carbon_usd_per_t=100.0)
    (payment,) = paid(dirty, "carbon", "generate", "campus", "engine", 0, 0)
    assert (payment.quantity, payment.usd) == (exactly(1753.2), exactly(175_320.0))
    same = engines(engine={"carbon": 300.0}, ground=ground, carbon_usd_per_t=100.0)
    assert paid(same, "carbon", "generate", "campus", "engine", 0, 0) == []
    free = engines(engine={"carbon": 500.0}, ground=ground)
    assert paid(free, "carbon", "generate", "campus", "engine", 0, 0) == []


def test_the_demand_charge_is_paid_for_every_month_of_the_period() -> None:
    """1 MW through a quarter at 12 USD a kW and month: 3,000 kW-months, 36,000 USD."""
    place = site(demand_charge_musd=0.144)
    options = world(places=[place], unit="quarter")
    (payment,) = paid(options, "demand charge", "peak", "campus", 0)
    assert (payment.moment, payment.quantity, payment.usd) == ("middle", 3000.0, exactly(36_000.0))
    assert cost(options, "peak", "campus", 0) == exactly(0.036)


def test_onboarding_is_paid_at_its_start_and_its_engineers_while_they_work() -> None:
    """2 MUSD at once and 3 of engineers over two years: 2 + 1.5 + 1.5; with none of either nothing."""
    options = world(onboardings=[onboarding(engineers=3e6, periods=2)], periods=3)
    (fee,) = paid(options, "onboarding fee", "onboard", "port@chat", 0)
    assert (fee.period, fee.moment, fee.usd) == (0, "start", 2e6)
    work = paid(options, "onboarding engineers", "onboard", "port@chat", 0)
    assert [(p.period, p.usd) for p in work] == [(0, 1.5e6), (1, 1.5e6)]
    assert cost(options, "onboard", "port@chat", 0) == exactly(5.0)
    free = world(onboardings=[onboarding(fee=0.0)])
    assert cost(free, "onboard", "port@chat", 0) == exactly(0.0)


def test_engineers_of_no_time_are_paid_at_once() -> None:
    """No whole period of work: 3 MUSD in the first one."""
    options = world(onboardings=[onboarding(fee=0.0, engineers=3e6)])
    assert cost(options, "onboard", "port@chat", 0) == exactly(3.0)


def test_a_move_is_paid_every_day() -> None:
    """100 USD, 365.25 days: 36,525 USD a year."""
    both = [system(rate={"chat": 1.0, "batch": 1.0})]
    options = world(
        systems=both,
        demands=[workload(1.0), workload(1.0, "batch")],
        blocks=(0.5, 0.5),
        policy={"move_cost": "100 USD"},
    )
    (payment,) = paid(options, "moving", "move", "gpu", "campus", "chat", 0, 0)
    assert (payment.quantity, payment.usd) == (365.25, exactly(36_525.0))
