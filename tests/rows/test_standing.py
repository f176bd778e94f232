"""Where systems stand and when they serve: rack classes, floors, capping, commissioning, maintenance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.options.ground import Place
from tests.world import (
    block,
    exactly,
    installed,
    purchase,
    rack_class,
    site,
    solve,
    system,
    workload,
    world,
)

PROVES = ("rack_class", "capping")


def classed(*classes: object, **others: object) -> Place:
    """A site whose positions are of several kinds."""
    return replace(site(**others), classes=classes, positions=())  # type: ignore[arg-type]


def test_a_system_stands_where_a_position_can_feed_it() -> None:
    """One dense position for a 1 MW system, three thin ones for systems of 0.5 MW and 0.5 Gtok/h.

    1 + 3 systems serve 2.5 of 4: 4 + 15 = 19. Four dense positions, or no row: 4.
    """
    systems = [system(), system("half", rate=0.5, kw=500.0)]
    given = {"systems": systems, "offerings": [purchase(), purchase("thin", "half")]}
    mixed = classed(rack_class("dense", 1.0), rack_class("thin", 3.0, kw=500.0))
    answer = solve(world(places=[mixed], **given))
    assert answer.musd == exactly(19.0)
    assert answer.dual["rack_class", "dense@campus", 0] == exactly(-9.0)
    assert answer.dual["rack_class", "thin@campus", 0] == exactly(-4.0)
    assert solve(world(places=[classed(rack_class("dense", 4.0))], **given)).musd == exactly(4.0)
    assert solve(world(places=[mixed], **given), without="rack_class").musd == exactly(4.0)


def test_thin_systems_may_stand_in_dense_positions() -> None:
    """Two dense positions and no thin one take two half systems: 2 + 30 = 32."""
    half = system("half", rate=0.5, kw=500.0)
    place = classed(rack_class("dense", 2.0), rack_class("thin", 0.0, kw=500.0))
    options = world(places=[place], systems=[half], offerings=[purchase(system="half")])
    assert solve(options).musd == exactly(32.0)


def test_a_block_enlarges_the_class_it_is_of() -> None:
    """A hall of one dense position at 2 MUSD, three times: 4 + 6 = 10; of thin ones it helps nobody: 31."""
    classes = (rack_class("dense", 1.0), rack_class("thin", 0.0, kw=500.0))
    for kind, musd in (("dense", 10.0), ("thin", 31.0)):
        hall = block("hall", "shell", mw=0.0, positions=1.0, rack_class=kind)
        assert solve(world(places=[classed(*classes, blocks=(hall,))])).musd == exactly(musd)


@pytest.mark.parametrize(
    ("weight_kg", "positions", "musd"),
    [(2000.0, 1.0, 40.0), (2000.0, 2.0, 4.0), (900.0, 1.0, 4.0), (None, 1.0, 4.0)],
    ids=["too heavy", "spread over two", "light", "not disclosed"],
)
def test_a_floor_carries_so_much(weight_kg: float | None, positions: float, musd: float) -> None:
    """1,000 kg a position: two tonnes on one cannot stand (40 shed), on two they can; unknown is not checked."""
    place = classed(rack_class("dense", 99.0, floor_kg=1000.0))
    heavy = system(weight_kg=weight_kg, positions=positions)
    assert solve(world(places=[place], systems=[heavy])).musd == exactly(musd)


def test_a_small_heavy_system_takes_more_of_a_position() -> None:
    """Half a position and 900 kg on a floor for 1,000: 1.8 positions hold two, 2 + 20; light ones 3.6."""
    nodes = [system(positions=0.5, weight_kg=900.0)]
    options = world(places=[site(racks=1.8, floor_kg=1000.0)], systems=nodes)
    assert solve(options).musd == exactly(22.0)
    light = world(places=[site(racks=1.8)], systems=nodes)
    assert solve(light).musd == exactly(3.6 + 4.0)


def oversold(*demands: object, **ground: object) -> object:
    """2 MW that may be exceeded by a quarter."""
    place = site(power_mw=2.0, oversubscription=0.25, **ground)  # type: ignore[arg-type]
    both = system(rate={"chat": 1.0, "batch": 1.0})
    return world(places=[place], demands=demands, systems=[both])  # type: ignore[arg-type]


def test_what_serves_cappable_work_may_exceed_the_power() -> None:
    """f − f · 0.25 / 1.25 ≤ 2: 2.5 systems, 2.5 + 15 = 17.5. Work that does not accept it: 22."""
    options = oversold(workload(4.0, cappable=True))
    assert solve(options).musd == exactly(17.5)
    assert solve(oversold(workload(4.0))).musd == exactly(22.0)
    assert solve(options, without="capping").musd == exactly(4.0)


def test_firm_work_keeps_to_the_power_there_is() -> None:
    """2 firm and 2 cappable: k = 2 capped, f − 0.2 · 2 = 2: f = 2.4 serves 0.4 of the firm: 2.4 + 16."""
    options = oversold(workload(2.0), workload(2.0, "batch", cappable=True))
    assert solve(options).musd == exactly(18.4)


def test_an_oversubscribed_site_still_draws_no_more_than_it_has() -> None:
    """Systems that draw all they are provisioned for leave nothing to sell twice: 22."""
    hungry = replace(oversold(workload(4.0, cappable=True)), configurations={"gpu": system(idle_kw=1000.0)})  # fmt: skip
    assert solve(hungry).musd == exactly(22.0)
    assert solve(hungry, without="grid").musd == exactly(17.5)


def test_service_begins_after_commissioning_and_payment_does_not_wait() -> None:
    """Two years, one to commission: 40 shed + 4 at the first year's start = 44; at once 4; standing ones 0."""
    slow = [site(lag=1)]
    assert solve(world(periods=2, places=slow)).musd == exactly(44.0)
    assert solve(world(periods=2)).musd == exactly(4.0)
    assert solve(world(places=slow, offerings=[installed(count=4.0)])).musd == exactly(0.0)


def test_a_service_level_waits_for_commissioning() -> None:
    """99 % from the first year in which an order can serve, the second; without the wait no plan exists."""
    served = [workload(4.0, service_level=0.99)]
    assert solve(world(periods=2, places=[site(lag=1)], demands=served)).musd == exactly(44.0)
    late = world(periods=2, offerings=[purchase(first=1)], demands=served)
    assert solve(late).musd == exactly(44.0)


def test_planned_work_takes_hours_away() -> None:
    """Closed half of the second year: 4 systems at first, 8 then; never closed 4."""
    half = [site(closed=(0.0, 0.5))]
    assert solve(world(periods=2, places=half)).musd == exactly(8.0)
    assert solve(world(periods=2)).musd == exactly(4.0)
