"""Demand: what was asked for against what was forecast moves the forecast, and the spread believed of it.

An error e = ln(asked / forecast), made h years ahead, is read as a surprise of the yearly growth: e = g·h
and noise. With a prior weight λ on g = 0 the belief after n errors is (ridge regression, or the mean of a
normal posterior)

    ĝ = Σ h·e / (λ + Σ h²)

and the forecast for a day τ years after it was made is multiplied by e^(ĝ·τ). The spread s of the growth
of all workloads together becomes

    s² ← (λ·s² + Σ E²) / (λ + Σ h²),  E the error of their sum in a period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from math import exp, log, sqrt

from planner.quantities import DAYS_PER_YEAR, convert
from planner.review.actuals.kind import Fact
from planner.review.carry.draft import Draft
from planner.scenario.beliefs.demand import DemandGrowth

_UNIT = "tok/s"
_SPREAD = ("risk", "beliefs", "demand", "spread")


def carry_demand(draft: Draft, facts: Sequence[Fact]) -> None:
    """Write demand as its record says, and what is now believed of its spread."""
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "served":
            told[fact.values["workload"]].append(fact)
    weight = _weight(draft)
    for workload, found in told.items():
        if draft.section("workloads", workload):
            _grow(draft, workload, found, weight)
        else:
            draft.open.append(f"{workload}: tokens were told, and the scenario has no such workload")  # fmt: skip
    _spread(draft, [fact for found in told.values() for fact in found], weight)


def surprise(errors: Sequence[tuple[float, float]], weight: float) -> float:
    """Belief of the yearly log growth surprise, from (years ahead, log error) and the prior's weight.

    One error of 10 % a year ahead, against a prior that weighs as much, is believed by half:

    >>> round(surprise([(1.0, 0.10)], 1.0), 4)
    0.05
    """
    return sum(h * e for h, e in errors) / (weight + sum(h * h for h, _ in errors))


def spread_after(spread: float, errors: Sequence[tuple[float, float]], weight: float) -> float:
    """Spread of the yearly growth after some errors of the whole.

    >>> round(spread_after(0.2, [(1.0, 0.2)], 1.0), 4)
    0.2
    """
    squares = weight * spread**2 + sum(e * e for _, e in errors)
    return sqrt(squares / (weight + sum(h * h for h, _ in errors)))


def _grow(draft: Draft, workload: str, found: list[Fact], weight: float) -> None:
    errors = [
        (f.values["ahead_years"], log(f.values["demand_tok_per_s"] / f.values["forecast_tok_per_s"]))
        for f in found
    ]  # fmt: skip
    growth = surprise(errors, weight)
    made = date.fromisoformat(found[-1].values["forecast_on"])
    before = draft.over(draft.section("workloads", workload)["demand"], _UNIT)
    after = tuple(
        value * exp(growth * _middle_years(draft, index, made))
        for index, value in enumerate(before)
    )
    why = f"{len(found)} periods told; {errors[-1][1]:+.1%} (log) in {found[-1].values['period']}; growth surprise believed {growth:+.2%} a year"  # fmt: skip
    draft.put(("workloads", workload, "demand"), draft.steps(after, _UNIT), why, found[-1].seq)


def _middle_years(draft: Draft, index: int, made: date) -> float:
    begins, ends = draft.timeline.begins(index), draft.timeline.begins(index + 1)
    return ((begins - made).days + (ends - begins).days / 2) / DAYS_PER_YEAR


def _spread(draft: Draft, found: list[Fact], weight: float) -> None:
    belief = draft.section(*_SPREAD[:-1])
    if not belief or not found:
        return
    errors = []
    for label in sorted({fact.values["period"] for fact in found}):
        here = [fact.values for fact in found if fact.values["period"] == label]
        asked, forecast = (sum(v[name] for v in here) for name in ("demand_tok_per_s", "forecast_tok_per_s"))  # fmt: skip
        errors.append((here[0]["ahead_years"], log(asked / forecast)))
    after = spread_after(convert(belief["spread"], "1/year"), errors, weight)
    why = f"errors of the whole in {len(errors)} periods against a prior of weight {weight:g}"
    draft.put(_SPREAD, f"{after:.6g} 1/year", why, max(fact.seq for fact in found))


def _weight(draft: Draft) -> float:
    """The prior's weight, in years ahead squared; the schema's where the scenario gives none."""
    default = DemandGrowth.model_fields["prior_weight"].default
    return float(draft.section(*_SPREAD[:-1]).get("prior_weight", default))
