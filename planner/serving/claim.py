"""Vendors' claims: used only where nothing better is known, discounted, and below their bound."""

from __future__ import annotations

from typing import Literal

from planner.catalog.throughput import Point
from planner.serving.bound import single_stream_tok_per_s, system_tok_per_s
from planner.serving.machine import Efficiency, Machine
from planner.serving.rate import Rate, Refusal, Request
from planner.serving.shape import Shape

PHYSICAL_BOUND = "physical bound"
"""What binds a rate whose claim was above it."""
Mode = Literal["haircut", "at their word"]


def rate(
    machine: Machine,
    shape: Shape,
    request: Request,
    points: list[Point],
    efficiency: Efficiency,
    mode: Mode,
) -> Rate | Refusal:
    """The claim for this pair as a rate.

    With a haircut: prompts taken as counted where the claim does not say, times the stated share.
    At their word: as claimed. Both are capped at the physical bound of the workload's own shape.
    """
    claims = [point for point in points if _usable(point, machine)]
    if not claims:
        return Refusal(f"nothing is measured or claimed for {shape.id} on {machine.id}")
    point = max(claims, key=lambda p: p.scenario == "aggregate")
    precision = point.precision or "fp8"
    if precision not in request.precisions:
        return Refusal(f"the claim is at {precision}, which this workload does not accept")
    share = 1.0 if mode == "at their word" else efficiency.haircut
    claimed, note = _output_tokens(machine, request, point, mode)
    stated = claimed * share
    bound = system_tok_per_s(machine, shape, request, precision, efficiency)
    value = min(stated, bound) if bound is not None else stated
    stream = single_stream_tok_per_s(machine, shape, precision)
    per_user = point.throughput.number if point.scenario == "per user" else stream
    if per_user is None:
        return Refusal("the claim gives no speed per user")
    if request.tpot_ms is not None and 1e3 / per_user > request.tpot_ms:
        return Refusal(f"{request.tpot_ms:g} ms TPOT is faster than its bound of {per_user:,.0f} tok/s per user")  # fmt: skip
    capped = ", capped at its physical bound" if bound is not None and stated > bound else ""
    return Rate(
        tok_per_s=value,
        tok_per_s_per_user=per_user,
        ttft_ms=None,
        batch=value / per_user,
        chips_per_replica=machine.chips if stream is not None else 1.0,
        systems_per_replica=1.0 if stream is not None else 1.0 / machine.chips,
        precision=precision,
        bound_by=PHYSICAL_BOUND if capped else "claim",
        tier="claimed",
        why=f"{share:.0%} of the vendor's claim{note}{capped}",
    )


def _usable(point: Point, machine: Machine) -> bool:
    """A claimed throughput; one user's speed is one only where a chip serves one user at a time.

    A model-etched chip's throughput is at least what its one user sees; anywhere else a per-user
    speed times a chip count is no throughput.
    """
    fact = point.throughput
    of_a_fleet = point.scenario == "aggregate"
    of_one_chip = point.scenario == "per user" and machine.memory_kind == "mask-rom"
    return fact.quality == "vendor" and not fact.rejected and (of_a_fleet or of_one_chip)


def _output_tokens(
    machine: Machine, request: Request, point: Point, mode: Mode
) -> tuple[float, str]:
    """Claimed output tok/s of one whole system at the workload's shape, and what was assumed."""
    chips = point.chips or (1.0 if point.scenario == "per user" else machine.chips)
    value = point.throughput.number * machine.chips / chips
    if not point.isl or not point.osl:
        return value, ""
    note = ""
    if mode == "haircut" and point.accounting in ("total", "not stated"):
        value *= point.osl / (point.isl + point.osl)
        note = " of all tokens, prompts counted"
    work = (point.isl + point.osl) / point.osl
    asked = (request.isl + request.osl) / request.osl
    return value * min(1.0, work / asked), note
