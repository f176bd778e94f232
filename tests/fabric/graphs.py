"""Small instances as graphs, wired link by link, to hold the formulas against."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

import networkx as nx

Node = tuple[Any, ...]


@dataclass
class Wired:
    """A graph of a fabric; a node ("end", ...) is an endpoint, every other one a switch or router.

    half: endpoints of one half of the natural even split. free: links that are no cable.
    """

    graph: nx.MultiGraph
    half: set[Node] = field(default_factory=set)
    free: int = 0

    @property
    def ends(self) -> list[Node]:
        return [node for node in self.graph if node[0] == "end"]

    @property
    def switches(self) -> list[Node]:
        return [node for node in self.graph if node[0] != "end"]

    @property
    def links(self) -> int:
        return int(self.graph.number_of_edges()) - self.free

    @property
    def busiest(self) -> int:
        return max(degree for _, degree in self.graph.degree(self.switches or self.ends))

    def switches_passed(self) -> int:
        """Switches on the longest shortest path between endpoints."""
        return self.links_passed() - 1

    def links_passed(self) -> int:
        """Links on the longest shortest path between endpoints."""
        far = dict(nx.all_pairs_shortest_path_length(self.graph))
        return max(far[a][b] for a in self.ends for b in self.ends)

    def cut(self, half: set[Node]) -> int:
        """Most links' worth of traffic from a half of the endpoints to the other."""
        flow = nx.DiGraph()
        for a, b, _ in self.graph.edges(keys=True):
            for u, v in ((a, b), (b, a)):
                flow.add_edge(
                    u, v, capacity=flow.get_edge_data(u, v, {"capacity": 0})["capacity"] + 1
                )
        for end in self.ends:
            flow.add_edge(*(("source", end) if end in half else (end, "sink")))
        return int(nx.maximum_flow_value(flow, "source", "sink"))

    def other_halves(self, count: int) -> list[set[Node]]:
        """Even splits drawn at random, always the same ones."""
        draw, ends = random.Random(7), self.ends
        return [set(draw.sample(ends, len(ends) // 2)) for _ in range(count)]


def hang(graph: nx.MultiGraph, routers: list[Node], count: int, each: int) -> set[Node]:
    """Hang ``count`` endpoints below routers, ``each`` to a router; the first half of them."""
    for number in range(count):
        graph.add_edge(("end", number), routers[number // each])
    return {("end", number) for number in range(count // 2)}


def mesh(graph: nx.MultiGraph, nodes: list[Node], links: int = 1) -> None:
    for a, b in combinations(nodes, 2):
        for _ in range(links):
            graph.add_edge(a, b)


def two_tier(endpoints: int, down: int, up: int, spines: int) -> Wired:
    graph = nx.MultiGraph()
    leaves = [("leaf", n) for n in range(-(-endpoints // down))]
    for leaf in leaves:
        for link in range(up):
            graph.add_edge(leaf, ("spine", link % spines))
    return Wired(graph, hang(graph, leaves, endpoints, down))


def three_tier(endpoints: int, radix: int, down: int, up: int) -> Wired:
    """Pods of k/2 leaves and u spines; spine number i of every pod shares core group i."""
    graph = nx.MultiGraph()
    half = radix // 2
    leaves = [("leaf", n) for n in range(-(-endpoints // down))]
    pods = -(-len(leaves) // half)
    below = {leaf: min(down, endpoints - leaf[1] * down) for leaf in leaves}
    for leaf in leaves:
        for link in range(-(-below[leaf] * up // down)):
            graph.add_edge(leaf, ("spine", leaf[1] // half, link))
    for pod, number in product(range(pods), range(up)):
        spine = ("spine", pod, number)
        graph.add_node(spine)
        group = [("core", number, n) for n in range(-(-pods // 2))]
        graph.add_nodes_from(group)
        for _ in range(graph.degree(spine)):
            graph.add_edge(spine, min(group, key=lambda core: (graph.number_of_edges(spine, core), graph.degree(core))))  # fmt: skip
    return Wired(graph, hang(graph, leaves, endpoints, down))


def rail_only(rails: int, each: int, down: int, spines: int) -> Wired:
    """A two-tier network per rail; a switch ("scale-up", domain) joins the chips of a domain."""
    graph = nx.MultiGraph()
    for rail in range(rails):
        for number in range(each):
            graph.add_edge(("end", rail, number), ("leaf", rail, number // down))
            graph.add_edge(("end", rail, number), ("scale-up", number))
        for leaf in range(-(-each // down)):
            for link in range(down):
                graph.add_edge(("leaf", rail, leaf), ("spine", rail, link % spines))
    return Wired(graph, free=rails * each)


def dragonfly(p: int, a: int, h: int, groups: int) -> Wired:
    graph = nx.MultiGraph()
    for group in range(groups):
        mesh(graph, [("router", group, n) for n in range(a)])
    free = {group: [("router", group, n) for n in range(a) for _ in range(h)] for group in range(groups)}  # fmt: skip
    join_groups(graph, free)
    routers = [("router", group, n) for group in range(groups) for n in range(a)]
    return Wired(graph, hang(graph, routers, p * a * groups, p))


def dragonfly_plus(p: int, leaves: int, spines: int, h: int, groups: int) -> Wired:
    graph = nx.MultiGraph()
    for group, leaf, spine in product(range(groups), range(leaves), range(spines)):
        graph.add_edge(("leaf", group, leaf), ("spine", group, spine))
    free = {group: [("spine", group, n) for n in range(spines) for _ in range(h)] for group in range(groups)}  # fmt: skip
    join_groups(graph, free)
    hung = [("leaf", group, n) for group in range(groups) for n in range(leaves)]
    return Wired(graph, hang(graph, hung, p * leaves * groups, p))


def join_groups(graph: nx.MultiGraph, free: dict[int, list[Node]]) -> None:
    """Spread every group's global ports evenly over all other groups."""
    each = len(next(iter(free.values()))) // (len(free) - 1)
    for a, b in combinations(sorted(free), 2):
        for _ in range(each):
            graph.add_edge(free[a].pop(0), free[b].pop(0))


def hyperx(shape: tuple[int, ...], trunks: tuple[int, ...], each: int) -> Wired:
    graph = nx.MultiGraph()
    routers = [("router", *place) for place in product(*map(range, shape))]
    for at, links in enumerate(trunks):
        lines: dict[Node, list[Node]] = {}
        for router in routers:
            lines.setdefault(router[: at + 1] + router[at + 2 :], []).append(router)
        for line in lines.values():
            mesh(graph, line, links)
    return Wired(graph, hang(graph, routers, each * len(routers), each))


def torus(shape: tuple[int, ...]) -> Wired:
    graph = nx.MultiGraph()
    for place in product(*map(range, shape)):
        for at, side in enumerate(shape):
            after = (*place[:at], (place[at] + 1) % side, *place[at + 1 :])
            if side > 2 or place[at] == 0:
                graph.add_edge(("end", *place), ("end", *after))
    longest = shape.index(max(shape))
    half = {node for node in graph if node[1 + longest] < max(shape) // 2}
    return Wired(graph, half)


def full_mesh(count: int) -> Wired:
    graph = nx.MultiGraph()
    mesh(graph, [("end", n) for n in range(count)])
    return Wired(graph, {("end", n) for n in range(count // 2)})


def scale_up(chips: int, links: int, switches: int) -> Wired:
    graph = nx.MultiGraph()
    for chip, link in product(range(chips), range(links)):
        graph.add_edge(("end", chip), ("switch", link % switches))
    return Wired(graph, {("end", n) for n in range(chips // 2)})


def slim_fly(q: int, sets: tuple[set[int], set[int]], each: int) -> Wired:
    """q a prime; sets are the generators of the two halves."""
    graph = nx.MultiGraph()
    routers = [("router", side, x, y) for side, x, y in product((0, 1), range(q), range(q))]
    for side, x in product((0, 1), range(q)):
        for y, other in combinations(range(q), 2):
            if (y - other) % q in sets[side]:
                graph.add_edge(("router", side, x, y), ("router", side, x, other))
    for x, y, m in product(range(q), repeat=3):
        graph.add_edge(("router", 0, x, y), ("router", 1, m, (y - m * x) % q))
    return Wired(graph, hang(graph, routers, each * len(routers), each))


def hamming_mesh(board: int, boards: int) -> Wired:
    """One switch per line of 2x ports; links on a board are free."""
    graph = nx.MultiGraph()
    side, free = board * boards, 0
    for row, column in product(range(side), repeat=2):
        chip = ("end", column, row)
        for at, line, after in ((column, ("row", row), ("end", column + 1, row)), (row, ("column", column), ("end", column, row + 1))):  # fmt: skip
            inside = at % board
            for edge in (0, board - 1):
                if inside == edge:
                    graph.add_edge(chip, line)
            if inside < board - 1:
                graph.add_edge(chip, after)
                free += 1
    return Wired(graph, {node for node in graph if node[0] == "end" and node[1] < side // 2}, free)
