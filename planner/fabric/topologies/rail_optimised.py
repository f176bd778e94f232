"""A Clos whose leaves each serve one rail: chip number r of every node meets on the same leaves."""

from __future__ import annotations

from planner.fabric.ask import Ask
from planner.fabric.counts import Counts, topology
from planner.fabric.topologies.clos import planes_of


@topology("rail-optimised", "tiers", "planes", "oversubscription")
def rail_optimised(ask: Ask) -> Counts:
    """A Clos with a rail to a leaf: the same totals, longer endpoint links, one hop along a rail.

    Equation: totals of a Clos with N = rails × nodes; endpoints leave their rack for their leaf.
    Source: NVIDIA DGX SuperPOD reference architectures. Raises what a Clos raises.

    >>> rail_optimised(Ask(endpoints=1_152, radix=144)).switches
    {'leaf': 16, 'spine': 8}
    """
    return planes_of("rail-optimised", ask, ask.wanted(), ask.planes, "row", "planes")
