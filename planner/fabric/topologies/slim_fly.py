"""Slim Fly: the McKay-Miller-Širáň graph, nearly the most routers two links can reach."""

from __future__ import annotations

from math import ceil

from planner.fabric.ask import Ask, refusal
from planner.fabric.counts import ENDPOINT, Bundle, Counts, topology
from planner.fabric.topologies.dragonfly import check_ports, endpoints_of

LARGEST_Q = 1_000
"""Beyond any switch: a Slim Fly of this q needs 1,500 ports for routers alone."""


@topology("slim-fly", "p", "q")
def slim_fly(ask: Ask) -> Counts:
    """Routers in two sets of q × q, joined by a line equation over the field of q elements.

    Equation: prime power q = 4w + δ, δ in {−1, 0, 1}; R = 2q² routers of k' = (3q − δ)/2 links and
    p = ⌈k'/2⌉ endpoints (--p says else); R·k'/2 links; diameter 2. Bisection q·⌈q²/2⌉, the cut
    between halves of the groups: the spectral bound q³/2 shows no even cut is lower but for odd q
    by under q/2 links. An unsaid q is the smallest that holds the endpoints.
    Source: Besta and Hoefler, SC 2014. Raises FAB004 where q is no such prime power.

    >>> slim_fly(Ask(q=27)).inter_switch_links
    29889
    """
    q = ask.q or smallest(ask.wanted())
    if not legal(q):
        below = next((n for n in range(q, 2, -1) if legal(n)), None)
        above = next(n for n in range(q + 1, 2 * q + 8) if legal(n))
        near = " or ".join(str(n) for n in (below, above) if n)
        what = f"{q} is no prime power of the form 4w − 1, 4w or 4w + 1"
        raise refusal("FAB004", "q", what, f"nearest: --q {near}")
    routers, degree = 2 * q * q, network_degree(q)
    here = ask.p or ceil(degree / 2)
    check_ports("radix", degree + here, ask.radix)
    count = endpoints_of(ask, routers * here)
    within = q * q * (degree - q)
    bundles = (
        Bundle(ENDPOINT, count, "in_rack"),
        Bundle("local", within, "row"),
        Bundle("global", routers * degree // 2 - within, "hall"),
    )
    cut = min(count / 2, q * ceil(q * q / 2))
    return Counts(
        "slim-fly", count, ask.port_gbps, {"router": routers}, bundles, degree + here, 2, cut
    )


def network_degree(q: int) -> int:
    """k' = (3q − δ)/2, δ the distance of q from the nearest multiple of four.

    >>> network_degree(27)
    41
    """
    delta = {0: 0, 1: 1, 3: -1}[q % 4]
    return (3 * q - delta) // 2


def legal(q: int) -> bool:
    """Whether q is a prime power of the form 4w + δ.

    >>> [q for q in range(2, 33) if legal(q)]
    [3, 4, 5, 7, 8, 9, 11, 13, 16, 17, 19, 23, 25, 27, 29, 31, 32]
    """
    if q < 3 or q % 4 == 2:
        return False
    prime = next(n for n in range(2, q + 1) if q % n == 0)
    while q % prime == 0:
        q //= prime
    return q == 1


def smallest(count: int) -> int:
    """The smallest legal q whose routers hold the endpoints; FAB002 where none is sane."""
    for q in range(3, LARGEST_Q):
        if legal(q) and 2 * q * q * ceil(network_degree(q) / 2) >= count:
            return q
    what = f"{count} endpoints need a Slim Fly beyond q = {LARGEST_Q}"
    raise refusal("FAB002", "endpoints", what, "nearest: --topology clos with more --planes")
