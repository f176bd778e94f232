"""Torus: a ring along every dimension, links between neighbours only, no switch."""

from __future__ import annotations

from math import prod

from planner.fabric.ask import Ask, refusal
from planner.fabric.counts import Bundle, Counts, topology


@topology("torus", "shape", "planes", "board")
def torus(ask: Ask) -> Counts:
    """Rings of chips in two or more dimensions, in planes, with links on a board left out.

    Equation: n·N links (a side of 2 has one link, not two), 2n ports, diameter Σ⌊s/2⌋,
    bisection 2N/max(s). On b × b × … boards 1/b of the links of each dimension are cables.
    Raises FAB003 for an odd side, a shape that does not hold the endpoints, a board that does not
    divide a side.

    >>> torus(Ask(shape=(8, 8, 16))).hops
    16
    """
    shape = ask.shape or nearest_cubic(ask.wanted(), 3, 2)
    check_shape(ask, shape)
    board = ask.board or 1
    if any(side % board for side in shape):
        what = f"a board of {board} does not divide every side of {shown(shape)}"
        raise refusal("FAB003", "board", what, f"nearest: --shape {shown(tuple(-(-s // board) * board for s in shape))}")  # fmt: skip
    outer = int(prod(shape) * sum(cables(side, board) for side in shape))
    further = {"on_board_links": float((links_of(shape) - outer) * ask.planes)} if board > 1 else {}
    ports = sum(min(2, side - 1) for side in shape) * ask.planes
    links = (Bundle("neighbour", outer * ask.planes, "row"),)
    cut = bisection(shape) * ask.planes
    return Counts(
        "torus", prod(shape), ask.port_gbps, {}, links, ports, diameter(shape), cut, further
    )


def cables(side: int, board: int) -> float:
    """Links per chip along a dimension that leave a board: of a ring, one in ``board``."""
    return 0.0 if side == board == 2 else rings(side) / board


def rings(side: int) -> float:
    """Links per chip along a dimension: 1 on a ring, a half where two chips share one link."""
    return {1: 0.0, 2: 0.5}.get(side, 1.0)


def links_of(shape: tuple[int, ...]) -> int:
    """All links of a torus."""
    return int(prod(shape) * sum(map(rings, shape)))


def diameter(shape: tuple[int, ...]) -> int:
    """Σ⌊s/2⌋."""
    return sum(side // 2 for side in shape)


def bisection(shape: tuple[int, ...]) -> int:
    """Links cut across the longest side: 2N/max(s), once only where that side is 2."""
    longest = max(shape)
    return prod(shape) // longest * min(2, longest - 1)


def check_shape(ask: Ask, shape: tuple[int, ...], step: int = 2) -> None:
    """Every side a multiple of ``step`` (or 1) and the product the endpoints; FAB003 if not."""
    if any(side % step and side != 1 for side in shape):
        low = tuple(max(side // step, 1) * step if side != 1 else 1 for side in shape)
        high = tuple(-(-side // step) * step if side != 1 else 1 for side in shape)
        what = f"every side of {shown(shape)} must be a multiple of {step}"
        raise refusal("FAB003", "shape", what, f"nearest: --shape {shown(low)} or {shown(high)}")
    if ask.endpoints is not None and ask.endpoints != prod(shape):
        what = f"a torus of {shown(shape)} holds {prod(shape)} chips, not {ask.endpoints}"
        raise refusal("FAB003", "shape", what, f"nearest: --endpoints {prod(shape)}")


def nearest_cubic(count: int, dimensions: int, step: int) -> tuple[int, ...]:
    """The shape nearest a cube whose sides are multiples of ``step``; FAB003 with the nearest size.

    >>> nearest_cubic(1024, 3, 2)
    (8, 8, 16)
    """
    found = cubic(count, dimensions, step)
    if found:
        return found
    below = (n for n in range(count, 0, -1) if cubic(n, dimensions, step))
    near = [next(below, 0)]
    above = next(
        n for n in range(count, 2 * count + step**dimensions) if cubic(n, dimensions, step)
    )
    what = f"{count} chips fill no torus of {dimensions} sides in steps of {step}"
    near_text = " or ".join(str(n) for n in [*near, above] if n)
    raise refusal("FAB003", "endpoints", what, f"nearest: --endpoints {near_text}, or give --shape")


def cubic(count: int, dimensions: int, step: int) -> tuple[int, ...] | None:
    """The most even sides in steps of ``step`` with this product, or None."""
    if count % step**dimensions:
        return None
    return _even(count // step**dimensions, dimensions, step)


def _even(blocks: int, dimensions: int, step: int) -> tuple[int, ...]:
    if dimensions == 1:
        return (blocks * step,)
    side = max(s for s in range(1, round(blocks ** (1 / dimensions)) + 1) if blocks % s == 0)
    return (side * step, *_even(blocks // side, dimensions - 1, step))


def shown(shape: tuple[int, ...]) -> str:
    """A shape as the command line writes it.

    >>> shown((8, 8, 16))
    '8x8x16'
    """
    return "x".join(map(str, shape))
