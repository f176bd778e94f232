"""On-chip memory: a replica is a pipeline of as many chips as hold the weights.

Each token passes every slice of the weights in series at one stage's bandwidth, waits its time per
layer, and hops from chip to chip; many users fill the pipeline. The time per layer is the one
number that no data sheet gives: it is taken from the speed one user was seen, or said, to get.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from planner.catalog.chip import Precision
from planner.catalog.fact import EvidenceTier
from planner.catalog.throughput import Point
from planner.serving.evidence import TRUSTED
from planner.serving.machine import Efficiency, Machine
from planner.serving.rate import Request
from planner.serving.shape import Shape

_ACTIVATION_BYTES = 2
_TOKENS = 1024.0
"""Prompt and output of a per-user row that states neither."""


@dataclass(frozen=True)
class LayerTime:
    """Time per layer of a pipeline, and where it comes from."""

    seconds: float
    tier: EvidenceTier
    why: str


@dataclass(frozen=True)
class Flow:
    """One operating point of one pipeline."""

    tok_per_s: float
    tok_per_s_per_user: float
    ttft_s: float
    users: float
    chips: float
    precision: Precision
    bound_by: str

    @property
    def per_chip(self) -> float:
        return self.tok_per_s / self.chips


def layer_time(
    machine: Machine,
    shape: Shape,
    points: dict[str, list[Point]],
    shapes: dict[str, Shape],
    efficiency: Efficiency,
    hop_s: float,
) -> LayerTime:
    """Time per layer from this model's per-user rows, else from other models', else as stated."""
    own = list(_layer_times(machine, shape, points.get(shape.id, []), efficiency, hop_s))
    found = own or [
        value
        for name, rows in points.items()
        for value in _layer_times(machine, shapes[name], rows, efficiency, hop_s)
    ]
    if not found:
        return LayerTime(efficiency.layer_s, "assumed", "pipeline with the stated time per layer")
    seconds = median(value for value, _ in found)
    trusted = all(quality in TRUSTED for _, quality in found)
    tier: EvidenceTier = "claimed" if not trusted else "interpolated" if own else "calibrated"
    where = "this model" if own else "other models"
    return LayerTime(seconds, tier, f"pipeline of {seconds * 1e6:.1f} us a layer, from {where}")


def _layer_times(
    machine: Machine, shape: Shape, points: list[Point], efficiency: Efficiency, hop_s: float
) -> Iterator[tuple[float, str]]:
    if machine.bytes_per_s is None or machine.memory_bytes is None:
        return
    for point in points:
        if point.scenario == "per user" and point.throughput.quality in (*TRUSTED, "vendor"):
            precision = point.precision or ("bf16" if "bf16" in machine.flops_per_s else "int8")
            rate = machine.bytes_per_s * efficiency.sram_bandwidth
            read_s = shape.touched_bytes(precision, 1) / rate
            request = Request(point.isl or _TOKENS, point.osl or _TOKENS)
            hops = chips_of(machine, shape, request, efficiency, precision, 1.0) - 1
            slot = (1 / point.throughput.number - read_s - hops * hop_s) / shape.layers
            if slot > 0:
                yield slot, point.throughput.quality


def pipelines(
    machine: Machine,
    shape: Shape,
    request: Request,
    efficiency: Efficiency,
    precision: Precision,
    slot_s: float,
    hop_s: float,
) -> Iterator[Flow]:
    """Pipelines sized for one user, two, four … up to one in every layer, that meet the limits."""
    users = 1.0
    while users <= shape.layers:
        flow = _pipeline(machine, shape, request, efficiency, precision, slot_s, hop_s, users)
        closed = machine.scale_out_bytes_per_s == 0 and flow.chips > machine.domain_chips
        if _meets(flow, request) and not closed:
            yield flow
        users = users * 2 if users * 2 < shape.layers or users == shape.layers else shape.layers


def chips_of(
    machine: Machine, shape: Shape, request: Request, efficiency: Efficiency, precision: Precision,
    users: float,
) -> int:  # fmt: skip
    """Chips that hold the weights and so many users' caches: ⌈(weights + users · KV) / usable⌉."""
    assert machine.memory_bytes is not None
    cache = shape.cache_bytes(request.isl + request.osl, efficiency.kv_bytes)
    usable = machine.memory_bytes * efficiency.memory_usable
    return math.ceil((shape.weight_bytes(precision) + users * cache) / usable)


def _pipeline(
    machine: Machine,
    shape: Shape,
    request: Request,
    efficiency: Efficiency,
    precision: Precision,
    slot_s: float,
    hop_s: float,
    users: float,
) -> Flow:
    """Token time = weights / bandwidth of a stage + layers · slot + hops; rate = users / token time."""
    assert machine.bytes_per_s is not None
    chips = chips_of(machine, shape, request, efficiency, precision, users)
    compute = chips * machine.flops_per_s[precision] * efficiency.compute
    context = request.isl + efficiency.mean_context * request.osl
    prefill_flops = request.isl * shape.flops_per_token(request.isl / 2)
    read_s = shape.touched_bytes(precision, 1) / (machine.bytes_per_s * efficiency.sram_bandwidth)
    token_s = read_s + shape.layers * slot_s + (chips - 1) * hop_s
    token_s += _between_domains_s(machine, shape, chips)
    ceiling = compute / (shape.flops_per_token(context) + prefill_flops / request.osl)
    rate = min(users / token_s, ceiling)
    bound = "compute" if rate == ceiling else "pipeline latency"
    first_s = prefill_flops / compute + token_s
    return Flow(rate, rate / users, first_s, users, chips, precision, bound)


def _between_domains_s(machine: Machine, shape: Shape, chips: float) -> float:
    """What scale-out adds to a token's way: (domains − 1) · (α + activation / link).

    0 where no network is stated: domains are then joined as the vendor joins chips.
    """
    if not machine.scale_out_bytes_per_s:
        return 0.0
    crossings = math.ceil(chips / machine.domain_chips) - 1
    return crossings * (
        machine.alpha_s + _ACTIVATION_BYTES * shape.hidden / machine.scale_out_bytes_per_s
    )


def _meets(flow: Flow, request: Request) -> bool:
    slow = request.tpot_ms is not None and 1e3 / flow.tok_per_s_per_user > request.tpot_ms
    late = request.ttft_ms is not None and flow.ttft_s * 1e3 > request.ttft_ms
    return not (slow or late)
