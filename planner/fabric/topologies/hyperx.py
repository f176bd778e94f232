"""HyperX: routers on a grid, fully meshed along every dimension, with parallel links if asked."""

from __future__ import annotations

from math import ceil, prod

from planner.fabric.ask import Ask, refusal
from planner.fabric.counts import ENDPOINT, Bundle, Counts, topology
from planner.fabric.topologies.dragonfly import check_ports, endpoints_of
from planner.fabric.topologies.torus import shown

MOST_DIMENSIONS = 4


@topology("hyperx", "p", "shape", "trunks")
def hyperx(ask: Ask) -> Counts:
    """Routers in a grid of shape S, K parallel links to each router on the same line, T endpoints.

    Equation: N = T·ΠS; k = T + ΣK(S − 1); links ΠS/2·ΣK(S − 1); diameter the dimensions whose side
    is above 1; bisection min over dimensions of K·⌊S/2⌋⌈S/2⌉·ΠS/S, at most N/2.
    Source: Ahn et al., SC 2009. --p says T; an unsaid shape is the smallest square that fits.
    Raises FAB005 (radix too small), FAB003 (trunks unlike the shape), FAB002 (too many endpoints).

    >>> hyperx(Ask(shape=(4, 4), p=4)).inter_switch_links
    48
    """
    shape = ask.shape or square(ask.wanted(), ask.ports)
    trunks = ask.trunks or (1,) * len(shape)
    if len(trunks) != len(shape):
        what = f"{len(trunks)} trunks for {len(shape)} dimensions"
        ones = shown((1,) * len(shape))
        raise refusal("FAB003", "trunks", what, f"nearest: --trunks {ones}")
    routers = prod(shape)
    mesh = sum(k * (s - 1) for k, s in zip(trunks, shape, strict=True))
    here = ask.p or (ceil(ask.wanted() / routers) if ask.endpoints else max(ask.ports - mesh, 1))
    check_ports("radix", here + mesh, ask.radix)
    count = endpoints_of(ask, here * routers)
    cuts = [
        k * (s // 2) * (s - s // 2) * routers // s
        for k, s in zip(trunks, shape, strict=True)
        if s > 1
    ]
    lines = enumerate(zip(trunks, shape, strict=True))
    bundles = [Bundle(ENDPOINT, count, "in_rack")]
    bundles += [
        Bundle(f"dimension_{at + 1}", routers * k * (s - 1) // 2, "hall" if at else "row")
        for at, (k, s) in lines
    ]
    return Counts(
        "hyperx", count, ask.port_gbps, {"router": routers}, tuple(bundles), here + mesh,
        len(cuts), min(count / 2, *cuts) if cuts else count / 2,
    )  # fmt: skip


def square(count: int, radix: int) -> tuple[int, ...]:
    """The smallest equal-sided shape whose routers hold the endpoints within the radix.

    >>> square(1_024, 32)
    (8, 8)
    """
    for dimensions in range(1, MOST_DIMENSIONS + 1):
        for side in range(2, radix // dimensions + 2):
            if ceil(count / side**dimensions) + dimensions * (side - 1) <= radix:
                return (side,) * dimensions
    most = max(
        (radix - MOST_DIMENSIONS * (s - 1)) * s**MOST_DIMENSIONS
        for s in range(1, radix // MOST_DIMENSIONS + 2)
    )
    what = f"{count} endpoints fit no HyperX of {MOST_DIMENSIONS} dimensions and {radix} ports"
    raise refusal("FAB002", "endpoints", what, f"nearest: --endpoints {most}, or a larger --radix")
