"""Promises: the least share of a workload served, the most emitted in a period.

4 Gtok/h on systems of 1 MUSD.
"""

from __future__ import annotations

from typing import Any

from planner.options.table import Demand, Offering
from tests.world import (
    HOURS,
    Series,
    exactly,
    installed,
    purchase,
    rental,
    reservation,
    site,
    solve,
    system,
    workload,
    world,
)

PROVES = ("service_level", "carbon_cap")


def promised(level: Series, **given: Any) -> Demand:
    """Shedding at 0.5 MUSD per Gtok/h is cheaper than a system."""
    return workload(4.0, **{"shed_musd": 0.5, "service_level": level, **given})


def test_the_promised_share_is_served_though_shedding_is_cheaper() -> None:
    """Three quarters: 3 systems and 1 shed, 3.5; a Gtok/h more shed saves 0.5. Not promised: 2."""
    options = world(demands=[promised(0.75)])
    answer = solve(options)
    assert answer.musd == exactly(3.5)
    assert answer.dual["service_level", "chat", 0] == exactly(-0.5)
    assert solve(world(demands=[promised(0.0)])).musd == exactly(2.0)
    assert solve(options, without="service_level").musd == exactly(2.0)


def test_a_promise_may_rise_with_the_periods() -> None:
    """Half, then three quarters, rented at 1 a year: 2 + 2 · 0.5, then 3 + 0.5 = 6.5; flat half: 6."""
    hourly = [rental()]
    rising = world(periods=2, demands=[promised((0.5, 0.75))], offerings=hourly)
    assert solve(rising).musd == exactly(6.5)
    assert solve(world(periods=2, demands=[promised(0.5)], offerings=hourly)).musd == exactly(6.0)


def test_the_promise_is_about_the_mean_of_the_blocks() -> None:
    """Peak of 8 in a quarter of the year, 8/3 in the rest; half of the mean of 4 may be shed.

    Two systems are busy throughout and serve 2 of the mean: 2 + 2 · 0.5 = 3. Half of every block
    would need 4 systems for the peak.
    """
    demand = promised(0.5, profile=(2.0, 2 / 3))
    assert solve(world(blocks=(0.25, 0.75), demands=[demand])).musd == exactly(3.0)


def test_the_promise_holds_for_deferrable_work() -> None:
    """3 of 4 served: 3.5; not promised 2."""
    assert solve(world(demands=[promised(0.75, deferrable=True)])).musd == exactly(3.5)
    assert solve(world(demands=[promised(0.0, deferrable=True)])).musd == exactly(2.0)


def test_the_promise_starts_once_the_shortest_lead_time_has_passed() -> None:
    """Offers come in the second and the third year; a Gtok/h shed for a year costs 0.4.

    The first year is shed, 1.6; three systems bought in the second serve the third as well, and
    one Gtok/h is shed in each: 1.6 + 3 + 0.8 = 5.4. Not promised, all is shed: 4.8.
    """
    offerings = [purchase(first=1), purchase("late", price=0.9e6, first=2)]
    options = world(periods=3, demands=[promised(0.75, shed_musd=0.4)], offerings=offerings)
    answer = solve(options)
    assert answer.musd == exactly(5.4)
    assert solve(options, without="service_level").musd == exactly(4.8)
    promises = {key for key in answer.dual if key[0] == "service_level"}
    assert promises == {("service_level", "chat", 1), ("service_level", "chat", 2)}
    assert answer.x["shed", "chat", 1, 0] == exactly(1.0)


def test_the_promise_is_a_share_of_the_demand_of_its_period() -> None:
    """Three quarters of 8 in the second year: 6 systems, of which 4 pay from the first; 2 shed at 0.4.

    6 + 0.8 = 6.8 MUSD. Were the promise that of the first year, 1 shed, 7 systems: 7.4.
    """
    demand = workload((4.0, 8.0), shed_musd=0.4, service_level=0.75)
    assert solve(world(periods=2, demands=[demand])).musd == exactly(6.8)


def test_a_reservation_starts_the_promise_only_where_nothing_can_be_bought() -> None:
    """Terms can be signed from the second year, systems come in the third."""

    def first(*offerings: Offering) -> int:
        answer = solve(world(periods=3, demands=[promised(0.75)], offerings=offerings))
        return min(key[2] for key in answer.dual if key[0] == "service_level")

    assert first(reservation(first=1), purchase(first=2)) == 2
    assert first(reservation(first=1)) == 1


