"""Room, cooling, place and time of a site through the command line, and the loss of one.

A box takes one position, draws 1 MW and serves 1 Gtok/h; the four wanted cost 4 MUSD and leave
nothing after four years.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import refused
from tests.contracts.papers import free
from tests.sites.asking import BUY, DRAWING, FOUR, SHED_MUSD, above, boxes, home, run

WET = free("buy", system="wet-box")
HEAVY = above("assumptions: {box: {weight: {value: 2000 kg, basis: a scale}}}")
ROOM = "    racks: 1000\n    rack_density: 1 MW\n"
AWAY = """\
  away:
    kind: owned
    region: {region}
    network_latency: {latency}
    power: 1 GW
    racks: 1000
    rack_density: 1 MW
    liquid: 1 GW
    pue: {{air: 1, liquid: 1}}
    tariff: 0 USD/kWh
    facility: 0 USD/kW/year
"""
CLOUD = "  cloud: {kind: hosted"
BOTH = free("buy", sites="[home, away]")


def away(region: str = "us", latency: str = "1 ms") -> tuple[str, str]:
    """An edit that adds a second site like the first."""
    return CLOUD, AWAY.format(region=region, latency=latency) + CLOUD


def only(count: float) -> float:
    """NPV of ``count`` boxes through four years of four wanted (MUSD)."""
    return -(count + 4 * (4 - count) * SHED_MUSD)


@pytest.mark.parametrize(
    ("room", "count"),
    [
        ("    racks: 3\n    rack_density: 1 MW\n", 3.0),
        ("    racks: 4\n    rack_density: 1 MW\n", 4.0),
        # a class too thin for a box is of no use to it
        ("    rack_classes: {dense: {density: 1 MW, racks: 2}, thin: {density: 50 kW, racks: 9}}\n", 2.0),
        ("    rack_classes: {dense: {density: 1 MW, racks: 4}, thin: {density: 50 kW, racks: 9}}\n", 4.0),
    ],
)  # fmt: skip
def test_a_box_stands_where_a_position_feeds_it(tmp_path: Path, room: str, count: float) -> None:
    """As many boxes as there are positions that feed 1 MW."""
    made = run(tmp_path, FOUR, BUY, (ROOM, room))
    assert boxes(made) == pytest.approx([count] * 4)
    assert made.npv_musd == pytest.approx(only(count))


def test_a_box_denser_than_every_position_is_no_option(tmp_path: Path) -> None:
    """1 MW on positions of 500 kW: excluded with both figures."""
    said = refused(tmp_path, FOUR, BUY, ("rack_density: 1 MW", "rack_density: 500 kW"))
    assert "1000 kW a position against 500" in said


def test_liquid_loops_take_so_much_heat(tmp_path: Path) -> None:
    """Loops for 1.5 MW cool one wet box and a half; the dry box needs none."""
    loops = ("    liquid: 1 GW", "    liquid: 1.5 MW")
    assert run(tmp_path, FOUR, WET, loops).npv_musd == pytest.approx(only(1.5))
    assert run(tmp_path, FOUR, BUY, loops).npv_musd == pytest.approx(only(4))
    assert run(tmp_path, FOUR, WET).npv_musd == pytest.approx(only(4))


def test_a_floor_carries_so_much(tmp_path: Path) -> None:
    """Two tonnes stand on 2,500 kg and not on 1,500; without a limit nobody asks."""
    assert run(tmp_path, FOUR, BUY, HEAVY, home("floor_load: 2500 kg")).npv_musd == pytest.approx(only(4))  # fmt: skip
    said = refused(tmp_path, FOUR, BUY, HEAVY, home("floor_load: 1500 kg"))
    assert "2000 kg a position against 1500" in said
    assert run(tmp_path, FOUR, BUY, HEAVY).npv_musd == pytest.approx(only(4))


def test_carbon_is_priced_by_the_sites_own_intensity(tmp_path: Path) -> None:
    """4 MW at 300 g/kWh: 10,519.2 t a year, at 100 USD 1.05192 MUSD.

    A second site at 100 g costs a third, and the boxes go there. Without a price carbon is free.
    """
    price = ("contracts: {}", f"policy: {{carbon_price: 100 USD/tCO2e}}\n{DRAWING[1]}")
    made = run(tmp_path, FOUR, BUY, price, home("carbon: 300 gCO2e/kWh"))
    assert made.musd("carbon", 0) == pytest.approx(1.05192)
    clean = (CLOUD, AWAY.format(region="us", latency="1 ms") + "    carbon: 100 gCO2e/kWh\n" + CLOUD)  # fmt: skip
    moved = run(tmp_path, FOUR, BOTH, price, home("carbon: 300 gCO2e/kWh"), clean)
    assert moved.musd("carbon", 0) == pytest.approx(1.05192 / 3)
    assert {row["site"] for row in moved.table("fleet")} == {"away"}
    free_of_it = run(tmp_path, FOUR, BUY, DRAWING, home("carbon: 300 gCO2e/kWh"))
    assert free_of_it.npv_musd == pytest.approx(only(4))


def test_carbon_may_be_capped(tmp_path: Path) -> None:
    """5,259.6 t a year are two boxes at 300 g/kWh."""
    cap = ("contracts: {}", f"policy: {{carbon_cap: 5259.6}}\n{DRAWING[1]}")
    made = run(tmp_path, FOUR, BUY, cap, home("carbon: 300 gCO2e/kWh"))
    assert boxes(made) == pytest.approx([2] * 4)


@pytest.mark.parametrize(
    ("limit", "other"),
    [("residency: [us]", {"region": "eu"}), ("max_network_latency: 5 ms", {"latency": "40 ms"})],
    ids=["residency", "latency"],
)
def test_work_stays_where_it_may_be_served(
    tmp_path: Path, limit: str, other: dict[str, str]
) -> None:
    """Home feeds two boxes; a site elsewhere feeds the other two unless the work may not go there."""
    small = ("    power: 1 GW", "    power: 2 MW")
    bound = ("deferrable: true", f"deferrable: true, {limit}")
    made = run(tmp_path, FOUR, BOTH, small, away(**other), bound)
    assert made.npv_musd == pytest.approx(only(2))
    assert run(tmp_path, FOUR, BOTH, small, away(**other)).npv_musd == pytest.approx(only(4))


def test_service_begins_after_commissioning_and_payment_does_not_wait(tmp_path: Path) -> None:
    """A week from dock to service is a period here: 4 MUSD in 2027, and its work shed."""
    made = run(tmp_path, FOUR, BUY, home("commissioning: 1 week"))
    assert made.musd("purchase", 0) == pytest.approx(4)
    assert made.npv_musd == pytest.approx(-(4 + 4 * SHED_MUSD))
    assert run(tmp_path, FOUR, BUY).npv_musd == pytest.approx(only(4))


def test_planned_work_takes_hours_away(tmp_path: Path) -> None:
    """Closed half of 2027: eight boxes, 8 MUSD, where four would do."""
    made = run(tmp_path, FOUR, BUY, home("maintenance: {2027: 50 %, 2028: 0 %}"))
    assert made.npv_musd == pytest.approx(-8)


@pytest.mark.parametrize(("share", "count"), [("100 %", 8.0), ("75 %", 6.0), ("50 %", 4.0)])
def test_the_loss_of_any_one_site_is_survived_at_its_share(
    tmp_path: Path, share: str, count: float
) -> None:
    """Each of two sites alone carries the share of 4 Gtok/h: twice so many boxes."""
    rule = above(f"policy: {{site_loss: {{share: {share}, sites: [home, away]}}}}")
    made = run(tmp_path, FOUR, BOTH, away(), rule)
    assert boxes(made) == pytest.approx([count] * 4)
    assert made.npv_musd == pytest.approx(-count)


def test_without_the_rule_four_boxes_stand_anywhere(tmp_path: Path) -> None:
    """The twin: 4 MUSD."""
    assert run(tmp_path, FOUR, BOTH, away()).npv_musd == pytest.approx(-4)
