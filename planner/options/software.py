"""What software is believed to add to a system's speed, period by period."""

from __future__ import annotations

from planner.options.table import Configuration
from planner.scenario.schema import Scenario
from planner.scenario.software import Platforms
from planner.timeline import years_between


def software_of(scenario: Scenario, configuration: Configuration) -> tuple[float, ...]:
    """Factor on tokens per second in each period: (1 + gain)^min(years since as-of, years it lasts).

    A period counts at its first day. Empty where no belief holds the system: a factor of 1.
    """
    held = [b for b in scenario.software_gain.values() if _holds(b.group, configuration)]
    if not held:
        return ()
    belief, timeline = held[0], scenario.timeline
    years = [max(0.0, years_between(timeline.as_of, p.start)) for p in timeline.periods]
    return tuple((1 + belief.per_year) ** min(passed, belief.until) for passed in years)


def _holds(group: Platforms, configuration: Configuration) -> bool:
    keys = (
        (group.vendors, configuration.vendor),
        (group.gradients, configuration.gradient),
        (group.systems, configuration.system),
    )
    return all(not wanted or found in wanted for wanted, found in keys)
