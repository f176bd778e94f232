"""Named worlds: one belief at its edge and everything else as planned.

Every figure is a quantile of the scenario's own beliefs: amounts, prices, delays and speeds at
their 95th or 5th percentile, dates at their median among those inside the horizon.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

import numpy as np
from scipy.special import ndtr, ndtri

from planner.risk.draws import Draws
from planner.risk.drivers import CERTAIN, PRICES, Driver, drivers, horizon_years
from planner.risk.setting import Setting
from planner.scenario.beliefs.displacement import Displacement
from planner.scenario.hazards.spell import Spell
from planner.solver.arrays import Floats

EDGE = 0.95
"""Quantile to which a named world takes what it is about; 1 − EDGE on the other side."""
_MEDIAN = 0.5
Scores = dict[str, float]
"""Driver -> the score it takes; all others are as planned."""


def named_draws(made: Setting) -> tuple[tuple[str, ...], Draws]:
    """The names of the worlds, and each as one draw, equally weighed."""
    every = drivers(made.beliefs, made.options, made.twins.etched_models)
    worlds = [(name, scores) for name, scores in _worlds(made, every) if scores or name == "as planned"]  # fmt: skip
    values = np.array([_row(every, scores) for _, scores in worlds])
    weights = np.full(len(worlds), 1 / len(worlds))
    names = tuple(driver.name for driver in every)
    return tuple(name for name, _ in worlds), Draws(made.draws.seed, names, values, weights)


def _row(every: list[Driver], scores: Scores) -> Floats:
    """(drivers,) what each turns out to be."""
    return np.array(
        [
            driver.outcome(np.array([scores[driver.name]]))[0]
            if driver.name in scores
            else CERTAIN[driver.law]
            for driver in every
        ]
    )


def _worlds(made: Setting, every: list[Driver]) -> Iterator[tuple[str, Scores]]:
    names = [driver.name for driver in every]
    years = horizon_years(made.options)

    def at(score: float, *groups: str) -> Scores:
        return {n: score for n in names if n.partition(".")[0] in groups}

    displaced, free, back = _displacements(made.beliefs.displacement, years)
    failing = made.beliefs.vendor_failure.of if made.beliefs.vendor_failure else {}
    yield "as planned", {}
    yield "hybrids displace", displaced
    yield "attention goes", free
    yield "attention returns", back
    yield "models superseded", at(_MEDIAN, "supersession")
    yield "demand high", at(EDGE, "demand")
    yield "demand low", at(1 - EDGE, "demand")
    yield "memory short", at(1 - EDGE, "memory")
    yield "prices high", _dear(names)
    yield "deliveries late", at(EDGE, "slip")
    yield "vendors gone", {f"vendor_failure.{v}": _soon(s, years) for v, s in failing.items()}
    yield "optics fail", at(EDGE, "optics")
    yield "speeds fall short", at(1 - EDGE, "shortfall")
    yield "speeds exceed", at(EDGE, "shortfall")


def _displacements(belief: Displacement | None, years: float) -> tuple[Scores, Scores, Scores]:
    """Hybrids begin; what follows them, or attention again, begins within what the horizon leaves."""
    if belief is None:
        return {}, {}, {}
    displaced = {"hybrid": _soon(belief.hybrid, years)}
    left = max(0.0, years - belief.hybrid.years(displaced["hybrid"]))
    later = {"attention_free": belief.attention_free, "back": belief.back}
    free, back = (
        {**displaced, name: _soon(spell, left)} if spell is not None else {}
        for name, spell in later.items()
    )
    return displaced, free, back


def _soon(spell: Spell, years: float) -> float:
    """The score of the median date among those inside the horizon."""
    return _MEDIAN * (1 - spell.survival(years))


def _dear(names: list[str]) -> Scores:
    """Every year's shock alike, so that a path's sum lies at the edge: z / √years each."""
    scores: Scores = {}
    for price in PRICES:
        shocks = [n for n in names if n.rpartition(".")[0] == price]
        scores |= {n: float(ndtr(ndtri(EDGE) / sqrt(len(shocks)))) for n in shocks}
    return scores
