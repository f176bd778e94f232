"""Measured points that answer the very question asked; nothing is modelled here."""

from __future__ import annotations

from planner.catalog.throughput import Point
from planner.serving.machine import Machine
from planner.serving.rate import Rate, Refusal, Request

_TRUSTED = ("user", "measured", "third party")


def exact(machine: Machine, request: Request, points: list[Point]) -> Rate | Refusal | None:
    """The field measurement at exactly this shape that meets the service level, as it stands.

    The better quality counts, then the higher throughput. No row says after which time its first
    token came, so none answers a limit on it. A measured zero is a refusal. None where
    nobody measured this shape, or only at a slower user speed than asked for.
    """
    fitting = [point for point in points if _answers(point, request)]
    if not fitting:
        return None
    point = min(fitting, key=lambda p: (_TRUSTED.index(p.throughput.quality), -_per_chip(p)))
    chips = point.chips or 1.0
    per_chip = _per_chip(point)
    if per_chip == 0:
        return Refusal("measured at this shape, and it cannot serve it")
    per_user = point.tok_per_s_per_user or per_chip * chips
    return Rate(
        tok_per_s=per_chip * machine.chips,
        tok_per_s_per_user=per_user,
        ttft_ms=None,
        batch=per_chip * chips / per_user,
        chips_per_replica=chips,
        systems_per_replica=chips / machine.chips,
        precision=point.precision or request.precisions[0],
        bound_by="measurement",
        tier="measured",
        why=f"measured at this shape ({point.throughput.source})",
    )


def _per_chip(point: Point) -> float:
    """tok/s per chip; a curve's figure is one already."""
    each = 1.0 if point.scenario == "curve" else point.chips or 1.0
    return point.throughput.number / each


def _answers(point: Point, request: Request) -> bool:
    needed = 1e3 / request.tpot_ms if request.tpot_ms is not None else 0.0
    return (
        request.ttft_ms is None
        and point.regime == "field"
        and point.scenario in ("offline", "curve")
        and point.accounting == "output"
        and point.throughput.quality in _TRUSTED
        and (point.isl, point.osl) == (request.isl, request.osl)
        and (point.precision is None or point.precision in request.precisions)
        and (point.tok_per_s_per_user or (0.0 if needed else 1.0)) >= needed
    )
