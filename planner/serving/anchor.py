"""Measured rows as anchors: how fast systems really are against their roofline.

For each usable row the speed is found at which the roofline, at the row's own shape and user
speed, gives the measured throughput; benchmark submissions count times the stated factor from
tuned to stock serving. The logarithms of these speeds are then shared between systems, families
and models by a Gaussian prediction (random effects): a pair's own rows count most, the same
system's and the same model's rows next, and what is unlike everything measured falls back to the
mean. No row gets a number of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import numpy as np

from planner.catalog.fact import EvidenceTier
from planner.catalog.throughput import Point
from planner.serving.machine import Efficiency, Machine
from planner.serving.rate import Refusal, Request
from planner.serving.roofline import best
from planner.serving.shape import Shape

_TRUSTED = ("user", "measured", "third party")
_FINE_GRAINED_EXPERTS = 16
_VARIANCE = {"all": 0.25, "family": 0.04, "system": 0.04, "model": 0.09, "mixture": 0.25, "pair": 0.04}  # fmt: skip
"""Prior variances of log speed that rows share when they are alike in this respect."""
_NOISE = 0.02
"""Variance of one row's log speed around its pair."""
_BISECTIONS = 16


@dataclass(frozen=True)
class Seen:
    """One measured row as a log speed."""

    system: str
    family: str
    model: str
    mixture: bool
    log_speed: float


@dataclass(frozen=True)
class Anchor:
    """What measurements say of a system with a model, beyond its data sheet."""

    speed: float = 1.0
    layer_s: float | None = None
    tier: EvidenceTier = "calibrated"
    why: str = "roofline with stated efficiencies"


def is_fine_grained(shape: Shape) -> bool:
    """Whether a model routes tokens among many small experts."""
    return shape.experts > _FINE_GRAINED_EXPERTS


def seen_speeds(
    machine: Machine, family: str, shape: Shape, points: list[Point], efficiency: Efficiency
) -> Iterator[Seen]:
    """The log speed of every usable row of one pair."""
    for point in points:
        if not _is_throughput_of_known_shape(point):
            continue
        assert point.isl
        assert point.osl
        assert point.precision
        factor = 1.0
        if point.regime == "tuned":
            factor = efficiency.field_moe if is_fine_grained(shape) else efficiency.field_dense
        target = point.throughput.number / (point.chips or 1.0) * factor
        tpot = 1e3 / point.tok_per_s_per_user if point.tok_per_s_per_user else None
        request = Request(point.isl, point.osl, None, tpot, (point.precision,))
        speed = _speed_for(target, machine, shape, request, efficiency)
        if speed is not None:
            yield Seen(machine.id, family, shape.id, is_fine_grained(shape), math.log(speed))


def _is_throughput_of_known_shape(point: Point) -> bool:
    return (
        bool(point.isl and point.osl and point.precision)
        and point.accounting == "output"
        and point.scenario in ("offline", "curve")
        and point.throughput.quality in _TRUSTED
    )


def _speed_for(
    target: float, machine: Machine, shape: Shape, request: Request, efficiency: Efficiency
) -> float | None:
    """The speed at which the roofline gives ``target`` tok/s per chip; None outside 1/16 to 16."""

    def modelled(log2_speed: float) -> float:
        point = best(machine, shape, request, efficiency, 2.0**log2_speed)
        return 0.0 if isinstance(point, Refusal) else point.per_chip

    low, high = -4.0, 4.0
    if not modelled(low) <= target <= modelled(high):
        return None
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if modelled(middle) < target else (low, middle)
    return float(2.0 ** ((low + high) / 2))


def predicted_speed(machine_id: str, family: str, shape: Shape, seen: list[Seen]) -> Anchor:
    """The speed of one pair from every row seen: k' (K + noise)^-1 y."""
    if not seen:
        return Anchor()
    wanted = Seen(machine_id, family, shape.id, is_fine_grained(shape), 0.0)
    rows = [*seen, wanted]
    covariance = np.array([[_alike(a, b) for b in rows] for a in rows])
    known = covariance[:-1, :-1] + _NOISE * np.eye(len(seen))
    logs = np.array([row.log_speed for row in seen])
    speed = math.exp(float(covariance[-1, :-1] @ np.linalg.solve(known, logs)))
    own = sum(row.system == machine_id and row.model == shape.id for row in seen)
    system = sum(row.system == machine_id for row in seen)
    told = f"{own} rows of this pair" if own else f"{system} rows of this system" if system else "rows of other systems"  # fmt: skip
    tier: EvidenceTier = "interpolated" if own else "calibrated"
    return Anchor(speed, None, tier, f"roofline times {speed:.2f}, from {told}")


def _alike(a: Seen, b: Seen) -> float:
    shared = _VARIANCE["all"]
    shared += _VARIANCE["family"] * (a.family == b.family)
    shared += _VARIANCE["system"] * (a.system == b.system)
    shared += _VARIANCE["model"] * (a.model == b.model)
    shared += _VARIANCE["mixture"] * (a.mixture and b.mixture)
    return shared + _VARIANCE["pair"] * (a.system == b.system and a.model == b.model)


def pipeline_anchor(
    machine: Machine,
    shape: Shape,
    points: dict[str, list[Point]],
    shapes: dict[str, Shape],
    efficiency: Efficiency,
) -> Anchor:
    """Time per layer of an on-chip pipeline, from the speed one user was seen or said to get."""
    own = list(_layer_times(machine, shape, points.get(shape.id, []), efficiency))
    found = own or [
        value
        for name, rows in points.items()
        for value in _layer_times(machine, shapes[name], rows, efficiency)
    ]
    if not found:
        return Anchor()
    slot = median(seconds for seconds, _ in found)
    trusted = all(quality in _TRUSTED for _, quality in found)
    tier: EvidenceTier = "claimed" if not trusted else "interpolated" if own else "calibrated"
    where = "this model" if own else "other models"
    return Anchor(1.0, slot, tier, f"pipeline of {slot * 1e6:.1f} us a layer, from {where}")


def _layer_times(
    machine: Machine, shape: Shape, points: list[Point], efficiency: Efficiency
) -> Iterator[tuple[float, str]]:
    if machine.bytes_per_s is None:
        return
    for point in points:
        if point.scenario == "per user" and point.throughput.quality in (*_TRUSTED, "vendor"):
            precision = point.precision or ("bf16" if "bf16" in machine.flops_per_s else "int8")
            rate = machine.bytes_per_s * efficiency.sram_bandwidth
            slot = (1 / point.throughput.number - shape.touched_bytes(precision, 1) / rate) / shape.layers  # fmt: skip
            if slot > 0:
                yield slot, point.throughput.quality
