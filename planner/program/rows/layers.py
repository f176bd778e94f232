"""Layers: what an agreement fixes is taken or paid, and no more comes than its layers hold."""

from __future__ import annotations

from collections.abc import Iterator

from planner.catalog.terms.layers import InLayers
from planner.program.columns.rights import LAYERS, layered_periods
from planner.program.family import Family, Row, Terms
from planner.program.space import Space

FAMILY = Family(
    name="layers",
    index="o,t,bound",
    unit="systems",
    dual="MUSD per system",
    equation="Σ_i deliver[o,i,t] + untaken[o,t,fixed] + untaken[o,t,flexible] ≥ fixed + flexible;  Σ_i deliver[o,i,t] ≤ fixed + flexible + expected share · uncommitted;  untaken ≤ its layer, and what can no longer be reduced in time counts as fixed",
    why="Memory makers sell certainty by the layer: the fixed is paid whatever comes, the flexible may be reduced in time, the rest is hope.",
    scarcity="{0} in its layers in {1}",
    minimum="what is owed of {0} in its layers in {1}",
    short="what the layers of {0} give, {1}",
    user_unit="system",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    for o, wirings in space.options.wirings().items():
        layers = wirings[0].terms.get(InLayers)
        if layers is None:
            continue
        owed = layers.fixed + layers.flexible
        for t in layered_periods(wirings[0]):
            taken: Terms = [
                (column, 1.0)
                for wiring in wirings
                for i in wiring.sites
                if (column := space.find("deliver", wiring.id, i, t)) is not None
            ]
            untaken: Terms = [
                (space.at("untaken", wirings[0].id, t, layer), 1.0) for layer in LAYERS
            ]
            yield Row("layers", (o, t, "owed"), [*taken, *untaken], ">=", owed)
            yield Row("layers", (o, t, "most"), list(taken), "<=", owed + layers.uncommitted)
