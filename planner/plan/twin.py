"""Twins: the same world with a freedom taken away, solved beside the plan.

Business as usual keeps the installed fleet and rents the rest; it is always feasible, because
what it cannot serve is shed at its price and no rule of policy binds it.
"""

from __future__ import annotations

from dataclasses import replace

from planner.catalog.term import OURS
from planner.options.table import Options
from planner.program.groups import in_group
from planner.scenario.policy import Counterfactual, Policy


def business_as_usual(options: Options) -> Options:
    """Installed fleet and hosted capacity only; nothing built, service levels and policy rows dropped."""
    offerings = {
        name: replace(offering, min_total=None)
        for name, offering in options.offerings.items()
        if offering.fixed is not None or offering.ownership not in OURS
    }
    demands = {
        name: replace(d, service_level=(0.0,) * len(d.mean_tok_per_s))
        for name, d in options.demands.items()
    }
    kept = {
        name: getattr(options.policy, name) for name in ("headroom", "carbon_price", "move_cost")
    }
    policy = Policy().model_copy(update=kept)
    places = {name: replace(place, blocks=()) for name, place in options.places.items()}
    return replace(
        options,
        offerings=offerings,
        demands=demands,
        policy=policy,
        supplies={},
        places=places,
    )


def counterfactual(options: Options, twin: Counterfactual) -> Options:
    """The options with the counterfactual's arcs and offers forbidden."""
    sites = twin.at_sites or tuple(options.places)
    arcs = frozenset(
        (c, i, w) for c, i, w in options.arcs if not (w in twin.forbid_workloads and i in sites)
    )
    offerings = options.offerings
    if twin.forbid is not None:
        group = twin.forbid
        offerings = {n: o for n, o in offerings.items() if not in_group(options, o, group)}
    return replace(options, arcs=arcs, offerings=offerings)
