"""Dragonfly: fully meshed groups of routers, every two groups joined by at least one link."""

from __future__ import annotations

from math import ceil

from planner.fabric.ask import Ask, refusal
from planner.fabric.counts import ENDPOINT, Bundle, Counts, topology


@topology("dragonfly", "p", "a", "h", "groups")
def dragonfly(ask: Ask) -> Counts:
    """Groups of a fully meshed routers with p endpoints and h global links each.

    Equation: k = p + a − 1 + h; g ≤ a·h + 1; a·g routers; N = p·a·g; g·a(a − 1)/2 local and
    a·h·g/2 global links; diameter 3 links; bisection of whole groups a·h·⌊g/2⌋⌈g/2⌉/(g − 1).
    Unsaid sizes are balanced: a = 2p = 2h. Source: Kim et al., ISCA 2008.
    Raises FAB005 (radix too small), FAB002 (too many groups or endpoints), FAB003 (a·h·g odd).

    >>> dragonfly(Ask(p=16, a=32, h=16, groups=511)).inter_switch_links
    384272
    """
    p, a, h = sizes(ask)
    groups = ask.groups or group_count(ask.wanted(), p * a, a * h)
    check_ports("radix", p + a - 1 + h, ask.radix)
    check_groups(groups, a * h)
    count = endpoints_of(ask, p * a * groups)
    local, far = groups * a * (a - 1) // 2, a * h * groups // 2 if groups > 1 else 0
    bundles = (
        Bundle(ENDPOINT, count, "in_rack"),
        Bundle("local", local, "row"),
        Bundle("global", far, "hall"),
    )
    cut = group_cut(groups, a * h) if groups > 1 else (a // 2) * (a - a // 2)
    return Counts(
        "dragonfly", count, ask.port_gbps, {"router": a * groups}, bundles, p + a - 1 + h,
        3 if groups > 1 else 1, min(count / 2, cut),
    )  # fmt: skip


def sizes(ask: Ask) -> tuple[int, int, int]:
    """p, a and h as said, the rest balanced within the radix: a = 2p = 2h, 4p − 1 ≤ k."""
    p = ask.p or ask.h or max((ask.ports + 1) // 4, 1)
    return p, ask.a or 2 * p, ask.h or p


def group_count(count: int, per_group: int, global_ports: int) -> int:
    """Fewest groups that hold the endpoints; one more where global ports would not pair up."""
    groups = ceil(count / per_group)
    return groups + (groups * global_ports % 2 if groups > 1 else 0)


def check_ports(name: str, ports: int, radix: int | None) -> None:
    """Refuse with FAB005 a router with fewer ports than its links."""
    if radix is not None and ports > radix:
        what = f"a router needs {ports} ports, not {radix}"
        raise refusal("FAB005", name, what, f"nearest: --radix {ports}")


def check_groups(groups: int, global_ports: int) -> None:
    """Refuse more groups than can all meet (FAB002), or global ports that do not pair (FAB003)."""
    if groups > global_ports + 1:
        what = f"{groups} groups cannot all meet over {global_ports} global ports each"
        raise refusal("FAB002", "groups", what, f"nearest: --groups {global_ports + 1}")
    if groups > 1 and groups * global_ports % 2:
        what = f"{groups} groups of {global_ports} global ports leave one port without a partner"
        raise refusal("FAB003", "groups", what, f"nearest: --groups {groups - 1} or {groups + 1}")


def group_cut(groups: int, global_ports: int) -> float:
    """Global links between halves of whole groups, spread evenly over pairs of groups."""
    return (groups // 2) * (groups - groups // 2) * global_ports / (groups - 1)


def endpoints_of(ask: Ask, most: int) -> int:
    """The endpoints asked for, or all that fit; FAB002 where they do not fit."""
    if ask.endpoints is not None and ask.endpoints > most:
        what = f"{ask.endpoints} endpoints do not fit on these routers"
        raise refusal("FAB002", "endpoints", what, f"nearest: --endpoints {most}")
    return ask.endpoints or most
