"""Minimum spend: what is invoiced under a contract in a year, or the shortfall, reaches what was agreed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.catalog.terms.minimum_spend import SpendAtLeast
from planner.options.units import MUSD
from planner.program.family import Family, Row
from planner.program.space import Space
from planner.program.spend import invoices

FAMILY = Family(
    name="minimum_spend",
    index="k,year",
    unit="MUSD",
    dual="MUSD per MUSD",
    equation="Σ invoices of k in the year + underspend[k,year] ≥ least[k,year]",
    why="A commitment to spend makes what is bought under it free up to its amount.",
)


def rows(space: Space) -> Iterator[Row]:
    timeline = space.options.timeline
    for k in space.options.contracts:
        least = space.options.agreed(k).get(SpendAtLeast)
        if least is None:
            continue
        by_year: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for t, spent in invoices(space, k).items():
            for j, musd in spent:
                by_year[timeline.periods[t].year][j] += musd
        for year, usd in sorted(least.usd.items()):
            terms = [*by_year[year].items(), (space.at("underspend", k, year), 1.0)]
            yield Row("minimum_spend", (k, str(year)), terms, ">=", usd / MUSD)
