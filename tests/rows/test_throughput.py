"""Throughput: work needs running systems, fewer where they are fast, more where they stand still.

4 Gtok/h on systems of 1 MUSD each. Without the row one system would serve the world: cost 0.
"""

from __future__ import annotations

import pytest

from tests.world import (
    YEARLY_MUSD,
    exactly,
    purchase,
    rental,
    site,
    solve,
    system,
    workload,
    world,
)

PROVES = ("throughput",)


def test_work_needs_systems_by_their_rate() -> None:
    """4 Gtok/h at 2 Gtok/h a system: 2 MUSD; a system more is worth the 1 MUSD it costs."""
    options = world(systems=[system(rate=2.0)])
    answer = solve(options)
    assert answer.musd == exactly(2.0)
    assert answer.dual["throughput", "gpu", "campus", 0, 0] == exactly(-1.0)
    assert solve(options, without="throughput").musd == exactly(0.0)


@pytest.mark.parametrize(
    ("availability", "headroom", "systems"),
    [(1.0, 0.0, 4.0), (0.8, 0.0, 5.0), (1.0, 0.2, 5.0), (0.8, 0.5, 10.0)],
)
def test_availability_and_headroom_multiply_the_fleet(
    availability: float, headroom: float, systems: float
) -> None:
    """4 / (availability · (1 − headroom)) systems."""
    options = world(systems=[system(availability=availability)], policy={"headroom": headroom})
    assert solve(options).musd == exactly(systems)


def test_workloads_share_the_systems_of_a_block() -> None:
    """4 Gtok/h at rate 2 and 4 Gtok/h at rate 8 take 2 + 1/2 systems; either alone 2 or 1/2."""
    systems = [system(rate={"chat": 2.0, "code": 8.0})]
    chat, code = workload(4.0), workload(4.0, "code")
    assert solve(world(systems=systems, demands=[chat, code])).musd == exactly(2.5)
    assert solve(world(systems=systems, demands=[chat])).musd == exactly(2.0)
    assert solve(world(systems=systems, demands=[code])).musd == exactly(0.5)


def test_systems_of_one_configuration_do_not_work_at_another_site() -> None:
    """A campus system costs half but may not serve chat; a lab system costs 2: 4 · 2 = 8 MUSD.

    With the arc open the campus serves it for 4 · 0.5 = 2.
    """
    places = [site(), site("lab")]
    offerings = [purchase(price=0.5e6), purchase("dear", sites=("lab",), price=2e6)]
    arc = ("gpu", "campus", "chat")
    assert solve(world(places=places, offerings=offerings, closed=[arc])).musd == exactly(8.0)
    assert solve(world(places=places, offerings=offerings)).musd == exactly(2.0)


def test_rented_systems_carry_the_work_of_their_own_block() -> None:
    """Renting only for the peak of 6 (a quarter of the year) on top of 2 bought.

    Buying costs 1 a year, renting 2 a year pro rata: 2 · 1 + 4 · 2 · 1/4 = 4; buying all costs 6.
    """
    blocks, demand = (0.25, 0.75), workload(3.0, profile=(2.0, 2 / 3))
    both = world(
        blocks=blocks,
        demands=[demand],
        offerings=[purchase(), rental(price=2 * YEARLY_MUSD)],
    )
    answer = solve(both)
    assert answer.musd == exactly(4.0)
    assert answer.x["rent", "hour", "cloud", 0, 0] == exactly(4.0)
    assert answer.x["rent", "hour", "cloud", 0, 1] == exactly(0.0)
    assert solve(world(blocks=blocks, demands=[demand])).musd == exactly(6.0)


def test_software_lets_fewer_systems_carry_a_later_period() -> None:
    """Demand 2 then 4; software doubles a system's rate from 1 to 2 in the second year: 2 systems do
    both. The twin without the belief needs 4, and one that loses half its speed 8.
    """
    two_years = {"demand": (2.0, 4.0), "periods": 2}
    assert solve(world(systems=[system(software=(1.0, 2.0))], **two_years)).musd == exactly(2.0)
    assert solve(world(systems=[system()], **two_years)).musd == exactly(4.0)
    assert solve(world(systems=[system(software=(1.0, 0.5))], **two_years)).musd == exactly(8.0)
