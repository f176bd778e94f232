"""Every topology's formulas agree with small instances wired link by link."""

from __future__ import annotations

from collections import Counter
from math import ceil

import networkx as nx
import pytest

from planner.fabric.ask import Ask
from planner.fabric.counts import Counts, size, topologies
from planner.fabric.topologies.clos import split
from tests.fabric import graphs
from tests.fabric.graphs import Wired

SINGLE = graphs.two_tier(8, 8, 0, 1)
INSTANCES: list[tuple[str, Ask, Wired, str]] = [
    ("single-switch", Ask(endpoints=8, radix=8), SINGLE, "switches"),
    ("clos", Ask(endpoints=6, radix=8), graphs.two_tier(6, 8, 0, 1), "switches"),
    ("clos", Ask(endpoints=32, radix=8), graphs.two_tier(32, 4, 4, 4), "switches"),
    ("clos", Ask(endpoints=16, radix=8), graphs.two_tier(16, 4, 4, 2), "switches"),
    ("clos", Ask(endpoints=24, radix=8, oversubscription=3), graphs.two_tier(24, 6, 2, 1), "switches"),
    ("clos", Ask(endpoints=54, radix=6), graphs.three_tier(54, 6, 3, 3), "switches"),
    ("clos", Ask(endpoints=36, radix=6), graphs.three_tier(36, 6, 3, 3), "switches"),
    ("clos", Ask(endpoints=24, radix=6, tiers=3, oversubscription=2), graphs.three_tier(24, 6, 4, 2), "switches"),
    ("rail-optimised", Ask(endpoints=32, radix=8), graphs.two_tier(32, 4, 4, 4), "switches"),
    ("dragonfly", Ask(p=1, a=3, h=1, groups=4), graphs.dragonfly(1, 3, 1, 4), "routers"),
    ("dragonfly", Ask(p=2, a=3, h=2, groups=4), graphs.dragonfly(2, 3, 2, 4), "routers"),
    ("dragonfly-plus", Ask(p=2, leaves=2, spines=3, h=1, groups=4), graphs.dragonfly_plus(2, 2, 3, 1, 4), "routers"),
    ("hyperx", Ask(shape=(4, 4), p=2), graphs.hyperx((4, 4), (1, 1), 2), "routers"),
    ("hyperx", Ask(shape=(4, 2), trunks=(1, 2), p=4), graphs.hyperx((4, 2), (1, 2), 4), "routers"),
    ("torus", Ask(shape=(4, 4, 6)), graphs.torus((4, 4, 6)), "links"),
    ("torus", Ask(shape=(2, 4)), graphs.torus((2, 4)), "links"),
    ("torus-ocs", Ask(shape=(4, 4, 4), cube=2), graphs.torus((4, 4, 4)), "links"),
    ("full-mesh", Ask(endpoints=9), graphs.full_mesh(9), "links"),
    ("scale-up", Ask(endpoints=8, links=6, radix=16), graphs.scale_up(8, 6, 3), "switches"),
    ("slim-fly", Ask(q=5), graphs.slim_fly(5, ({1, 4}, {2, 3}), 4), "routers"),
    ("slim-fly", Ask(q=7), graphs.slim_fly(7, ({1, 2, 5, 6}, {1, 3, 4, 6}), 6), "routers"),
    ("hamming-mesh", Ask(board=2, boards=4, radix=8), graphs.hamming_mesh(2, 4), "links"),
    ("hamming-mesh", Ask(board=3, boards=2, radix=4), graphs.hamming_mesh(3, 2), "links"),
    ("hamming-mesh", Ask(board=1, boards=4, radix=8), graphs.hamming_mesh(1, 4), "links"),
]  # fmt: skip
NAMES = [f"{name}-{at}" for at, (name, *_) in enumerate(INSTANCES)]
COUNTED = pytest.mark.parametrize(("name", "ask", "wired", "measure"), INSTANCES, ids=NAMES)
HALVED = pytest.mark.parametrize(
    ("name", "ask", "wired"), [one[:3] for one in INSTANCES if one[0] != "slim-fly"]
)
"""Slim Fly has no natural half; the spectrum below proves its bisection."""


def made(name: str, ask: Ask) -> Counts:
    return size(name, ask)


@COUNTED
def test_switches_links_and_endpoints_are_those_of_the_graph(name: str, ask: Ask, wired: Wired, measure: str) -> None:  # fmt: skip
    counts = made(name, ask)
    assert len(wired.ends) == counts.endpoints
    assert wired.links == counts.link_count
    if name != "torus-ocs":  # its switches turn light; the next test but two counts them
        assert len(wired.switches) == counts.switch_count


