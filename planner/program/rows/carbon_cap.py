"""Carbon cap: emissions of the energy used in a period."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.carbon import grams_generating, grams_idle, grams_serving
from planner.program.family import Family, Row, Terms
from planner.program.space import Space
from planner.quantities import GIGA

FAMILY = Family(
    name="carbon_cap",
    index="t",
    unit="ktCO2e",
    dual="MUSD per ktCO2e",
    equation="Σ g_i(t) · (idle energy of fleet + energy of serve) + Σ (g_b(t) − g_i(t)) · energy of generate ≤ cap(t)",
    why="Some promises are about tonnes, not about prices.",
    scarcity="room under the carbon cap in {0}",
    short="room under the carbon cap, {1}",
    scale=1e3,
    user_unit="tCO2e",
    relaxable=True,
)

_TONNES_PER_ROW_UNIT = 1e3


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    if options.policy.carbon_cap is None:
        return
    caps = options.policy.carbon_cap.over(options.timeline)
    grams = {"fleet": grams_idle, "generate": grams_generating, "serve": grams_serving}
    period_at = {"fleet": 2, "generate": 2, "serve": 3}
    by_period: list[Terms] = [[] for _ in space.periods]
    for j, column in enumerate(space.columns):
        if column.kind in grams:
            emitted = grams[column.kind](options, column.key) / GIGA
            if emitted:
                by_period[column.key[period_at[column.kind]]].append((j, emitted))
    for t in space.periods:
        if by_period[t]:
            yield Row("carbon_cap", (t,), by_period[t], "<=", caps[t] / _TONNES_PER_ROW_UNIT)
