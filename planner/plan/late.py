"""Photonic parts that cannot be had when the horizon begins: by when they would still win."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from planner.catalog.interconnect import Medium, Switch
from planner.errors import Failure
from planner.fabric.shelf import Shelf
from planner.fabric.wire import photonic
from planner.options.join import join
from planner.options.rewire import photonic_parts
from planner.plan.parts import NOTHING, units_of
from planner.plan.solved import Settings, solve
from planner.scenario.assume import available_from
from planner.scenario.load import Loaded


def late_parts(loaded: Loaded) -> dict[str, tuple[str, ...]]:
    """Photonic boxes and media that offers' fabrics name and nobody delivers by the first period."""
    timeline, catalog = loaded.scenario.timeline, loaded.catalog
    shelf = Shelf.of(catalog, timeline.as_of, max(timeline.start, timeline.as_of))
    found: dict[str, set[str]] = defaultdict(set)
    named = {fabric for offer in loaded.scenario.offers.values() for fabric in offer.fabrics}
    for fabric in (catalog.fabrics[name] for name in sorted(named)):
        entries: list[Medium | Switch] = [catalog.media[name] for name in fabric.media.values()]
        entries += [catalog.switches[fabric.switch]] if fabric.switch else []
        for entry in entries:
            if photonic(entry) and not shelf.delivered(entry):
                found[entry.id].add(fabric.id)
    return {part: tuple(sorted(fabrics)) for part, fabrics in sorted(found.items())}


def wins_by(loaded: Loaded, part: str, settings: Settings) -> str | None:
    """The last period by whose start the part could be had and the plan would still buy it.

    None where the plan does without it even from the first period on. Equation: a part that comes
    earlier opens every delivery a later one opens, so the periods that will do are the first ones.
    """
    periods = loaded.scenario.timeline.periods

    def wins(at: int) -> bool:
        catalog = available_from(loaded.catalog, part, periods[at].start)
        try:
            options = replace(join(replace(loaded, catalog=catalog)), whole_units=False)
            if part not in photonic_parts(options):
                return False
            return units_of(solve(options, settings).answer, part) > NOTHING
        except Failure:
            return False

    if not wins(0):
        return None
    low, high = 0, len(periods)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if wins(middle) else (low, middle)
    return periods[low].label