@COUNTED
def test_no_switch_has_more_links_than_ports(
    name: str, ask: Ask, wired: Wired, measure: str
) -> None:
    counts = made(name, ask)
    if name in ("hamming-mesh", "torus-ocs"):
        assert max(degree for _, degree in wired.graph.degree(wired.ends)) == (4 if name == "hamming-mesh" else 6)  # fmt: skip
    else:
        assert wired.busiest <= counts.ports


@COUNTED
def test_hops_are_the_diameter_of_the_graph(
    name: str, ask: Ask, wired: Wired, measure: str
) -> None:
    passed = wired.links_passed()
    found = {"switches": passed - 1, "routers": passed - 2, "links": passed}[measure]
    assert made(name, ask).hops == found


@HALVED
def test_bisection_is_the_flow_between_the_natural_halves(
    name: str, ask: Ask, wired: Wired
) -> None:
    assert made(name, ask).bisection_links == pytest.approx(wired.cut(wired.half), abs=1e-9)


@COUNTED
def test_no_other_even_split_cuts_fewer(name: str, ask: Ask, wired: Wired, measure: str) -> None:
    cuts = [wired.cut(half) for half in wired.other_halves(12)]
    assert min(cuts) >= int(made(name, ask).bisection_links)


def test_every_topology_has_an_instance() -> None:
    proved = {name for name, *_ in INSTANCES} | {"rail-only"}
    assert proved == {one.id for one in topologies()}


def test_rail_only_crosses_a_rail_with_one_more_scale_up_hop() -> None:
    wired = graphs.rail_only(3, 16, 4, 2)
    counts = size("rail-only", Ask(endpoints=48, radix=8, domain=3))
    fabric = [node for node in wired.switches if node[0] != "scale-up"]
    assert (len(fabric), wired.links) == (counts.switch_count, counts.link_count)
    far = dict(nx.all_pairs_shortest_path_length(wired.graph))
    within = nx.MultiGraph(wired.graph)
    within.remove_nodes_from([node for node in wired.switches if node[0] == "scale-up"])
    assert not nx.is_connected(within)
    rail = far[("end", 0, 0)][("end", 0, 15)] - 1
    across = far[("end", 0, 0)][("end", 1, 15)] - 2  # two chips and the links between are one hop
    assert (rail, across) == (3, counts.hops)


def test_cubes_meet_in_as_many_circuit_switches_as_a_face_pair_has_places() -> None:
    """Every face link of a torus ends at a place of its dimension; a circuit switch serves one."""
    cube, shape = 2, (4, 4, 8)
    counts = size("torus-ocs", Ask(shape=shape, cube=cube))
    ends: Counter[tuple[int, ...]] = Counter()
    inside = 0
    for a, b in graphs.torus(shape).graph.edges():
        (axis,) = (n for n in range(3) if a[n + 1] != b[n + 1])
        if a[axis + 1] // cube == b[axis + 1] // cube:
            inside += 1
        else:
            place = tuple(a[n + 1] % cube for n in range(3) if n != axis)
            ends[(axis, *place)] += 2
    assert inside == counts.links["cube"]
    assert len(ends) == counts.switches["ocs"]
    assert sum(ends.values()) == counts.further["fibres"]
    assert set(ends.values()) == {counts.ports}


@pytest.mark.parametrize(("q", "sets"), [(5, ({1, 4}, {2, 3})), (7, ({1, 2, 5, 6}, {1, 3, 4, 6}))])
def test_the_bisection_of_a_slim_fly_is_within_q_half_of_its_spectral_bound(q: int, sets: tuple[set[int], set[int]]) -> None:  # fmt: skip
    """Any even split of R routers of degree k' cuts at least R/4·(k' − λ₂) links."""
    import numpy as np

    wired = graphs.slim_fly(q, sets, 1)
    routers = wired.graph.subgraph(wired.switches)
    values = np.linalg.eigvalsh(nx.to_numpy_array(routers))
    degree, second = values[-1], values[-2]
    least = len(routers) / 4 * (degree - second)
    formula = q * ceil(q * q / 2)
    assert least <= formula + 1e-9
    assert formula - least <= q / 2 + 1e-9


def test_leaves_lift_what_the_split_says() -> None:
    assert [split(8, 1), split(8, 3), split(6, 2)] == [(4, 4), (6, 2), (4, 2)]
