"""Onboarding: a platform that learns a model."""

from __future__ import annotations

from math import inf

from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (
    Kind(
        "onboard",
        "n,t",
        "times",
        "model onboarded on a platform, work begun in t: at most once with `--integer`, else in stated volumes",
    ),
)


def add(space: Space) -> None:
    whole = space.options.whole_units
    for entry in space.options.onboardings:
        for t in range(len(space.periods) - entry.periods):
            space.add("onboard", entry.id, t, upper=1.0 if whole else inf, integer=whole)
