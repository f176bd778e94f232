"""Share caps: no vendor, gradient or system beyond its share of the fleet."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import MEGAWATT
from planner.program.family import Family, Row, Terms
from planner.program.groups import in_group
from planner.program.space import Space

FAMILY = Family(
    name="share_cap",
    index="rule,t",
    unit="MW",
    dual="MUSD per MW",
    equation="Σ_{c in group,i} kW_c · fleet[c,i,t] ≤ cap · Σ_{c,i} kW_c · fleet[c,i,t]",
    why="Concentration is a risk the price does not show.",
    scarcity="room under the share cap {0} in {1}",
    short="room under the share cap {0}, {1}",
    user_unit="MW",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    for name, cap in sorted(options.policy.share_caps.items()):
        for t in space.periods:
            terms: Terms = []
            for c, i in space.configurations_at:
                fleet = space.find("fleet", c, i, t)
                if fleet is None:
                    continue
                members = space.holders[c, i]
                inside = all(in_group(options, offering, cap.group) for offering in members)
                weight = (1.0 if inside else 0.0) - cap.at_most
                terms.append((fleet, weight * options.configurations[c].provisioned_kw / MEGAWATT))
            yield Row("share_cap", (name, t), terms, "<=", 0.0)
