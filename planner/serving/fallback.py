"""What an estimate rests on where the roofline does not speak, or must not speak alone."""

from __future__ import annotations

from dataclasses import replace

from planner.catalog.throughput import Point
from planner.serving.ask import scaled
from planner.serving.band import claimed_band
from planner.serving.curve import Reading
from planner.serving.machine import Efficiency, Machine
from planner.serving.rate import Rate, Refusal, Request

_MS = 1e3


def speaks(reading: Reading | None) -> bool:
    """Whether a front says something at the speed asked for without the roofline."""
    return reading is not None and reading.per_chip is not None


def as_measured(machine: Machine, request: Request, points: list[Point]) -> Rate | None:
    """The best measured point that meets the speed asked for, as it stands."""
    needed = _MS / request.tpot_ms if request.tpot_ms is not None else 0.0
    fast = [p for p in points if (p.tok_per_s_per_user or (0.0 if needed else 1.0)) >= needed]
    if not fast:
        return None
    point = max(fast, key=lambda p: p.throughput.number / (p.chips or 1.0))
    chips = point.chips or 1.0
    per_chip = point.throughput.number / chips
    per_user = point.tok_per_s_per_user or per_chip * chips
    return Rate(
        tok_per_s=per_chip * machine.chips,
        tok_per_s_per_user=per_user,
        ttft_ms=None,
        batch=per_chip * chips / per_user,
        chips_per_replica=min(chips, machine.chips),
        systems_per_replica=min(chips, machine.chips) / machine.chips,
        precision=point.precision or request.precisions[0],
        bound_by="measurement",
        tier="measured",
        why=f"measured at this shape ({point.throughput.source})",
    )


def below_its_claim(estimate: Rate, claimed: Rate | Refusal, efficiency: Efficiency) -> Rate:
    """No system nobody has measured counts for more than the discounted claim of its vendor."""
    if isinstance(claimed, Refusal):
        return estimate
    most = claimed.tok_per_s
    if estimate.tok_per_s <= most:
        return estimate
    why = f"{estimate.why}, held to the vendor's discounted claim"
    held = scaled(estimate, most / estimate.tok_per_s)
    return claimed_band(replace(held, tier="claimed", why=why), efficiency.haircut)
