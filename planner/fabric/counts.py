"""What a topology gives: switches, links, ports, hops and bisection, as plain counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Literal, get_args

from planner.errors import UnknownName
from planner.fabric.ask import Ask
from planner.quantities import KILO

Length = Literal["in_rack", "row", "hall", "campus"]
LENGTHS: tuple[Length, ...] = get_args(Length)
"""Length classes, shortest first; the metres of each are in the catalog's practice."""
ENDPOINT = "endpoint"
"""The tier pair of links between an endpoint and the network."""

THROUGH_MIRRORS = "cube_ocs"
"""The tier pair of links that a circuit switch turns as light."""


@dataclass(frozen=True)
class Bundle:
    """Links of one tier pair and one length class; a link counts once, whatever it is made of."""

    pair: str
    count: int
    length: Length


@dataclass(frozen=True)
class Counts:
    """A sized fabric.

    switches: by tier. ports: of the busiest switch; of a chip where there is no switch.
    hops: of the longest shortest path: switches passed where endpoints hang below switches in
    tiers, links passed between routers or chips where the network is direct.
    bisection_links: links cut by the even split that cuts fewest. further: by name.
    """

    topology: str
    endpoints: int
    port_gbps: float
    switches: dict[str, int]
    bundles: tuple[Bundle, ...]
    ports: int
    hops: int
    bisection_links: float
    further: dict[str, float] = field(default_factory=dict)

    @property
    def switch_count(self) -> int:
        return sum(self.switches.values())

    @property
    def links(self) -> dict[str, int]:
        """Links by tier pair."""
        found: Counter[str] = Counter({ENDPOINT: 0})
        for bundle in self.bundles:
            found[bundle.pair] += bundle.count
        return dict(found)

    @property
    def inter_switch_links(self) -> int:
        """Links that do not end at an endpoint below a switch."""
        return sum(bundle.count for bundle in self.bundles if bundle.pair != ENDPOINT)

    @property
    def link_count(self) -> int:
        return self.inter_switch_links + self.links[ENDPOINT]

    @property
    def bisection_tbps(self) -> float:
        """Bandwidth between halves, one direction (Tbit/s): links cut · port rate."""
        return self.bisection_links * self.port_gbps / KILO

    def times(self, planes: int) -> Counts:
        """``planes`` copies side by side: everything but ports and hops multiplies."""
        if planes == 1:
            return self
        return Counts(
            self.topology,
            self.endpoints * planes,
            self.port_gbps,
            {tier: count * planes for tier, count in self.switches.items()},
            tuple(Bundle(b.pair, b.count * planes, b.length) for b in self.bundles),
            self.ports,
            self.hops,
            self.bisection_links * planes,
            dict(self.further),
        )


@dataclass(frozen=True)
class Topology:
    """A named way to wire endpoints: one pure function from an ask to counts.

    reads: fields of the ask that change the counts, besides endpoints, radix and port rate.
    """

    id: str
    build: Callable[[Ask], Counts]
    reads: tuple[str, ...]

    @property
    def meaning(self) -> str:
        return (self.build.__doc__ or "").strip().splitlines()[0]


_REGISTER: dict[str, Topology] = {}


def topology(
    name: str, *reads: str
) -> Callable[[Callable[[Ask], Counts]], Callable[[Ask], Counts]]:
    """Register a function as the topology of this name, with the fields of an ask it reads."""

    def register(build: Callable[[Ask], Counts]) -> Callable[[Ask], Counts]:
        _REGISTER[name] = Topology(name, build, reads)
        return build

    return register


def topologies() -> tuple[Topology, ...]:
    """Every topology, in order of name."""
    return tuple(_REGISTER[name] for name in sorted(_REGISTER))


def size(name: str, ask: Ask) -> Counts:
    """The counts of a topology; UnknownName (CLI002) where nothing bears the name.

    >>> size("clos", Ask(endpoints=512, radix=64)).switches
    {'leaf': 16, 'spine': 8}
    """
    return find(name).build(ask)


def find(name: str) -> Topology:
    """A topology by name; UnknownName (CLI002) where nothing bears it."""
    if name not in _REGISTER:
        raise UnknownName("topology", name, _REGISTER)
    return _REGISTER[name]


def unread(name: str, ask: Ask) -> tuple[str, ...]:
    """Flags that were said and change nothing in this topology.

    >>> unread("torus", Ask(shape=(4, 4), tiers=2))
    ('tiers',)
    """
    read = {"endpoints", "radix", "port_gbps", *find(name).reads}
    return tuple(
        field.name
        for field in fields(Ask)
        if field.name not in read and getattr(ask, field.name) != field.default
    )
