"""The roofline: step time from memory traffic, compute and communication.

Two laws, by where weights live. In HBM a replica is a few chips working on one layer together;
weights are read once a step for the whole batch. In on-chip memory a replica is a pipeline of as
many chips as hold the weights; each token passes every slice in series, and many users fill the
pipeline. All times in seconds, traffic in bytes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planner.catalog.chip import Precision
from planner.serving.machine import Efficiency, Machine
from planner.serving.rate import Refusal, Request
from planner.serving.shape import Shape

_ALL_REDUCES_PER_LAYER = 2
_ACTIVATION_BYTES = 2


@dataclass(frozen=True)
class Operating:
    """One operating point of one replica."""

    tok_per_s: float
    tok_per_s_per_user: float
    ttft_s: float
    batch: float
    chips: float
    precision: Precision
    bound_by: str

    @property
    def per_chip(self) -> float:
        return self.tok_per_s / self.chips


def best(
    machine: Machine,
    shape: Shape,
    request: Request,
    efficiency: Efficiency,
    speed: float = 1.0,
    layer_s: float | None = None,
) -> Operating | Refusal:
    """The point of highest throughput per chip that meets the service level.

    speed: measured over modelled speed of this pair; 1 where nothing is measured.
    layer_s: time per layer of an on-chip pipeline, where it was derived from a measurement.
    """
    if machine.memory_bytes is None or machine.bytes_per_s is None:
        return Refusal(f"memory capacity or bandwidth of {machine.chip} is not disclosed")
    if not machine.flops_per_s:
        return Refusal(f"peak FLOPS of {machine.chip} are not disclosed")
    if request.isl + request.osl > shape.context:
        return Refusal(f"{request.isl + request.osl:,.0f} tokens exceed the context of {shape.id}")
    usable = [p for p in request.precisions if p in machine.flops_per_s]
    if not usable:
        return Refusal(f"{machine.chip} runs none of {', '.join(request.precisions)}")
    found: list[Operating] = []
    for precision in usable:
        if machine.on_chip_only:
            found += _pipelines(machine, shape, request, efficiency, precision, layer_s)
            continue
        for chips in _replica_sizes(machine):
            batched = _batched(machine, shape, request, efficiency, precision, chips, speed)
            found += [batched] if batched else []
    if not found:
        return Refusal(_why_nothing(machine, shape, request, efficiency))
    return max(found, key=lambda point: point.per_chip)


def _replica_sizes(machine: Machine) -> list[int]:
    most = int(max(machine.domain_chips, 1))
    return [size for exponent in range(11) if (size := 2**exponent) <= most] + (
        [most] if most & (most - 1) else []
    )


def _batched(
    machine: Machine,
    shape: Shape,
    request: Request,
    efficiency: Efficiency,
    precision: Precision,
    chips: int,
    speed: float,
) -> Operating | None:
    assert machine.memory_bytes is not None
    assert machine.bytes_per_s is not None
    final = request.isl + request.osl
    mean_context = request.isl + efficiency.mean_context * request.osl
    cache = shape.cache_bytes(mean_context, efficiency.kv_bytes)
    free = chips * machine.memory_bytes * efficiency.memory_usable - shape.weight_bytes(precision)
    room = free / shape.cache_bytes(final, efficiency.kv_bytes) if free > 0 else 0.0
    if room < 1:
        return None
    bandwidth = chips * machine.bytes_per_s * efficiency.bandwidth * speed
    compute = chips * machine.flops_per_s[precision] * efficiency.compute * speed
    prefill_s = request.isl * shape.flops_per_token(request.isl / 2) / compute
    decode_flops = shape.flops_per_token(mean_context)
    fixed_s = shape.layers * efficiency.layer_s
    wire = _all_reduce_s_per_token(machine, shape, chips)

    def step_s(batch: float) -> float:
        traffic = shape.touched_bytes(precision, batch) + batch * cache
        return traffic / bandwidth + batch * (decode_flops / compute + wire) + fixed_s

    def time_per_token(batch: float) -> float:
        return step_s(batch) + batch * prefill_s / request.osl

    def meets(batch: float) -> bool:
        per_token = time_per_token(batch)
        first = prefill_s + per_token
        return not (
            (request.tpot_ms is not None and per_token * 1e3 > request.tpot_ms)
            or (request.ttft_ms is not None and first * 1e3 > request.ttft_ms)
        )

    if not meets(1.0):
        return None
    batch = room if meets(room) else _largest(meets, 1.0, room)
    per_token = time_per_token(batch)
    parts = {
        "weights": shape.touched_bytes(precision, batch) / bandwidth,
        "cache": batch * cache / bandwidth,
        "compute": batch * (decode_flops / compute + prefill_s / request.osl),
        "communication": batch * wire,
        "overhead": fixed_s,
    }
    bound = "memory capacity" if batch == room else max(parts, key=lambda name: parts[name])
    return Operating(
        batch / per_token, 1 / per_token, prefill_s + per_token, batch, chips, precision, bound
    )


def _all_reduce_s_per_token(machine: Machine, shape: Shape, chips: int) -> float:
    """Two ring all-reduces a layer: 2(n−1)/n · tokens · hidden · bytes / bandwidth."""
    if chips == 1 or machine.scale_up_bytes_per_s is None:
        return 0.0
    moved = 2 * (chips - 1) / chips * shape.hidden * _ACTIVATION_BYTES
    return _ALL_REDUCES_PER_LAYER * shape.layers * moved / machine.scale_up_bytes_per_s


def _largest(meets: Callable[[float], bool], low: float, high: float) -> float:
    """The largest batch that still meets the service level; time grows with batch."""
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if meets(middle) else (low, middle)
    return low


def _pipelines(
    machine: Machine,
    shape: Shape,
    request: Request,
    efficiency: Efficiency,
    precision: Precision,
    layer_s: float | None,
) -> Iterator[Operating]:
    """Pipelines sized for one user, two, four … up to one in every layer."""
    users = 1.0
    while users <= shape.layers:
        point = _pipeline(machine, shape, request, efficiency, precision, layer_s, users)
        if point is not None:
            yield point
        users = users * 2 if users * 2 < shape.layers or users == shape.layers else shape.layers


def _pipeline(
    machine: Machine,
    shape: Shape,
    request: Request,
    efficiency: Efficiency,
    precision: Precision,
    layer_s: float | None,
    users: float,
) -> Operating | None:
    assert machine.memory_bytes is not None
    assert machine.bytes_per_s is not None
    cache = shape.cache_bytes(request.isl + request.osl, efficiency.kv_bytes)
    usable = machine.memory_bytes * efficiency.memory_usable
    chips = math.ceil((shape.weight_bytes(precision) + users * cache) / usable)
    compute = chips * machine.flops_per_s[precision] * efficiency.compute
    context = request.isl + efficiency.mean_context * request.osl
    prefill_flops = request.isl * shape.flops_per_token(request.isl / 2)
    read = shape.touched_bytes(precision, 1) / (machine.bytes_per_s * efficiency.sram_bandwidth)
    slot = layer_s if layer_s is not None else efficiency.layer_s
    token_s = read + shape.layers * slot
    ceiling = compute / (shape.flops_per_token(context) + prefill_flops / request.osl)
    rate = min(users / token_s, ceiling)
    first_s = prefill_flops / compute + token_s
    if request.tpot_ms is not None and users / rate * 1e3 > request.tpot_ms:
        return None
    if request.ttft_ms is not None and first_s * 1e3 > request.ttft_ms:
        return None
    bound = "compute" if rate == ceiling else "pipeline latency"
    return Operating(rate, rate / users, first_s, users, chips, precision, bound)


def _why_nothing(machine: Machine, shape: Shape, request: Request, efficiency: Efficiency) -> str:
    limits = {"TPOT": request.tpot_ms, "TTFT": request.ttft_ms}
    stated = " and ".join(f"{ms:g} ms {name}" for name, ms in limits.items() if ms is not None)
    relaxed = Request(request.isl, request.osl, None, None, request.precisions)
    if stated and not isinstance(best(machine, shape, relaxed, efficiency), Refusal):
        return f"no batch meets {stated}"
    domain = f"the {machine.domain_chips:g} chips of a scale-up domain"
    return f"{shape.id} with one request's cache does not fit {domain}"
