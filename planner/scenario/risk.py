"""What may turn out otherwise: named worlds, and how long orders can wait to know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from planner.catalog.fact import Strict
from planner.documents import Document, KeyPath
from planner.errors import Problem
from planner.quantities import DAYS_PER_YEAR
from planner.scenario.beliefs import Beliefs
from planner.scenario.beliefs.check import belief_problems
from planner.scenario.quantity import ANY_UNIT, Series, SeriesIn, Share, Years
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.catalog.load import Catalog
    from planner.scenario.schema import Scenario

_SUM_TOLERANCE = 1e-6
_NO_WORLD = ("assumptions", "as_of", "catalog", "horizon", "load_blocks", "name", "risk")
"""Keys that shape the program or its facts, whatever the world."""


class Alternative(Strict):
    """One way the world may turn out, told as changes to the scenario."""

    title: str = ""
    """What people call it."""
    probability: Share
    """How likely it is; the probabilities of all worlds sum to 1."""
    set: dict[str, Any] = Field(default_factory=dict)
    """Dotted keys and the values they have in this world; what shapes the program must stay."""


class Risk(Strict):
    """What is not known yet, and which orders must be placed before it is."""

    window: Annotated[Years, Field(gt=0)]
    """Decision window: orders due this long after the as-of date are placed before the world is known."""
    worlds: dict[str, Alternative] = Field(default_factory=dict)
    """Named worlds with their probabilities."""
    beliefs: Beliefs | None = None
    """What may turn out otherwise, as distributions."""
    overrun: dict[str, Annotated[Series, SeriesIn(ANY_UNIT)]] = Field(default_factory=dict)
    """Price of a unit beyond what a pool and its spot market give, by pool; dearer than spot."""


def past_horizon(timeline: Timeline, window_years: float) -> str:
    """Why a decision window leaves nothing to decide later; empty where it does not."""
    years = (timeline.end - timeline.as_of).days / DAYS_PER_YEAR
    if window_years < years:
        return ""
    return f"the decision window of {window_years:.3g} years reaches past the horizon, {years:.3g} years after the as-of date"


def risk_problems(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """What is wrong with a scenario's ``risk``."""
    risk = scenario.risk
    if risk is None:
        return
    if risk.beliefs is not None:
        yield from belief_problems(risk.beliefs, scenario.workloads, catalog.vendors, document)
    why = past_horizon(scenario.timeline, risk.window)
    if why:
        hint = "nothing would be left to decide later; shorten it, or plan farther"
        yield document.problem("RSK011", ("risk", "window"), why, hint)
    for name, world in risk.worlds.items():
        for key_text in world.set:
            if key_text.partition(".")[0] in _NO_WORLD:
                what = f"a world cannot change '{key_text.partition('.')[0]}'"
                told = ("risk", "worlds", name, "set", key_text)
                yield document.problem("RSK003", told, what, "make it a scenario of its own")
    total = sum(world.probability for world in risk.worlds.values())
    if risk.worlds and abs(total - 1) > _SUM_TOLERANCE:
        key: KeyPath = ("risk", "worlds")
        what = f"the probabilities of {len(risk.worlds)} worlds sum to {total:.6g}, not 1"
        yield document.problem("RSK001", key, what, f"divide each by {total:.6g}")
