"""Cubes of copper joined face to face by optical circuit switches, as TPU pods are."""

from __future__ import annotations

from math import ceil, prod

from planner.fabric.ask import Ask, refusal
from planner.fabric.counts import THROUGH_MIRRORS, Bundle, Counts, topology
from planner.fabric.topologies.torus import bisection, check_shape, diameter, nearest_cubic

DEFAULT_CUBE = 4


@topology("torus-ocs", "shape", "cube")
def torus_ocs(ask: Ask) -> Counts:
    """A three-dimensional torus of copper cubes of side b; optical circuit switches join the faces.

    Equation: 6b² fibres leave a cube, 3b² circuit switches of 2 × cubes ports, 6/b optics a chip.
    Source: Jouppi et al., ISCA 2023 (TPU v4). Raises FAB003 where the chips are no whole cubes,
    FAB009 where a radix is said and a circuit switch would need more ports.

    >>> torus_ocs(Ask(endpoints=4_096, cube=4)).switches
    {'ocs': 48}
    """
    cube = ask.cube or DEFAULT_CUBE
    check_mirrors(ask, cube, prod(ask.shape) if ask.shape else ask.wanted())
    shape = ask.shape or nearest_cubic(ask.wanted(), 3, cube)
    if len(shape) != 3:
        raise refusal("FAB003", "shape", "cubes fill three dimensions", "nearest: --shape 8x8x8")
    check_shape(ask, tuple(cube if side == 1 else side for side in shape), cube)
    count, cubes = prod(shape), prod(shape) // cube**3
    fibres = 6 * cube**2 * cubes
    within = cubes * 3 * cube**2 * (cube - 1)
    bundles = (Bundle("cube", within, "in_rack"), Bundle(THROUGH_MIRRORS, fibres // 2, "hall"))
    further = {"cubes": float(cubes), "fibres": float(fibres), "optics_per_chip": 6 / cube}
    return Counts(
        "torus-ocs", count, ask.port_gbps, {"ocs": 3 * cube**2}, bundles, 2 * cubes,
        diameter(shape), bisection(shape), further,
    )  # fmt: skip


def check_mirrors(ask: Ask, cube: int, count: int) -> None:
    """Refuse with FAB009 more cubes than a circuit switch of the said radix joins."""
    cubes = ceil(count / cube**3)
    if ask.radix is not None and 2 * cubes > ask.radix:
        what = f"{cubes} cubes need circuit switches of {2 * cubes} ports, not {ask.radix}"
        most = ask.radix // 2 * cube**3
        hint = f"nearest: --endpoints {most}, or --radix {2 * cubes}"
        raise refusal("FAB009", "radix", what, hint)
