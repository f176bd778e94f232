"""Power, racks and liquid: a site holds no more than it can feed, stand and cool.

4 Gtok/h on systems of 1 MUSD and 1 MW; a Gtok/h shed costs 10. Where n systems fit, the plan costs
n + 10 · (4 − n), and a unit of what is short is worth (10 − 1) by how much of it a system takes.
"""

from __future__ import annotations

import pytest

from tests.world import exactly, installed, purchase, rental, site, solve, system, world

PROVES = ("power", "racks", "liquid")


def test_power_limits_the_fleet() -> None:
    """2.5 MW hold 2.5 systems: 2.5 + 15 = 17.5; with 4 MW, or without the row, 4."""
    tight = world(power_mw=2.5)
    answer = solve(tight)
    assert answer.musd == exactly(17.5)
    assert answer.dual["power", "campus", 0] == exactly(-9.0)
    assert solve(world(power_mw=4.0)).musd == exactly(4.0)
    assert solve(tight, without="power").musd == exactly(4.0)


@pytest.mark.parametrize(("liquid", "pue", "fit"), [(False, 1.5, 2.0), (True, 1.25, 2.4)])
def test_power_counts_the_overhead_of_each_way_of_cooling(
    liquid: bool, pue: float, fit: float
) -> None:
    """3 MW at PUE 1.5 in air hold 2 systems, at 1.25 in liquid 2.4; one MW is worth 9 / PUE."""
    place = site(power_mw=3.0, pue=1.5, pue_liquid=1.25)
    answer = solve(world(systems=[system(liquid=liquid)], places=[place]))
    assert answer.musd == exactly(fit + 10 * (4 - fit))
    assert answer.dual["power", "campus", 0] == exactly(-9.0 / pue)


def test_power_is_that_of_the_period() -> None:
    """1 MW in the first year, 4 in the second: 3 shed · 10 + 4 systems = 34; the other way round 64 − 30.

    With 4 MW first and 1 MW later the 4 are bought at once and 3 of them switched off: 4 + 30.
    """
    assert solve(world(periods=2, power_mw=(1.0, 4.0))).musd == exactly(34.0)
    assert solve(world(periods=2, power_mw=(4.0, 1.0))).musd == exactly(34.0)
    assert solve(world(periods=2, power_mw=4.0)).musd == exactly(4.0)


def test_installed_systems_take_power_too() -> None:
    """Two idle systems of another kind that serve nothing may be switched off and take none."""
    useless = system("museum", rate={})
    offerings = [purchase(), installed(system="museum", count=2.0)]
    options = world(systems=[system(), useless], offerings=offerings, power_mw=4.0)
    assert solve(options).musd == exactly(4.0)
    standing = world(offerings=[purchase(), installed(count=4.0)], power_mw=2.0)
    assert solve(standing).musd == exactly(20.0)


def test_hosted_capacity_takes_none_of_our_power() -> None:
    """Without any power of our own, 4 rented systems serve all: 4 MUSD; without renting 40."""
    renting = world(power_mw=0.0, offerings=[purchase(), rental()])
    assert solve(renting).musd == exactly(4.0)
    assert ("power", "cloud", 0) not in solve(renting).dual
    assert solve(world(power_mw=0.0)).musd == exactly(40.0)


def test_racks_limit_the_fleet() -> None:
    """5 positions at 2 a system hold 2.5 systems: 17.5; a position is worth 9 / 2. Unlimited: 4."""
    options = world(systems=[system(positions=2.0)], places=[site(racks=5.0)])
    answer = solve(options)
    assert answer.musd == exactly(17.5)
    assert answer.dual["racks", "campus", 0] == exactly(-4.5)
    assert solve(world(systems=[system(positions=2.0)])).musd == exactly(4.0)
    assert solve(options, without="racks").musd == exactly(4.0)


def test_liquid_loops_limit_what_they_cool_and_nothing_else() -> None:
    """2.5 MW of loops hold 2.5 liquid systems of 1 MW, whatever the PUE: 17.5, and 9 per MW.

    The same systems in air, or a site whose loops are not scarce: 4.
    """
    place = site(liquid_mw=2.5, pue_liquid=1.25)
    wet = world(systems=[system(liquid=True)], places=[place])
    answer = solve(wet)
    assert answer.musd == exactly(17.5)
    assert answer.dual["liquid", "campus", 0] == exactly(-9.0)
    assert solve(world(systems=[system(liquid=False)], places=[place])).musd == exactly(4.0)
    assert solve(world(systems=[system(liquid=True)])).musd == exactly(4.0)
    assert solve(wet, without="liquid").musd == exactly(4.0)


def test_racks_and_loops_are_those_of_the_period() -> None:
    """Room for 1 in the first year and for 4 in the second: 30 shed + 4 systems = 34, either way."""
    wet = [system(liquid=True)]
    assert solve(world(periods=2, places=[site(racks=(1.0, 4.0))])).musd == exactly(34.0)
    loops = [site(liquid_mw=(1.0, 4.0))]
    assert solve(world(periods=2, systems=wet, places=loops)).musd == exactly(34.0)
    assert solve(world(periods=2, systems=wet)).musd == exactly(4.0)


@pytest.mark.parametrize(("density_kw", "fit"), [(1000.0, 2.5), (2000.0, 2.5), (400.0, 1.0)])
def test_a_position_that_feeds_less_than_a_system_draws_counts_for_less(
    density_kw: float, fit: float
) -> None:
    """2.5 positions for systems of one position and 1 MW; at 400 kW a position each takes 2.5."""
    options = world(places=[site(racks=2.5, density_kw=density_kw)])
    assert solve(options).musd == exactly(fit + 10 * (4 - fit))


def test_each_site_is_short_by_itself() -> None:
    """Campus holds 1 MW and the lab 2 MW of one offer open at both: 3 + 10 = 13 MUSD."""
    places = [site(power_mw=1.0), site("lab", power_mw=2.0)]
    answer = solve(world(places=places, offerings=[purchase(sites=("campus", "lab"))]))
    assert answer.musd == exactly(13.0)
    assert answer.x["fleet", "gpu", "lab", 0] == exactly(2.0)
