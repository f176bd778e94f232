"""The same draws under another belief of the date: only their probabilities change.

Worlds, cuts and outcomes belong to draws, so a hazard tried after the first costs little.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import exp

import numpy as np
from numpy.typing import NDArray

from planner.errors import Usage
from planner.quantities import DAYS_PER_YEAR
from planner.risk.drawn import Drawn
from planner.risk.drivers import horizon_years
from planner.risk.setting import Setting
from planner.scenario.hazards.spell import Spell
from planner.solver.arrays import Floats

_STEP_YEARS = 1e-4
"""Half the step of the numerical density."""


def at_hazard(setting: Setting, hazard_per_year: float) -> Floats:
    """(draws,) probabilities if hybrids began to displace at this constant hazard.

    Inside the horizon draws weigh by the density of the new date over that of the drawn one, scaled
    to 1 − e^(−λH); outside they share e^(−λH).
    """
    dates, inside = _dates(setting)
    drawn = _spell(setting)
    survives = exp(-hazard_per_year * horizon_years(setting.options))
    ratio = np.array([hazard_per_year * exp(-hazard_per_year * t) / _density(drawn, t) for t in dates[inside]])  # fmt: skip
    weights = np.zeros(len(dates))
    weights[~inside] = survives / (~inside).sum()
    if hazard_per_year:
        weights[inside] = (1 - survives) * ratio / ratio.sum()
    return weights


def in_year(setting: Setting, year: int) -> Floats | None:
    """(draws,) probabilities if displacement surely began in one calendar year; None without such draws.

    Draws of the year weigh alike.
    """
    as_of = setting.options.timeline.as_of
    begins, ends = ((date(y, 1, 1) - as_of).days / DAYS_PER_YEAR for y in (year, year + 1))
    dates, _ = _dates(setting)
    chosen = (dates >= begins) & (dates < ends)
    return chosen / chosen.sum() if chosen.any() else None


def weighed(worlds: Drawn, probabilities: Floats) -> Drawn:
    """The same worlds under other probabilities."""
    draws = replace(worlds.paths.draws, probabilities=probabilities)
    return replace(worlds, paths=replace(worlds.paths, draws=draws))


def _dates(setting: Setting) -> tuple[Floats, NDArray[np.bool_]]:
    """Date of each draw (years after the as-of date), and whether it lies inside the horizon."""
    _spell(setting)
    dates = setting.draws.values[:, setting.draws.names.index("hybrid")]
    inside = dates < horizon_years(setting.options)
    if not inside.any() or inside.all():
        raise Usage("RSK016: every draw has displacement inside the horizon or none has, so no other hazard can be read from them")  # fmt: skip
    return dates, inside


def _spell(setting: Setting) -> Spell:
    displacement = setting.beliefs.displacement
    if displacement is None:
        raise Usage("RSK016: the scenario believes nothing of displacement, so there is no hazard to vary")  # fmt: skip
    return displacement.hybrid


def _density(spell: Spell, years: float) -> float:
    low = max(0.0, years - _STEP_YEARS)
    return (spell.survival(low) - spell.survival(years + _STEP_YEARS)) / (years + _STEP_YEARS - low)
