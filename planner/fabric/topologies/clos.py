"""Folded Clos (fat tree) of one to three tiers, oversubscribed at the leaf if asked, in planes."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from planner.fabric.ask import COMMON_RADIX, Ask, refusal
from planner.fabric.counts import ENDPOINT, Bundle, Counts, Length, topology

MOST_TIERS = 3


@topology("clos", "tiers", "planes", "oversubscription")
def clos(ask: Ask) -> Counts:
    """Folded Clos: the fewest tiers that hold the endpoints unless tiers are said, in planes.

    Equation: P planes are P times a Clos of N/P endpoints; t tiers pass 2t − 1 switches.
    Source: Al-Fares et al., SIGCOMM 2008; NVIDIA DGX SuperPOD reference architectures.
    Raises FAB002 (too many endpoints), FAB003 (planes do not divide them, odd radix at three tiers).

    >>> clos(Ask(endpoints=65_536, radix=64)).switches
    {'leaf': 2048, 'spine': 2048, 'core': 1024}
    """
    return planes_of("clos", ask, ask.wanted(), ask.planes, "in_rack", "planes")


def planes_of(
    name: str, ask: Ask, endpoints: int, planes: int, length: Length, said: str
) -> Counts:
    """``planes`` equal Clos networks that share the endpoints; length is that of endpoint links."""
    if endpoints % planes:
        below = endpoints // planes * planes
        what = f"{endpoints} endpoints do not divide into {planes} equal networks"
        near = f"{below} or {below + planes}" if below else f"{planes}"
        raise refusal("FAB003", said, what, f"nearest: --endpoints {near}")
    return plane(name, ask, endpoints // planes, length).times(planes)


def plane(name: str, ask: Ask, count: int, length: Length) -> Counts:
    """One Clos network of ``count`` endpoints."""
    ask = with_radix(ask, count)
    down, up = split(ask.ports, ask.oversubscription)
    tiers = ask.tiers or fewest_tiers(count, ask.ports, down)
    most = largest(tiers, ask.ports, down) if tiers <= MOST_TIERS else 0
    if count > most:
        reach = largest(MOST_TIERS, ask.ports, down)
        what = f"{count} endpoints on switches of {ask.ports} ports do not fit in {tiers} tiers"
        instead = f"--tiers {fewest_tiers(count, ask.ports, down)}, or " if count <= reach else ""
        near = f"nearest: {instead}--endpoints {most or reach} in one plane, or more --planes"
        raise refusal("FAB002", "tiers" if count <= reach else "endpoints", what, near)
    if tiers == 1:
        links = (Bundle(ENDPOINT, count, length),)
        return Counts(name, count, ask.port_gbps, {"leaf": 1}, links, ask.ports, 1, count / 2)
    build = two_tiers if tiers == 2 else three_tiers
    return build(name, ask, count, down, up, length)


def with_radix(ask: Ask, count: int) -> Ask:
    """The ask with the smallest common radix that holds the endpoints, where it says none."""
    if ask.radix is not None:
        return ask
    tiers = min(ask.tiers or MOST_TIERS, MOST_TIERS)
    fits = (
        radix
        for radix in COMMON_RADIX
        if count <= largest(tiers, radix, split(radix, ask.oversubscription)[0])
    )
    return replace(ask, radix=next(fits, COMMON_RADIX[0]))


def split(radix: int, oversubscription: float) -> tuple[int, int]:
    """Ports of a leaf down and up: d = ⌊k·o/(1 + o)⌋, u = k − d.

    >>> split(64, 3)
    (48, 16)
    """
    down = int(radix * oversubscription / (1 + oversubscription))
    if not 0 < down < radix:
        what = f"a leaf of {radix} ports has none left at oversubscription {oversubscription:g}"
        raise refusal("FAB003", "oversubscription", what, "nearest: --oversubscription 1 with --radix 2 or more")  # fmt: skip
    return down, radix - down


def largest(tiers: int, radix: int, down: int) -> int:
    """Endpoints that fit: k, d·k, d·k²/2 in one, two, three tiers (k³/4 where non-blocking)."""
    return (radix, down * radix, down * radix * (radix // 2))[tiers - 1]


def fewest_tiers(count: int, radix: int, down: int) -> int:
    """The fewest tiers that hold ``count`` endpoints; the most there are where none does."""
    fits = (t for t in range(1, MOST_TIERS) if count <= largest(t, radix, down))
    return next(fits, MOST_TIERS)


def two_tiers(name: str, ask: Ask, count: int, down: int, up: int, length: Length) -> Counts:
    """Leaves and spines.

    Equation: L = ⌈N/d⌉, S the smallest divisor of u that is ≥ ⌈L·u/k⌉, so that each leaf spreads
    its u uplinks evenly; L·u links between; L ≤ k; bisection min(N/2, L·u/2).
    """
    leaves = ceil(count / down)
    least = ceil(leaves * up / ask.ports)
    spines = next(s for s in range(least, up + 1) if up % s == 0)
    links = (Bundle(ENDPOINT, count, length), Bundle("leaf_spine", leaves * up, "hall"))
    switches = {"leaf": leaves, "spine": spines}
    cut = min(count, leaves * up) / 2
    return Counts(name, count, ask.port_gbps, switches, links, ask.ports, 3, cut)


def three_tiers(name: str, ask: Ask, count: int, down: int, up: int, length: Length) -> Counts:
    """Leaves and spines in pods of k/2 leaves, and a core.

    Equation: L = ⌈N/d⌉, pods = ⌈L/(k/2)⌉, u spines a pod (k/2 where non-blocking), and for each
    of these u a core group of ⌈pods/2⌉: full, 2N/k + 2N/k + N/k. A part-filled leaf lifts its
    share, so each upper tier has ⌈N·u/d⌉ links (N where non-blocking). Bisection min(N, N·u/d)/2.
    """
    if ask.ports % 2:
        what = f"three tiers need an even radix, not {ask.ports}"
        raise refusal(
            "FAB003", "radix", what, f"nearest: --radix {ask.ports - 1} or {ask.ports + 1}"
        )
    leaves = ceil(count / down)
    pods = ceil(leaves / (ask.ports // 2))
    lifted = ceil(count * up / down)
    switches = {"leaf": leaves, "spine": pods * up, "core": up * ceil(pods / 2)}
    links = (
        Bundle(ENDPOINT, count, length),
        Bundle("leaf_spine", lifted, "row"),
        Bundle("spine_core", lifted, "hall"),
    )
    return Counts(name, count, ask.port_gbps, switches, links, ask.ports, 5, min(count, lifted) / 2)
