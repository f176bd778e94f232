"""The claims audit: every claimed or rejected throughput against its physical bound.

A verdict is one of: impossible (above its bound), rejected (kept only to explain why it is not
used), discounted (below its bound, nobody else measured it), unbounded (what the bound needs is
not disclosed).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.catalog.chip import Precision
from planner.catalog.load import Catalog
from planner.catalog.throughput import Point
from planner.serving.bound import single_stream_tok_per_s, system_tok_per_s
from planner.serving.machine import efficiency_of, machine_of
from planner.serving.rate import Request
from planner.serving.shape import shape_of

_CLAIMS = ("vendor", "press", "recalled")
_DEFAULT_TOKENS = 1024.0


@dataclass(frozen=True)
class Audited:
    """One claim with its bound (same unit), verdict, explanation and how it is resolved."""

    system: str
    model: str
    scenario: str
    claim: float
    unit: str
    bound: float | None
    verdict: str
    explanation: str
    resolution: str


def audit(catalog: Catalog, as_of: date) -> Iterator[Audited]:
    """Every throughput row that somebody claims, or that was rejected."""
    efficiency = efficiency_of(catalog.practice, as_of)
    for model_id, rows in sorted(catalog.throughput.items()):
        shape = shape_of(catalog.models[model_id], as_of)
        for point in rows.points:
            fact = point.throughput
            if not fact.disclosed or (fact.quality not in _CLAIMS and not fact.rejected):
                continue
            system = catalog.systems[point.system]
            machine = machine_of(system, catalog.chips[system.chip], as_of)
            precision: Precision = point.precision or "fp8"
            if point.scenario == "per user":
                bound = single_stream_tok_per_s(machine, shape, precision)
                how = "weights read once per token"
            else:
                isl, osl = point.isl or _DEFAULT_TOKENS, point.osl or _DEFAULT_TOKENS
                request = Request(isl, osl, precisions=(precision,))
                bound = system_tok_per_s(machine, shape, request, precision, efficiency)
                if bound is not None:
                    counted = 1.0 if point.scenario == "curve" else point.chips or machine.chips
                    bound *= counted / machine.chips
                how = f"cache reads and FLOPS at {isl:g} in / {osl:g} out"
            yield _judged(point, model_id, bound, how, efficiency.haircut)


def _judged(point: Point, model: str, bound: float | None, how: str, haircut: float) -> Audited:
    fact = point.throughput
    claim = fact.number
    explanation = fact.rejected or fact.note or f"said by {fact.source}"
    resolution = f"a plan counts on {haircut:.0%} of it, where nothing better is known"
    if fact.rejected:
        verdict, resolution = "rejected", "never used by a plan"
    elif bound is None:
        verdict = "unbounded"
    elif claim > bound:
        verdict = "impossible"
        resolution = "capped at its bound, then discounted"
        explanation = f"above the bound of {bound:,.0f} from {how}; {explanation}"
    else:
        verdict = "discounted"
    return Audited(
        system=point.system,
        model=model,
        scenario=point.scenario,
        claim=claim,
        unit=fact.unit,
        bound=bound,
        verdict=verdict,
        explanation=explanation,
        resolution=resolution,
    )
