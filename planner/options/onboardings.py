"""Onboarding as the program sees it: one entry for each model on each platform."""

from __future__ import annotations

from math import ceil

from planner.options.table import Onboarding
from planner.options.units import gtok_per_hour
from planner.scenario.schema import Scenario

_WHOLE = 1e-9
"""So that a time of exactly so many periods is not rounded up to one more."""


def onboardings(scenario: Scenario) -> tuple[Onboarding, ...]:
    """Every model that a platform must learn, with its cost and time."""
    years = scenario.timeline.years
    return tuple(
        Onboarding(
            id=f"{name}@{model}",
            systems=frozenset(entry.systems),
            workloads=frozenset(
                w for w, asked in scenario.workloads.items() if asked.model == model
            ),
            fee_usd=entry.fee,
            engineers_usd=entry.engineers * entry.time * (entry.engineer_cost or 0.0),
            periods=ceil(entry.time / years - _WHOLE),
            volume=gtok_per_hour(entry.volume),
        )
        for name, entry in scenario.onboarding.items()
        for model in entry.models
    )
