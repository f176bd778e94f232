"""All endpoints on one switch: nothing to route, and no room to grow past its ports."""

from __future__ import annotations

from planner.fabric.ask import Ask, refusal
from planner.fabric.counts import ENDPOINT, Bundle, Counts, topology


@topology("single-switch")
def single_switch(ask: Ask) -> Counts:
    """One switch with every endpoint on it.

    Equation: N ≤ k; N links; 1 switch passed; bisection N/2.
    Raises FAB009 where the endpoints are more than the switch has ports.

    >>> single_switch(Ask(endpoints=64, radix=64)).link_count
    64
    """
    count, radix = ask.wanted(), ask.ports
    if count > radix:
        what = f"{count} endpoints do not fit on one switch of {radix} ports"
        raise refusal(
            "FAB009", "endpoints", what, f"nearest: --endpoints {radix}, or --topology clos"
        )
    links = (Bundle(ENDPOINT, count, "in_rack"),)
    return Counts("single-switch", count, ask.port_gbps, {"leaf": 1}, links, radix, 1, count / 2)
