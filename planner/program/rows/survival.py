"""Survival: when any one site is lost, the others still serve a share of what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import gtok_per_hour
from planner.program.family import Family, Row, Terms
from planner.program.loss import losses
from planner.program.space import Space

FAMILY = Family(
    name="survival",
    index="s,t,w,h",
    unit="Gtok/h",
    dual="MUSD per Gtok/h",
    equation="Σ_{c,i≠s} rescue[s,c,i,w,t,h] ≥ share · D[w,t,h];  deferrable: Σ_h share_h · Σ_{c,i≠s} rescue[s,c,i,w,t,h] ≥ share · mean D[w,t]",
    why="Sites fail whole; a plan that needs all of them every day has no answer on that day.",
    short="what carries the work through the loss of {0}, {1}",
    user_unit="Gtok/h",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    rule = space.options.policy.site_loss
    shares = tuple(space.options.blocks.values())
    for s, w, first in losses(space):
        assert rule is not None
        demand = space.options.demands[w]
        arcs = [(c, i) for c, i in space.sites_serving[w] if i != s]
        for t in range(first, len(space.periods)):
            if demand.deferrable:
                terms: Terms = [
                    (space.at("rescue", s, c, i, w, t, h), shares[h])
                    for c, i in arcs
                    for h in space.blocks
                ]
                asked = gtok_per_hour(demand.mean_tok_per_s[t])
                yield Row("survival", (s, t, w), terms, ">=", rule.share * asked)
                continue
            for h in space.blocks:
                terms = [(space.at("rescue", s, c, i, w, t, h), 1.0) for c, i in arcs]
                asked = gtok_per_hour(demand.block_tok_per_s[t][h])
                yield Row("survival", (s, t, w, h), terms, ">=", rule.share * asked)
