"""Dragonfly+: groups that are two-tier Clos networks, joined by the spare ports of their spines."""

from __future__ import annotations

from planner.fabric.ask import Ask
from planner.fabric.counts import ENDPOINT, Bundle, Counts, topology
from planner.fabric.topologies.dragonfly import (
    check_groups,
    check_ports,
    endpoints_of,
    group_count,
    group_cut,
)


@topology("dragonfly-plus", "p", "h", "groups", "leaves", "spines")
def dragonfly_plus(ask: Ask) -> Counts:
    """Groups of l leaves with p endpoints and s spines with h global links each.

    Equation: N = g·l·p; g(l + s) switches; g·l·s links in groups, g·s·h/2 between; g ≤ s·h + 1;
    3 links between leaves; bisection of whole groups s·h·⌊g/2⌋⌈g/2⌉/(g − 1). Unsaid sizes are k/2.
    Source: Shpiner et al., HiPINEB 2017. Raises as a dragonfly does.

    >>> dragonfly_plus(Ask(leaves=16, spines=16, p=16, h=16, groups=8)).switch_count
    256
    """
    half = max(ask.ports // 2, 1)
    leaves, spines = ask.leaves or half, ask.spines or half
    p, h = ask.p or half, ask.h or half
    check_ports("radix", max(p + spines, leaves + h), ask.radix)
    groups = ask.groups or group_count(ask.wanted(), leaves * p, spines * h)
    check_groups(groups, spines * h)
    count = endpoints_of(ask, groups * leaves * p)
    bundles = (
        Bundle(ENDPOINT, count, "in_rack"),
        Bundle("leaf_spine", groups * leaves * spines, "row"),
        Bundle("global", groups * spines * h // 2 if groups > 1 else 0, "hall"),
    )
    cut = group_cut(groups, spines * h) if groups > 1 else leaves * spines / 2
    return Counts(
        "dragonfly-plus", count, ask.port_gbps,
        {"leaf": groups * leaves, "spine": groups * spines}, bundles, max(p + spines, leaves + h),
        3 if groups > 1 else 2, min(count / 2, cut),
    )  # fmt: skip
