"""A fabric: a topology of one pod size with its boxes and media, as an offer may be wired."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from planner.catalog.fact import Figure, Strict
from planner.catalog.figures import Number, Text
from planner.catalog.interconnect import GigabitsPerSecond

LengthClass = Literal["in_rack", "row", "hall", "campus"]
"""Length classes of links; the metres of each are in the catalog's practice."""
TopologyName = Literal[
    "single-switch", "clos", "rail-optimised", "rail-only", "dragonfly", "dragonfly-plus", "hyperx",
    "torus", "torus-ocs", "full-mesh", "scale-up", "slim-fly", "hamming-mesh",
]  # fmt: skip


class Fabric(Strict):
    """A pod of one size class; a larger class, with its tiers, is a fabric of its own.

    A figure that is absent is the topology's own choice; ``endpoints``, ``endpoints_per_chip`` and
    ``port_rate`` are needed wherever there is a network.
    """

    id: str
    """Kebab case; a system wired by it is the configuration ``system@id``."""
    name: str
    """What it is called."""
    aliases: tuple[str, ...] = ()
    """Other spellings in sources."""
    network: Literal["none", "scale-out", "scale-up"]
    """No network beyond the system, one between scale-up domains, or one that makes the domain."""
    topology: TopologyName | None = None
    """Which topology of ``planner fabric``; absent only where there is no network."""
    endpoints: Number | None = None
    """Size class of a pod: ports of network cards, or chips of a direct or scale-up network."""
    endpoints_per_chip: Number | None = None
    """Endpoints that one chip brings: 1 for a card each, 0.125 where a node of eight is one vertex."""
    port_rate: GigabitsPerSecond | None = None
    """Data rate of one port, one direction."""
    switch: str = ""
    """Id of the box; empty: the cheapest that fits."""
    media: dict[str, str] = Field(default_factory=dict)
    """Tier pair, or ``all``, -> id of the medium; a pair not named takes the cheapest that reaches."""
    lengths: dict[str, LengthClass] = Field(default_factory=dict)
    """Tier pair -> length class, where the pod is laid out closer or wider than the topology assumes."""
    radix: Number | None = None
    """Ports of a box; absent: those of the named box."""
    tiers: Number | None = None
    """Tiers of a Clos."""
    planes: Number | None = None
    """Parallel networks."""
    oversubscription: Number | None = None
    """Down over up at a leaf."""
    domain: Number | None = None
    """Chips of a scale-up domain (rail-only)."""
    cube: Number | None = None
    """Side of a copper cube (torus-ocs)."""
    links: Number | None = None
    """Links of one chip (scale-up)."""
    facts: dict[str, Figure] = Field(default_factory=dict)
    """Further figures by name."""
    notes: dict[str, Text] = Field(default_factory=dict)
    """Further texts."""

    @model_validator(mode="after")
    def _has_a_topology(self) -> Fabric:
        if (self.topology is None) != (self.network == "none"):
            what = "a network has a topology, and only 'none' has none"
            raise PydanticCustomError("DOC004", "{what}", {"what": what})
        return self