def test_where_only_renting_serves_the_promise_starts_when_renting_opens() -> None:
    """Rented at 1 from the second year on: 4 · 0.5 shed, then 3 + 0.5: 5.5."""
    options = world(periods=2, demands=[promised(0.75)], offerings=[rental(first=1)])
    assert solve(options).musd == exactly(5.5)


def test_what_stands_and_what_is_rented_do_not_start_the_promise() -> None:
    """A museum piece and a cloud of a single system serve before the first order can come."""
    offerings = [installed(count=1.0), rental(max_per_period=1.0), purchase(first=1)]
    answer = solve(world(periods=2, demands=[promised(0.75)], offerings=offerings))
    assert {key for key in answer.dual if key[0] == "service_level"} == {
        ("service_level", "chat", 1)
    }


def test_an_offer_that_may_not_serve_from_its_site_does_not_start_the_promise() -> None:
    """The quick offer stands at the lab, from where chat may not be served; the campus comes a year later.

    So the promise starts in the second year: 2 shed, then 3 + 0.5 = 5.5 in all.
    """
    offerings = [purchase("quick", sites=("lab",)), purchase(first=1)]
    options = world(
        periods=2,
        places=[site(), site("lab")],
        demands=[promised(0.75)],
        offerings=offerings,
        closed=[("gpu", "lab", "chat")],
    )
    assert solve(options).musd == exactly(5.5)


TONNES = 100 * HOURS * 500 / 1e6
"""100 kW through a year at 500 g/kWh: 438.3 t."""


def capped(tonnes: float) -> dict[str, Any]:
    return {"carbon_cap": tonnes}


def test_no_more_is_emitted_than_the_cap_allows() -> None:
    """Serving 1 Gtok/h adds 100 kW, 438.3 t a year: 876.6 t serve 2, 2 + 20 = 22.

    A kilotonne more would save 9 for each 0.4383 kt. Without the row 4.
    """
    systems, places = [system(serving_kw=100.0)], [site(carbon=500.0)]
    options = world(systems=systems, places=places, policy=capped(2 * TONNES))
    answer = solve(options)
    assert answer.musd == exactly(22.0)
    assert answer.dual["carbon_cap", 0] == exactly(-9.0 / (TONNES / 1000))
    assert solve(world(systems=systems, places=places)).musd == exactly(4.0)
    assert solve(options, without="carbon_cap").musd == exactly(4.0)


def test_idle_draw_and_cooling_emit_too() -> None:
    """60 kW idle and 100 when serving, at PUE 1.25 and rate 2: 500 g · 8,766 h · 1.25 · (60/2 + 40/2).

    That is 273.94 t for each Gtok/h, of which half a system: the cap of 3 such leaves 1 shed.
    1.5 systems + 10 = 11.5; without a cap 2.
    """
    each = 500 * HOURS * 1.25 * (60 / 2 + 40 / 2) / 1e6
    systems = [system(rate=2.0, idle_kw=60.0, serving_kw=100.0)]
    places = [site(carbon=500.0, pue=1.25)]
    options = world(systems=systems, places=places, policy=capped(3 * each))
    assert solve(options).musd == exactly(11.5)
    assert solve(options, without="carbon_cap").musd == exactly(2.0)


def test_each_period_has_its_own_cap_and_intensity() -> None:
    """Room for 2 in the first year; half the grams, or twice the cap, in the second: 20 shed + 4."""
    rising = {"2027": 2 * TONNES, "2028": 4 * TONNES}
    for carbon, caps in (((500.0, 250.0), 2 * TONNES), (500.0, rising)):
        options = world(
            periods=2,
            systems=[system(serving_kw=100.0)],
            places=[site(carbon=carbon)],
            policy={"carbon_cap": caps},
        )
        answer = solve(options)
        assert answer.musd == exactly(24.0)
        assert answer.total("shed", "chat", 1) == exactly(0.0)


def test_a_site_of_unknown_intensity_and_a_hosted_one_emit_nothing_here() -> None:
    """A cap of nothing binds neither: 4 bought on an unmeasured site, 4 rented."""
    nothing = capped(0.0)
    assert solve(world(systems=[system(serving_kw=100.0)], policy=nothing)).musd == exactly(4.0)
    rented = world(systems=[system(serving_kw=100.0)], offerings=[rental()], policy=nothing)
    assert solve(rented).musd == exactly(4.0)
