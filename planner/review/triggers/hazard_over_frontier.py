"""Displacement is believed likelier than some specialised system can bear."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, log

from planner.review.triggers.trigger import Seen, trigger
from planner.risk.draws import power_of_two
from planner.risk.frontier import Frontier
from planner.risk.functional import Functional
from planner.risk.lshaped import Search
from planner.risk.setting import setting

_TOLERANCE_PER_YEAR = 0.01


@trigger("hazard over the frontier")
def watch(seen: Seen) -> Iterator[tuple[str, str]]:
    """Systems that a hedge orders where displacement is out of the question, and leaves at today's belief.

    Only where the review asks for it, for a frontier is many solves. The belief is told as the mean
    hazard of the first year: −ln S(1 year).
    """
    if not seen.settings.watch.frontier:
        return
    asked = seen.settings.risk
    made = setting(seen.new.loaded, power_of_two(asked.draws), asked.seed)
    displacement = made.beliefs.displacement
    if displacement is None:
        return
    left = displacement.hybrid.survival(1.0)
    believed = -log(left) if left > 0 else inf
    if not 0 < believed < inf:
        return
    frontier = Frontier(made, Functional(asked.omega, asked.alpha), Search())
    for leaving in frontier.exits(believed, _TOLERANCE_PER_YEAR):
        hazard = leaving.hazard_per_year
        if hazard is not None and hazard < believed:
            says = f"{leaving.system} leaves the orders at a hazard of {hazard:.3f} a year; {believed:.3f} is believed"
            yield leaving.system, says
