"""What may turn out otherwise: named worlds, and how long orders can wait to know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from planner.catalog.fact import Strict
from planner.documents import Document, KeyPath
from planner.errors import Problem
from planner.quantities import DAYS_PER_YEAR
from planner.scenario.quantity import Share, Years

if TYPE_CHECKING:
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


def risk_problems(scenario: Scenario, document: Document) -> Iterator[Problem]:
    """What is wrong with a scenario's ``risk``."""
    risk = scenario.risk
    if risk is None:
        return
    timeline = scenario.timeline
    years = (timeline.end - timeline.as_of).days / DAYS_PER_YEAR
    if risk.window >= years:
        what = f"the decision window of {risk.window:.3g} years reaches past the horizon, {years:.3g} years after the as-of date"
        hint = "nothing would be left to decide later; shorten it, or plan farther"
        yield document.problem("RSK011", ("risk", "window"), what, hint)
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
