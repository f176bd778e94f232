"""Running: energy at the meter by block, carbon, buildings and staff.

A year has 8,766 hours, in two blocks of a quarter and three quarters: 2,191.5 and 6,574.5 hours.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.accounts.energy import idle_kwh
from planner.options.table import Options
from tests.world import (
    HOURS,
    cost,
    exactly,
    installed,
    paid,
    purchase,
    rental,
    reservation,
    site,
    solve,
    system,
    workload,
    world,
)

PROVES = (
    "energy idle on fleet",
    "energy serving on serve",
    "carbon on fleet",
    "carbon on serve",
    "facility on fleet",
    "shell on fleet",
    "staff on fleet",
)


def running(*, liquid: bool = False, **given: Any) -> Options:
    """60 kW idle, 100 serving, 120 provisioned, 2 Gtok/h; PUE 1.5 in air, 1.2 in liquid."""
    machine = system(rate=2.0, kw=120.0, idle_kw=60.0, serving_kw=100.0, liquid=liquid)
    place = site(
        pue=1.5, pue_liquid=1.2, tariff=((0.2, 0.4), (0.1, 0.1)), carbon=(400.0, 200.0),
        facility=(1000.0, 1200.0),
    )  # fmt: skip
    return world(
        periods=2,
        blocks=(0.25, 0.75),
        systems=[machine],
        places=[place],
        offerings=[purchase(), rental(), reservation()],
        **given,
    )


@pytest.mark.parametrize(("liquid", "pue"), [(False, 1.5), (True, 1.2)])
def test_idle_draw_pays_each_block_its_own_tariff(liquid: bool, pue: float) -> None:
    """60 kW · PUE over the hours of the block: 60 · 1.5 · (2,191.5 · 0.2 + 6,574.5 · 0.1) in air."""
    payments = paid(running(liquid=liquid), "energy idle", "fleet", "gpu", "campus", 0)
    assert [(p.period, p.moment) for p in payments] == [(0, "middle")] * 2
    assert [p.quantity for p in payments] == [exactly(60 * pue * 2191.5), exactly(60 * pue * 6574.5)]  # fmt: skip
    assert [p.usd for p in payments] == [
        exactly(60 * pue * 2191.5 * 0.2),
        exactly(60 * pue * 6574.5 * 0.1),
    ]


def test_idle_draw_pays_the_tariff_of_its_period() -> None:
    """0.4 in the second year's peak: 60 · 1.5 · (2,191.5 · 0.4 + 6,574.5 · 0.1)."""
    payments = paid(running(), "energy idle", "fleet", "gpu", "campus", 1)
    assert sum(p.usd for p in payments) == exactly(90 * (2191.5 * 0.4 + 6574.5 * 0.1))


@pytest.mark.parametrize(("liquid", "pue"), [(False, 1.5), (True, 1.2)])
def test_serving_adds_its_draw_above_idle_at_the_tariff_of_the_block(
    liquid: bool, pue: float
) -> None:
    """1 Gtok/h keeps half a system busy: (100 − 60) · PUE · 6,574.5 / 2 kWh at 0.1."""
    options = running(liquid=liquid)
    (payment,) = paid(options, "energy serving", "serve", "gpu", "campus", "chat", 0, 1)
    assert (payment.period, payment.moment) == (0, "middle")
    assert payment.quantity == exactly(40 * pue * 6574.5 / 2)
    assert payment.usd == exactly(40 * pue * 6574.5 / 2 * 0.1)
    (peak,) = paid(options, "energy serving", "serve", "gpu", "campus", "chat", 1, 0)
    assert peak.usd == exactly(40 * pue * 2191.5 / 2 * 0.4)


@pytest.mark.parametrize(("profile", "kw"), [((1.0, 1.0), 100.0), ((2.0, 0.0), 80.0)])
def test_a_system_draws_between_idle_and_serving_by_the_time_it_is_busy(
    profile: tuple[float, float], kw: float
) -> None:
    """Two systems draw 100 kW each when busy all year, and (100 + 60) / 2 when busy half of it."""
    options = world(
        blocks=(0.5, 0.5),
        systems=[system(idle_kw=60.0, serving_kw=100.0)],
        places=[site(tariff=0.1)],
        offerings=[installed(count=2.0)],
        demands=[workload(2.0 / profile[0], profile=profile)],
    )
    assert solve(options).musd == exactly(2 * kw * HOURS * 0.1 / 1e6)


