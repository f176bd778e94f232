"""Single-stage scale-up: every chip reaches every switch chip, so any two chips are one hop apart."""

from __future__ import annotations

from math import ceil

from planner.fabric.ask import Ask, needed, refusal
from planner.fabric.counts import ENDPOINT, Bundle, Counts, topology
from planner.quantities import BITS_PER_BYTE, KILO


@topology("scale-up", "links", "lane_gbps")
def scale_up(ask: Ask) -> Counts:
    """G chips of m links on one stage of switch chips, such as an NVLink domain.

    Equation: m·G/r switch chips, m·G links, 1 switch passed; copper pairs m·G·2·B/lane;
    bandwidth G·m·2·B, both directions. G ≤ r, for each chip must meet each switch chip.
    Source: NVIDIA GB200 NVL72. Raises FAB009 where the domain is larger than a switch.

    >>> scale_up(Ask(endpoints=72, links=18, radix=72)).further["copper_pairs"]
    5184.0
    """
    chips, links, radix = ask.wanted(), needed(ask, "links"), ask.ports
    if chips > radix:
        what = f"a domain of {chips} chips is larger than its switch of {radix} ports"
        raise refusal(
            "FAB009", "endpoints", what, f"nearest: --endpoints {radix}, or --radix {chips}"
        )
    total = links * chips
    further = {
        "copper_pairs": 2 * total * ask.port_gbps / ask.lane_gbps,
        "bandwidth_tbyte_per_s": 2 * total * ask.port_gbps / BITS_PER_BYTE / KILO,
    }
    bundles = (Bundle(ENDPOINT, total, "in_rack"),)
    switches = {"leaf": ceil(total / radix)}
    return Counts("scale-up", chips, ask.port_gbps, switches, bundles, radix, 1, total / 2, further)
