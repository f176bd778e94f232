"""Measured points as anchors: how fast a system really is against its roofline.

A point is compared with the roofline at the point's own shape; the ratio carries over to other
shapes and service levels of the same pair. Benchmark submissions count times the stated factor
from tuned to stock serving. No row gets a number of its own: a pair's ratio is the geometric mean
over its rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from planner.catalog.fact import EvidenceTier
from planner.catalog.throughput import Point
from planner.serving.machine import Efficiency, Machine
from planner.serving.rate import Refusal, Request
from planner.serving.roofline import best
from planner.serving.shape import Shape

_TRUSTED = ("user", "measured", "third party")


@dataclass(frozen=True)
class Anchor:
    """What measurements say of a system, beyond its data sheet."""

    speed: float = 1.0
    layer_s: float | None = None
    tier: EvidenceTier = "calibrated"
    why: str = "roofline with stated efficiencies"


def ratios(
    machine: Machine, shape: Shape, points: list[Point], efficiency: Efficiency
) -> Iterator[float]:
    """Measured over modelled throughput per chip, one ratio per usable row."""
    for point in points:
        fact = point.throughput
        known = point.isl and point.osl and point.precision and point.accounting == "output"
        if not known or point.scenario not in ("offline", "curve") or fact.quality not in _TRUSTED:
            continue
        assert point.isl
        assert point.osl
        assert point.precision
        tpot = 1e3 / point.tok_per_s_per_user if point.tok_per_s_per_user else None
        request = Request(point.isl, point.osl, None, tpot, (point.precision,))
        modelled = best(machine, shape, request, efficiency)
        if isinstance(modelled, Refusal):
            continue
        factor = 1.0
        if point.regime == "tuned":
            factor = efficiency.field_moe if shape.experts > 16 else efficiency.field_dense
        yield fact.number / (point.chips or 1.0) * factor / modelled.per_chip


def layer_times(
    machine: Machine, shape: Shape, points: list[Point], efficiency: Efficiency
) -> Iterator[float]:
    """Time per layer (s) of an on-chip pipeline, from the speed one user was seen to get."""
    assert machine.bytes_per_s is not None
    for point in points:
        if point.scenario == "per user" and point.throughput.quality in (*_TRUSTED, "vendor"):
            precision = point.precision or ("bf16" if "bf16" in machine.flops_per_s else "int8")
            rate = machine.bytes_per_s * efficiency.sram_bandwidth
            read = shape.touched_bytes(precision, 1) / rate
            slot = (1 / point.throughput.number - read) / shape.layers
            if slot > 0:
                yield slot


def anchor_of(
    machine: Machine,
    shape: Shape,
    points_by_model: dict[str, list[Point]],
    shapes: dict[str, Shape],
    efficiency: Efficiency,
) -> Anchor:
    """The anchor of one pair: its own rows first, else the system's rows on other models."""
    if machine.bytes_per_s is None:
        return Anchor()
    measure = layer_times if machine.on_chip_only else ratios
    own = list(measure(machine, shape, points_by_model.get(shape.id, []), efficiency))
    others = [
        value
        for name, points in points_by_model.items()
        if name != shape.id and name in shapes
        for value in measure(machine, shapes[name], points, efficiency)
    ]
    found = own or others
    if not found:
        return Anchor()
    tier: EvidenceTier = "interpolated" if own else "calibrated"
    where = "this model" if own else "other models"
    if machine.on_chip_only:
        why = f"pipeline with {median(found) * 1e6:.1f} us a layer, from speeds seen on {where}"
        return Anchor(1.0, median(found), tier, why)
    mean = math.exp(sum(map(math.log, found)) / len(found))
    why = f"roofline times {mean:.2f}, from {len(found)} measured rows on {where}"
    return Anchor(mean, None, tier, why)
