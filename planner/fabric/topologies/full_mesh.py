"""Every endpoint joined to every other: no switch, one hop, and links that grow with the square."""

from __future__ import annotations

from planner.fabric.ask import Ask, refusal
from planner.fabric.counts import Bundle, Counts, topology


@topology("full-mesh")
def full_mesh(ask: Ask) -> Counts:
    """A link between every two chips.

    Equation: N(N − 1)/2 links, N − 1 ports, diameter 1, bisection ⌊N/2⌋·⌈N/2⌉.
    Raises FAB009 where a radix is said and a chip needs more ports than that.

    >>> full_mesh(Ask(endpoints=8)).link_count
    28
    """
    count = ask.wanted()
    if ask.radix is not None and count - 1 > ask.radix:
        what = f"a full mesh of {count} needs {count - 1} ports on each, not {ask.radix}"
        raise refusal("FAB009", "endpoints", what, f"nearest: --endpoints {ask.radix + 1}")
    links = (Bundle("mesh", count * (count - 1) // 2, "row"),)
    cut = (count // 2) * (count - count // 2)
    return Counts("full-mesh", count, ask.port_gbps, {}, links, count - 1, min(count - 1, 1), cut)
