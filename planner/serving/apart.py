"""Machines for which the roofline in HBM has no law.

A chip that keeps its weights in on-chip memory serves as a pipeline of many chips; a chip whose
memory or peak is not public is served by a measurement of the very shape, a claim, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.catalog.fact import EvidenceTier
from planner.catalog.serving import Band
from planner.catalog.throughput import Point
from planner.serving.ask import Question, scaled, usable_precisions
from planner.serving.band import banded
from planner.serving.fallback import as_measured, below_its_claim
from planner.serving.grade import MEASURED_ONLY, Forced, Grader
from planner.serving.kind import streaming
from planner.serving.machine import Efficiency, Machine
from planner.serving.pipeline import Flow, LayerTime, chips_of, layer_time, pipelines
from planner.serving.rate import Rate, Refusal, Request
from planner.serving.shape import Shape

_MS = 1e3
_STREAM_USERS = 1.0
_TIERS: dict[str, EvidenceTier] = {"roofline": "calibrated", "assumed": "assumed"}


def must_stream(question: Question, efficiency: Efficiency) -> bool:
    """Whether weights and one user's cache overflow the on-chip memory of a domain."""
    machine = question.machine
    if streaming(machine) is None:
        return False
    return all(
        chips_of(machine, question.shape, question.request, efficiency, p, _STREAM_USERS)
        > machine.domain_chips
        for p in usable_precisions(machine, question.request)
    )


def unmodelled(
    machine: Machine,
    request: Request,
    points: list[Point],
    claimed: Rate | Refusal,
    factor: float,
    missing: str,
    bands: Mapping[str, Band],
    tier: Forced | None,
) -> Rate | Refusal:
    """A machine without a roofline: measured at the very shape, or claimed, or refused."""
    measured = as_measured(machine, request, points) if tier != "roofline" else None
    if measured is not None:
        return banded(measured, bands, ["other round"])
    if isinstance(claimed, Rate) and tier is None:
        return scaled(claimed, factor)
    told = "" if isinstance(claimed, Rate) else f"; {claimed.why}"
    return Refusal(f"{missing}{told}", "SRV006")


def piped(
    question: Question,
    claimed: Rate | Refusal,
    points: dict[str, list[Point]],
    shapes: dict[str, Shape],
    hop_s: float,
    grader: Grader,
) -> Rate | Refusal:
    """The best pipeline in on-chip memory.

    points: rows of this machine by model; hop_s: seconds from chip to chip.
    """
    machine, shape, request = question.machine, question.shape, question.request
    efficiency = grader.efficiency
    if grader.tier in MEASURED_ONLY:
        return Refusal("nothing is measured at this shape", "SRV007")
    if grader.tier == "assumed":
        slot = LayerTime(efficiency.layer_s, "assumed", "pipeline with the stated time per layer")
    else:
        slot = layer_time(machine, shape, points, shapes, efficiency, hop_s)
    flows = [
        flow
        for precision in usable_precisions(machine, request)
        for flow in pipelines(machine, shape, request, efficiency, precision, slot.seconds, hop_s)
    ]
    if not flows and not _fits_closed(question, efficiency):
        chips = f"{machine.domain_chips:g} chips of a domain, and no scale-out joins domains"
        return Refusal(f"{shape.id} with one request's cache does not fit the {chips}", "SRV001")
    if not flows:
        limits: Mapping[str, float | None] = {"TPOT": request.tpot_ms, "TTFT": request.ttft_ms}
        stated = " and ".join(f"{ms:g} ms {name}" for name, ms in limits.items() if ms is not None)
        return Refusal(f"no batch meets {stated}", "SRV003")
    rate = _as_rate(question, max(flows, key=lambda flow: flow.per_chip), slot, grader)
    silicon = slot.tier in ("interpolated", "calibrated")
    rate = banded(rate, grader.bands, ["interactive" if silicon else "no silicon"])
    if slot.tier != "interpolated" and grader.tier is None:
        rate = below_its_claim(rate, claimed, efficiency)
    return grader.with_headroom(rate, request)


def _fits_closed(question: Question, efficiency: Efficiency) -> bool:
    """Whether a pipeline for one user fits a domain, or may leave it."""
    machine = question.machine
    return machine.scale_out_bytes_per_s != 0 or any(
        chips_of(machine, question.shape, question.request, efficiency, p, 1.0)
        <= machine.domain_chips
        for p in usable_precisions(machine, question.request)
    )


def _as_rate(question: Question, best: Flow, slot: LayerTime, grader: Grader) -> Rate:
    chips = question.machine.chips
    return Rate(
        tok_per_s=best.per_chip * chips * question.factor,
        tok_per_s_per_user=best.tok_per_s_per_user * question.factor,
        ttft_ms=best.ttft_s * _MS,
        batch=best.users,
        chips_per_replica=best.chips,
        systems_per_replica=best.chips / chips,
        precision=best.precision,
        bound_by=best.bound_by,
        tier=_TIERS.get(grader.tier or "", slot.tier),
        why=slot.why,
        regime=grader.regime,
        layout=f"pipeline of {best.chips:g}",
    )
