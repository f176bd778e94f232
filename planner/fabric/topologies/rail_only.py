"""One network per rail and none between rails: the scale-up domain carries what changes rails."""

from __future__ import annotations

from dataclasses import replace

from planner.fabric.ask import Ask, needed, refusal
from planner.fabric.counts import Counts, topology
from planner.fabric.topologies.clos import planes_of


@topology("rail-only", "tiers", "oversubscription", "domain")
def rail_only(ask: Ask) -> Counts:
    """A Clos for each rail and no spine across rails; crossing one takes a scale-up hop.

    Equation: H rails of N/H endpoints, as many tiers as these need; hops 2t − 1 + 1.
    Source: Wang et al., arXiv 2307.12169. Raises FAB003 where H does not divide N, else as a Clos.

    >>> rail_only(Ask(endpoints=2_048, radix=64, domain=8)).switches
    {'leaf': 64, 'spine': 32}
    """
    domain = needed(ask, "domain")
    if domain > ask.wanted():
        what = f"a domain of {domain} is more than the {ask.wanted()} endpoints"
        raise refusal("FAB003", "domain", what, f"nearest: --domain {ask.wanted()}")
    rails = planes_of("rail-only", ask, ask.wanted(), domain, "row", "domain")
    return replace(rails, hops=rails.hops + 1, further={"rails": domain})
