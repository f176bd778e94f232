"""Pictures of beliefs: how long things last, how demand moves, how far figures may be off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from planner.quantities import WEEKS_PER_YEAR
from planner.report.beliefs.sentences import PRICES, deviation, factor
from planner.report.charts.chart import Axis, Chart
from planner.risk.paths import s_curve
from planner.scenario.beliefs import Beliefs
from planner.scenario.hazards.spell import Spell
from planner.timeline import after

_STEPS = 60
"""Points of a curve."""


def pictures(scenario: str, beliefs: Beliefs, as_of: date, years: float) -> list[Chart]:
    """Every picture the beliefs give something for; years: to the end of the horizon."""
    found = (lasting(scenario, beliefs, as_of, years), adoption(scenario, beliefs), spreads(scenario, beliefs, years))  # fmt: skip
    return [chart for chart in found if chart.rows]


def lasting(scenario: str, beliefs: Beliefs, as_of: date, years: float) -> Chart:
    """Probability by date that attention still leads and that each vendor still delivers."""
    spells: dict[str, Spell] = {}
    if beliefs.displacement is not None:
        spells["attention leads"] = beliefs.displacement.hybrid
    if beliefs.supersession is not None:
        spells["an etched model leads"] = beliefs.supersession.life
    if beliefs.vendor_failure is not None:
        spells |= _alike(beliefs.vendor_failure.of, years)
    rows = [
        {
            "date": after(as_of, t * WEEKS_PER_YEAR).isoformat(),
            "share": spell.survival(t),
            "of": name,
        }
        for name, spell in spells.items()
        for t in _times(years)
    ]
    return Chart(
        id="beliefs",
        title=f"{scenario}: how long things are believed to last",
        sentence="; ".join(f"{n} to the end of the horizon with {s.survival(years):.0%}" for n, s in spells.items()),
        mark="line",
        rows=tuple(rows),
        x=Axis("date", "date", scale="time"),
        y=Axis("share", "probability", format=".0%"),
        colour=Axis("of", "that", scale="names"),
    )  # fmt: skip


def adoption(scenario: str, beliefs: Beliefs) -> Chart:
    """Share of each workload's demand that has moved, by years since hybrids began."""
    paces: dict[str, float] = {}
    at_most, belief = 1.0, beliefs.displacement
    if belief is not None:
        by_pace: dict[float, list[str]] = {belief.takeover: ["every other workload"]}
        for workload, takeover in belief.takeover_of.items():
            by_pace.setdefault(takeover, []).append(workload)
        paces = {", ".join(names): takeover for takeover, names in by_pace.items()}
        at_most = belief.at_most
    longest = max(paces.values(), default=0.0)
    rows = [
        {"years": t, "share": at_most * float(share), "of": name}
        for name, takeover in paces.items()
        for t, share in zip(_times(longest), s_curve(np.array(_times(longest)), takeover), strict=True)
    ]  # fmt: skip
    return Chart(
        id="adoption",
        title=f"{scenario}: how fast demand moves once hybrids begin",
        sentence="; ".join(f"{name} within {takeover:.2g} years" for name, takeover in paces.items()),
        mark="line",
        rows=tuple(rows),
        x=Axis("years", "years since hybrids began"),
        y=Axis("share", "share of demand moved", format=".0%"),
        colour=Axis("of", "of", scale="names"),
    )  # fmt: skip


def spreads(scenario: str, beliefs: Beliefs, years: float) -> Chart:
    """Within which factor of the scenario's each figure lies in nine of ten worlds, by years ahead."""
    found = _deviations(beliefs)
    rows: list[dict[str, Any]] = []
    for name, sigma in found.items():
        for t in _times(years):
            most = factor(sigma(t))
            rows.append({"of": name, "years": t, "middle": 1.0, "low": 1 / most, "high": most})
    return Chart(
        id="spreads",
        title=f"{scenario}: figures over the scenario's, in nine of ten worlds",
        sentence="; ".join(f"{name} within a factor of {factor(sigma(years)):.2f} at the end" for name, sigma in found.items()),
        mark="step",
        rows=tuple(rows),
        x=Axis("years", "years after the as-of date"),
        y=Axis("middle", "over the scenario's", log=True),
        facet=Axis("of", "", scale="order"),
        low="low",
        high="high",
        height=120,
    )  # fmt: skip


def _deviations(beliefs: Beliefs) -> dict[str, Callable[[float], float]]:
    """Figure -> standard deviation of its logarithm by years ahead; scarcities aside."""
    found: dict[str, Callable[[float], float]] = {}
    demand, shortfall = beliefs.demand, beliefs.shortfall
    if demand is not None:
        found["demand"] = lambda t: demand.spread * t
    if beliefs.memory is not None:
        found["amounts of pools"] = _still(beliefs.memory.spread)
    for name in PRICES:
        price = getattr(beliefs, name)
        if price is not None:
            found[name.replace("_", " ")] = partial(deviation, price)
    for tier, spread in shortfall.spread.items() if shortfall is not None else ():
        found[f"speed, {tier}"] = _still(spread)
    if beliefs.optics is not None:
        found["failures of optics"] = _still(beliefs.optics.spread)
    return found


def _still(sigma: float) -> Callable[[float], float]:
    """As wide at any time."""
    return lambda years: sigma


def _alike(spells: Mapping[str, Spell], years: float) -> dict[str, Spell]:
    """Vendors whose curves would lie on each other, under one name."""
    groups: dict[tuple[float, ...], list[str]] = {}
    for vendor, spell in spells.items():
        groups.setdefault(tuple(spell.survival(t) for t in _times(years)), []).append(vendor)
    return {f"{', '.join(names)} delivers": spells[names[0]] for names in groups.values()}


def _times(years: float) -> list[float]:
    return [k * years / _STEPS for k in range(_STEPS + 1)]
