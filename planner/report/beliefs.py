"""Beliefs as a table and as sentences about what they imply."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.quantities import WEEKS_PER_YEAR
from planner.report.charts.chart import Axis, Chart
from planner.risk.closed_forms import break_even_hazard
from planner.scenario.beliefs import Beliefs
from planner.scenario.hazards.spell import Spell
from planner.timeline import after

_CHEAPER = (0.1, 0.2, 0.4)
"""Price advantages of a special chip that the sentences speak of."""
_STEPS = 60
"""Points of a curve."""
_LIFE_YEARS = 5.0
"""Life in years that they assume, said in the sentence."""


def belief_rows(beliefs: Beliefs) -> list[tuple[str, str, str]]:
    """(belief, what it says, its basis) for everything believed."""
    rows = []
    for name in type(beliefs).model_fields:
        belief = getattr(beliefs, name)
        if belief is None:
            continue
        for part, figures in _parts(name, belief.model_dump(mode="json", exclude_defaults=True)) if name != "correlations" else ():  # fmt: skip
            basis = str(figures.pop("basis", ""))
            rows.append((part, _said(figures), basis))
    pairs = beliefs.correlations
    return rows + [(" with ".join(p.between), f"rho {p.rho:g}", p.basis) for p in pairs]


def _parts(name: str, data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """A belief, and each belief inside it that has a basis of its own."""
    inner = {k: v for k, v in data.items() if isinstance(v, dict) and "basis" in v}
    nested = data.get("of") if isinstance(data.get("of"), dict) else {}
    own = {k: v for k, v in data.items() if k not in inner and k != "of"}
    parts = [(name, own)] if own else []
    return parts + [(f"{name}: {k}", dict(v)) for k, v in {**inner, **(nested or {})}.items()]


def _said(figures: dict[str, Any]) -> str:
    return ", ".join(f"{key.replace('_', ' ')} {_short(value)}" for key, value in figures.items())


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_short(v)}" for k, v in value.items()) + "}"
    return str(value)


def sentences(beliefs: Beliefs, leads: list[dict[str, Any]], rate_per_year: float) -> list[str]:
    """What the beliefs imply, a sentence each."""
    told = [
        f"Attention still leads on 1 January {each['year']} with a probability of {each['probability']:.1%}"
        for each in leads
    ]
    for cheaper in _CHEAPER if leads else ():
        hazard = break_even_hazard(1 - cheaper, rate_per_year, _LIFE_YEARS)
        told.append(f"A chip that is worthless once displaced and {cheaper:.0%} cheaper over {_LIFE_YEARS:.0f} years pays up to a hazard of {hazard:.3f} a year")  # fmt: skip
    if beliefs.demand is not None:
        told.append(f"Two years on, demand lies within a factor of {_factor(beliefs.demand.spread * 2):.2f} of the scenario's in nine of ten worlds")  # fmt: skip
    if beliefs.slip is not None:
        told.append(f"A supplier slips with a probability of {beliefs.slip.chance:.0%}, then by {beliefs.slip.mean:.0f} weeks on average")  # fmt: skip
    return told


def picture(scenario: str, beliefs: Beliefs, as_of: date, years: float) -> Chart:
    """Probability by date that attention still leads and that each vendor still delivers."""
    spells: dict[str, Spell] = {}
    if beliefs.displacement is not None:
        spells["attention leads"] = beliefs.displacement.hybrid
    if beliefs.supersession is not None:
        spells["an etched model leads"] = beliefs.supersession.life
    if beliefs.vendor_failure is not None:
        spells |= {
            f"{vendor} delivers": spell for vendor, spell in beliefs.vendor_failure.of.items()
        }
    steps = [k * years / _STEPS for k in range(_STEPS + 1)]
    rows = [
        {
            "date": after(as_of, t * WEEKS_PER_YEAR).isoformat(),
            "share": spell.survival(t),
            "of": name,
        }
        for name, spell in spells.items()
        for t in steps
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


def _factor(sigma: float) -> float:
    from math import exp
    from statistics import NormalDist

    return exp(NormalDist().inv_cdf(0.95) * sigma)
