"""A system's share of a pod, on parts small enough to add up by hand.

A box of 4 ports costs 1,000 USD and draws 100 W, a cable 10 USD and 1 W an end and fails once in a
hundred years an end; a pod is the box with 4 cables; a system of 2 chips is half of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest

from planner.catalog.fabric import Fabric, TopologyName
from planner.catalog.interconnect import Medium, Switch
from planner.fabric.ask import Ask
from planner.fabric.counts import size, topologies
from planner.fabric.shelf import Shelf
from planner.fabric.wire import Wired, bandwidth_gb_per_s, wire
from tests.plan.plans import loaded
from tests.world import exactly

DAY = date(2027, 1, 1)


def said(value: float | str, unit: str = "", quality: str = "vendor") -> list[dict[str, Any]]:
    return [{"value": value, "unit": unit, "as_of": 2026, "quality": quality, "source": "test"}]


def cable(**figures: Any) -> Medium:
    given = {
        "id": "wire", "name": "wire", "kind": "passive copper", "rate": said(8, "Gbit/s"), "reach": said(9, "m"),
        "power": said(1, "W"), "price": said(10, "USD"), "failures": said(1, "%/year"), "available": said("2026"),
    }  # fmt: skip
    return Medium.model_validate({**given, **figures})


def box(**figures: Any) -> Switch:
    given = {
        "id": "box", "name": "box", "vendor": "acme", "radix": said(4), "port_rate": said(8, "Gbit/s"),
        "power": said(100, "W"), "price": said(1000, "USD"), "available": said("2026"),
    }  # fmt: skip
    return Switch.model_validate({**given, **figures})


def pod(**figures: Any) -> Fabric:
    given = {
        "id": "pod", "name": "pod", "network": "scale-out", "topology": "single-switch", "endpoints": said(4),
        "endpoints_per_chip": said(1), "port_rate": said(8, "Gbit/s"), "switch": "box", "media": {"all": "wire"},
    }  # fmt: skip
    return Fabric.model_validate({**given, **figures})


def shelf(medium: Medium | None = None, switch: Switch | None = None, day: date = DAY) -> Shelf:
    practice = loaded("quickstart").catalog.practice
    one, two = medium or cable(), switch or box()
    return Shelf({one.id: one}, {two.id: two}, practice, DAY, day)


def wired(fabric: Fabric, on: Shelf, chips: float = 2) -> Wired:
    found = wire(fabric, chips, chips, on)
    assert isinstance(found, Wired), found
    return found


def test_a_system_carries_its_share_of_the_pod() -> None:
    """Half of 1,000 + 4 · 10: 520 USD; half of 100 + 4 · 2 · 1 W: 54 W; 4 ends failing at 1 % · 10 USD: 0.4."""
    found = wired(pod(), shelf())
    assert found.capex_usd == exactly(520.0)
    assert found.kw == exactly(0.054)
    assert found.spares_usd_per_year == exactly(2 * 2 * 0.01 * 10)
    assert (found.pod_chips, found.scale_out_gb_per_s, found.domain_chips) == (4.0, 1.0, None)
    assert wired(pod(), shelf(), chips=4).capex_usd == exactly(2 * 520.0)


def test_no_network_costs_nothing_and_joins_only_the_domain() -> None:
    """Its twin with a network costs 520 USD and joins 4."""
    found = wired(Fabric(id="none", name="none", network="none"), shelf())
    assert (found.capex_usd, found.kw, found.pod_chips, found.scale_out_gb_per_s) == (
        0.0,
        0.0,
        2.0,
        0.0,
    )


def test_a_scale_up_fabric_makes_the_domain() -> None:
    """3 links of 8 Gbit/s on each of 4 chips: 3 GB/s a chip; 3 · 4 / 4 = 3 boxes and 12 cables, half of it."""
    up = box(use="scale-up")
    found = wired(pod(network="scale-up", topology="scale-up", links=said(3)), shelf(switch=up))
    assert (found.domain_chips, found.scale_up_gb_per_s, found.scale_out_gb_per_s) == (
        4.0,
        3.0,
        0.0,
    )
    assert found.capex_usd == exactly((3 * 1000 + 12 * 10) / 2)


def test_a_chiplet_is_paid_and_powered_by_the_share_a_port_takes() -> None:
    """A chiplet of 80 Gbit/s for 50 USD at 5 pJ/bit: a port of 8 takes 5 USD and 0.04 W of it, an end."""
    chiplet = cable(
        kind="photonic fabric", rate=said(80, "Gbit/s"), price=said(50, "USD"), power=said("not disclosed"),
        energy=said(5, "pJ/bit"),
    )  # fmt: skip
    found = wired(pod(), shelf(chiplet))
    assert found.capex_usd == exactly((1000 + 4 * 2 * 5) / 2)
    assert found.kw == exactly((100 + 4 * 2 * 0.04) / 2 / 1000)
    assert [part.id for part in found.parts if part.photonic] == ["wire"]


@pytest.mark.parametrize(
    ("medium", "switch", "why"),
    [
        ({"price": said("not disclosed")}, {}, "no public price"),
        ({"power": said("not disclosed")}, {}, "wire has no public power"),
        ({"failures": said("not disclosed")}, {}, "wire has no public failure rate"),
        ({"reach": said(1, "m")}, {}, "reaches 1 m"),
        ({"reach": said("not disclosed")}, {}, "wire has no public reach"),
        ({"available": said("2027-06")}, {}, "delivered from 2027-06"),
        ({"rate": said(4, "Gbit/s")}, {}, "carries 4"),
        ({}, {"price": said("not disclosed")}, "box has no public price"),
        ({}, {"available": said("2028")}, "delivered from 2028"),
    ],
)
def test_what_is_not_known_or_not_there_leaves_a_fabric_out_with_the_reason(
    medium: dict[str, Any], switch: dict[str, Any], why: str
) -> None:
    found = wire(pod(), 2, 2, shelf(cable(**medium), box(**switch)))
    assert isinstance(found, str)
    assert why in found
    assert found.startswith("pod: ")


@pytest.mark.parametrize("name", ["endpoints", "endpoints_per_chip", "port_rate"])
def test_a_fabric_that_does_not_say_what_it_must_is_left_out(name: str) -> None:
    found = wire(pod(**{name: None}), 2, 2, shelf())
    assert isinstance(found, str)
    assert "'pod' does not say it" in found


def test_a_part_can_be_had_from_its_day_on() -> None:
    """Delivered from June 2027: not for January, but for July, and facts after the as-of day stay unseen."""
    late = cable(available=said("2027-06"))
    assert isinstance(wire(pod(), 2, 2, shelf(late)), str)
    assert wired(pod(), shelf(late, day=date(2027, 7, 1))).day == date(2027, 7, 1)


def test_a_system_larger_than_the_pod_is_left_out() -> None:
    assert "5 endpoints" in str(wire(pod(), 5, 5, shelf()))


def test_a_layout_names_only_links_there_are() -> None:
    """In a row of 20 m a cable of 9 m does not reach; a pair that is not there is refused."""
    assert "reaches 9 m" in str(wire(pod(lengths={"endpoint": "row"}), 2, 2, shelf()))
    assert "no 'leaf_spine' links" in str(wire(pod(lengths={"leaf_spine": "row"}), 2, 2, shelf()))


def test_a_tier_more_costs_what_it_costs() -> None:
    """8 and 16 ports on boxes of 4: 4 + 2 and 8 + 8 + 4 boxes, two and three links a port."""
    two = pod(topology="clos", endpoints=said(8), lengths={"leaf_spine": "in_rack"})
    three = pod(topology="clos", endpoints=said(16), lengths={"leaf_spine": "in_rack", "spine_core": "in_rack"})  # fmt: skip
    assert wired(two, shelf()).capex_usd == exactly(2 / 8 * (6 * 1000 + 16 * 10))
    assert wired(three, shelf()).capex_usd == exactly(2 / 16 * (20 * 1000 + 48 * 10))


@pytest.mark.parametrize(
    ("topology", "ask", "gb_per_s"),
    [
        ("clos", Ask(endpoints=64, radix=16, port_gbps=8), 1.0),
        ("clos", Ask(endpoints=96, radix=16, port_gbps=8, oversubscription=3), 2 / 3),
        ("torus", Ask(shape=(8, 8, 8), port_gbps=8), 1.0),
        ("torus", Ask(shape=(4, 4, 4), port_gbps=8), 2.0),
    ],
)
def test_bandwidth_to_anybody_is_what_the_middle_lets_through(
    topology: str, ask: Ask, gb_per_s: float
) -> None:
    """Clos: a port, at 3 : 1 two thirds of it; torus: 4 · 2N/s / N = 8/s of a port, never above 6."""
    assert bandwidth_gb_per_s(size(topology, ask)) == exactly(gb_per_s)


def test_a_fabric_file_can_name_every_topology_and_no_other() -> None:
    assert set(get_args(TopologyName)) == {topology.id for topology in topologies()}


def test_a_shelf_keeps_its_day_apart_from_what_is_known() -> None:
    """A price of 2028 is not seen from 2027, whatever the delivery day."""
    future = [*said(10, "USD"), {**said(1, "USD", "user")[0], "as_of": "2028"}]
    on = shelf(cable(price=future), day=date(2029, 1, 1))
    assert wired(pod(), on).capex_usd == exactly(520.0)
    assert wired(pod(), replace(on, as_of=date(2028, 6, 1))).capex_usd == exactly(502.0)
