"""The network a system is wired into, as serving sees it.

Chips of one scale-up domain share a fast fabric; between domains runs scale-out. What a replica
does inside its domain never sees scale-out: its bandwidth and delay count only where a replica, its
experts or its prefill chips span domains.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from planner.quantities import GIGA
from planner.serving.machine import Machine


@dataclass(frozen=True)
class Network:
    """What differs from the system as its vendor builds it; None where nothing does.

    domain_chips: chips that share one scale-up domain.
    scale_up_gb_s_per_chip: bandwidth of one chip into it, one direction (GB/s).
    scale_out_gb_s_per_chip: bandwidth of one chip to other domains, one direction (GB/s); 0 or None
    where there is no such network: a replica then fits one domain or is refused.
    alpha_s: what one step of a collective between domains waits (s), switches and software together;
    None: serving.yaml's scale_out_overhead.
    pod_chips: chips that the network joins in all; None: as many as a replica needs.
    """

    domain_chips: float | None = None
    scale_up_gb_s_per_chip: float | None = None
    scale_out_gb_s_per_chip: float | None = None
    alpha_s: float | None = None
    pod_chips: float | None = None


OWN = Network()
"""The system as its vendor builds it, without scale-out."""


def wired(machine: Machine, network: Network, alpha_s: float) -> Machine:
    """The machine in a network; ``alpha_s`` where the network states none."""
    if network == OWN:
        return machine
    up, out = network.scale_up_gb_s_per_chip, network.scale_out_gb_s_per_chip
    return replace(
        machine,
        domain_chips=network.domain_chips or machine.domain_chips,
        scale_up_bytes_per_s=up * GIGA if up else machine.scale_up_bytes_per_s,
        scale_out_bytes_per_s=out * GIGA if out is not None else None,
        alpha_s=network.alpha_s if network.alpha_s is not None else alpha_s,
        pod_chips=network.pod_chips or inf,
    )
