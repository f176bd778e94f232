"""Take-or-pay: an amount is paid for whether it is used or not, and no more than it is used."""

from __future__ import annotations

from collections.abc import Iterator

from planner.catalog.terms.commitment import Committed
from planner.options.table import Offering
from planner.options.units import MEGAWATT, gtok_per_hour
from planner.program.columns.metered import bought
from planner.program.columns.take_or_pay import in_row_units
from planner.program.family import Family, Row, Terms
from planner.program.space import Space

FAMILY = Family(
    name="take_or_pay",
    index="o,t and o,t,h and o and o,i,t,h",
    unit="MW or Gtok/h",
    dual="MUSD per MW or Gtok/h",
    equation="Σ_h share_h · used[o,t,h] + shortfall[o,t] ≥ take · C[o,t];  used[o,t,h] ≤ C[o,t];  C[o,t] = ramp(t) · (commit[o] + Σ_{v ≤ t} enlarge[o,v]);  Σ_v enlarge[o,v] ≤ option_o;  used = MW_c · Σ_i rent[o,i,t,h] or Σ_{i,w} buy[o,i,w,t,h];  relaxed: usable_{c,i}(t) · rent[o,i,t,h] ≤ Σ_w serve[c,i,w,t,h] / r[c,w,t]",
    why="Capacity that must be paid for anyway is free to use, and no more of it than was promised; the last row keeps idle capacity from passing for used, which would cost the same.",
)


def rows(space: Space) -> Iterator[Row]:
    shares = tuple(space.options.blocks.values())
    for offering in space.options.offerings.values():
        committed = offering.terms.get(Committed)
        if committed is None:
            continue
        o = offering.id
        added = [(v, j) for v in space.periods if (j := space.find("enlarge", o, v)) is not None]
        for t in space.periods:
            share = committed.share(t)
            held = [(space.at("commit", o), share), *((j, share) for v, j in added if v <= t)]
            used = [_used(space, offering, t, h) for h in space.blocks]
            for h, terms in enumerate(used):
                if terms:
                    free = [*terms, *((j, -amount) for j, amount in held if amount)]
                    yield Row("take_or_pay", (o, t, h), free, "<=", 0.0)
            if share:
                taken = [(j, x * shares[h]) for h, terms in enumerate(used) for j, x in terms]
                paid = [*taken, (space.at("shortfall", o, t), 1.0)]
                paid += [(j, -committed.take * amount) for j, amount in held if committed.take]
                yield Row("take_or_pay", (o, t), paid, ">=", 0.0)
        if offering.ownership == "rent" and not space.options.whole_units:
            yield from _used_is_what_serves(space, offering)
        if added:
            most = in_row_units(committed, committed.option)
            yield Row("take_or_pay", (o,), [(j, 1.0) for _, j in added], "<=", most)


def _used(space: Space, offering: Offering, t: int, h: int) -> Terms:
    """Columns that use an offer's commitment in a load block, in its row unit."""
    if offering.ownership == "meter":
        found = [(i, w) for i, w, u in bought(space, offering) if u == t]
        return [(space.at("buy", offering.id, i, w, t, h), 1.0) for i, w in found]
    megawatts = space.options.of(offering.id).provisioned_kw / MEGAWATT
    rented = (space.find("rent", offering.id, i, t, h) for i in offering.sites)
    return [(j, megawatts) for j in rented if j is not None]


def _used_is_what_serves(space: Space, offering: Offering) -> Iterator[Row]:
    """Rented systems under a commitment carry work; whole systems may be partly idle and have no row."""
    c, options = offering.configuration, space.options
    for i in offering.sites:
        workloads = space.workloads_of.get((c, i), ())
        for t in range(offering.first, offering.last + 1):
            usable = options.usable(c, i, t)
            served = [(w, 1 / gtok_per_hour(options.speed(c, w, t))) for w in workloads]
            for h in space.blocks:
                terms = [(space.at("serve", c, i, w, t, h), -systems) for w, systems in served]
                terms.append((space.at("rent", offering.id, i, t, h), usable))
                yield Row("take_or_pay", (offering.id, i, t, h), terms, "<=", 0.0)