def test_switching_off_saves_the_idle_draw_of_the_whole_period_only() -> None:
    """Powered for the peak of 4, idle off the peak: 4 systems pay idle in both blocks."""
    machine = system(idle_kw=60.0, serving_kw=60.0)
    options = world(
        blocks=(0.25, 0.75),
        systems=[machine],
        places=[site(tariff=0.1)],
        demands=[workload(1.0, profile=(4.0, 0.0))],
    )
    assert solve(options).musd == exactly(4 + 4 * 60 * HOURS * 0.1 / 1e6)


def test_hosted_capacity_pays_no_energy_building_staff_or_carbon() -> None:
    """Its price holds them all: serving at the cloud is free beyond the rent."""
    options = running(carbon_usd_per_t=100.0, staff_usd_per_kw_year=50.0)
    assert cost(options, "serve", "gpu", "cloud", "chat", 0, 0) == exactly(0.0)
    assert cost(options, "fleet", "gpu", "cloud", 0) == exactly(0.0)
    assert cost(options, "fleet", "gpu", "campus", 0) > 0
    assert cost(options, "serve", "gpu", "campus", "chat", 0, 0) > 0
    assert list(idle_kwh(options, ("gpu", "cloud", 0))) == []


def test_carbon_is_priced_by_period_on_idle_and_on_serving_energy() -> None:
    """Idle 60 kW · 1.5 · 8,766 h = 788,940 kWh a year; 400 g in the first year, 200 in the second.

    315.576 t at 100 USD/t are 31,557.60 USD, then 157.788 t at 150 are 23,668.20.
    """
    options = running(carbon_usd_per_t=(100.0, 150.0))
    (first,) = paid(options, "carbon", "fleet", "gpu", "campus", 0)
    assert (first.period, first.moment, first.quantity) == (0, "middle", exactly(315.576))
    assert first.usd == exactly(31557.6)
    (second,) = paid(options, "carbon", "fleet", "gpu", "campus", 1)
    assert (second.quantity, second.usd) == (exactly(157.788), exactly(23668.2))
    (serving,) = paid(options, "carbon", "serve", "gpu", "campus", "chat", 1, 1)
    tonnes = 40 * 1.5 * 6574.5 / 2 * 200 / 1e6
    assert (serving.period, serving.quantity) == (1, exactly(tonnes))
    assert serving.usd == exactly(tonnes * 150)


def test_without_a_price_or_an_intensity_carbon_costs_nothing() -> None:
    """No price: no payment. No intensity: no payment either."""
    assert paid(running(), "carbon", "fleet", "gpu", "campus", 0) == []
    assert paid(running(), "carbon", "serve", "gpu", "campus", "chat", 0, 0) == []
    unknown = world(systems=[system(idle_kw=60.0)], carbon_usd_per_t=100.0)
    assert paid(unknown, "carbon", "fleet", "gpu", "campus", 0) == []


def test_buildings_and_staff_are_paid_on_provisioned_power() -> None:
    """120 kW at 1,000 then 1,200 USD, and 50 of staff, a kW and year: 120,000, 144,000 and 6,000."""
    options = running(staff_usd_per_kw_year=50.0)
    for period, usd in ((0, 120e3), (1, 144e3)):
        (payment,) = paid(options, "facility", "fleet", "gpu", "campus", period)
        assert (payment.period, payment.moment) == (period, "middle")
        assert (payment.quantity, payment.usd) == (exactly(120.0), exactly(usd))
        (pay,) = paid(options, "staff", "fleet", "gpu", "campus", period)
        assert (pay.period, pay.moment) == (period, "middle")
        assert (pay.quantity, pay.usd) == (exactly(120.0), exactly(6e3))


def test_a_quarter_pays_a_quarter_of_building_and_staff() -> None:
    """A kW and year over a quarter: 1 MW at 1,000 USD is 250,000, at 50 of staff 12,500."""
    options = world(
        unit="quarter", periods=2, places=[site(facility=1000.0)], staff_usd_per_kw_year=50.0
    )
    (building,) = paid(options, "facility", "fleet", "gpu", "campus", 1)
    (people,) = paid(options, "staff", "fleet", "gpu", "campus", 1)
    assert (building.quantity, building.usd) == (exactly(250.0), exactly(250e3))
    assert people.usd == exactly(12.5e3)
    assert cost(options, "fleet", "gpu", "campus", 1) == exactly(0.2625)
