"""Physical bounds: what no software can beat, whatever a claim says."""

from __future__ import annotations

from planner.catalog.chip import Precision
from planner.serving.machine import Efficiency, Machine
from planner.serving.rate import Request
from planner.serving.shape import Shape


def single_stream_tok_per_s(machine: Machine, shape: Shape, precision: Precision) -> float | None:
    """Weight-read bound of one user: chips · bandwidth / bytes of weights a token touches (tok/s).

    Without speculative decoding every token reads the weights once. None where the bandwidth is
    not disclosed or weights are not read from memory at all (model-etched).

    Eight chips of 4.8 TB/s and 70 GB of FP8 weights cannot pass 549 tok/s.
    """
    if machine.bytes_per_s is None or machine.memory_kind == "mask-rom":
        return None
    return machine.chips * machine.bytes_per_s / shape.touched_bytes(precision, 1)


def system_tok_per_s(
    machine: Machine, shape: Shape, request: Request, precision: Precision, efficiency: Efficiency
) -> float | None:
    """Bound on output tokens of one whole system (tok/s): the least of cache reads and FLOPS.

    Every output token reads its sequence's cache once at mean context, and is computed once with
    its share of the prompt. None where neither bandwidth nor FLOPS are disclosed.
    """
    bounds = []
    context = request.isl + efficiency.mean_context * request.osl
    if machine.bytes_per_s is not None and machine.memory_kind != "mask-rom":
        cache = shape.cache_bytes(context, efficiency.kv_bytes)
        if cache:
            bounds.append(machine.chips * machine.bytes_per_s / cache)
    peak = machine.flops_per_s.get(precision)
    if peak:
        prefill = request.isl / request.osl * shape.flops_per_token(request.isl / 2)
        bounds.append(machine.chips * peak / (shape.flops_per_token(context) + prefill))
    return min(bounds) if bounds else None
