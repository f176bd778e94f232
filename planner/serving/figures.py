"""Questions as columns of numbers: what a step's terms are computed from."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from planner.catalog.chip import Precision
from planner.serving.layout import Array
from planner.serving.machine import Machine
from planner.serving.rate import Request
from planner.serving.shape import WEIGHT_BYTES, Shape


@dataclass(frozen=True)
class Case:
    """One question: a machine, a model, a request, the precision of the weights."""

    machine: Machine
    shape: Shape
    request: Request
    precision: Precision


@dataclass(frozen=True)
class Figures:
    """The numbers of many cases as columns of shape (cases, 1); bytes, FLOP, seconds."""

    memory: Array
    bandwidth: Array
    peak: Array
    attention_peak: Array
    link: Array
    domain: Array
    out: Array
    """Link of one chip to other domains; 0 where there is none."""
    alpha_s: Array
    """What one step of a collective between domains waits."""
    pod: Array
    """Chips the network joins in all; infinity where nothing says."""
    dense_bytes: Array
    expert_bytes: Array
    log_missed: Array
    """Log of the share of experts that one token leaves untouched; 0 for dense models."""
    linear_flops: Array
    decode_flops: Array
    prefill_flops: Array
    cache: Array
    room_cache: Array
    prompt_cache: Array
    state: Array
    kv_heads: Array
    hidden: Array
    layers: Array
    routed: Array
    """Expert visits per token, all layers together."""
    moe_layers: Array
    isl: Array
    osl: Array

    @property
    def reach(self) -> Array:
        """Most chips of a replica: those of the pod, of the domain where nothing joins domains."""
        return np.where(self.out > 0, self.pod, np.minimum(self.domain, self.pod))


def figures_of(cases: list[Case], mean_context: float, kv_bytes: float) -> Figures:
    """Columns of many cases.

    mean_context: mean KV length of a sequence in flight beyond its prompt, as share of the output.
    kv_bytes: bytes per cached element.
    """
    rows = [_row(case, mean_context, kv_bytes) for case in cases]
    table = np.array(rows, dtype=float).T[:, :, None]
    return Figures(*table)


def _row(case: Case, mean_context: float, kv_bytes: float) -> tuple[float, ...]:
    machine, shape, request = case.machine, case.shape, case.request
    assert machine.memory_bytes
    assert machine.bytes_per_s
    width = WEIGHT_BYTES[case.precision]
    peak = machine.flops_per_s[case.precision]
    fast = machine.flops_per_s.get("fp8") or machine.flops_per_s.get("bf16") or peak
    context = request.isl + mean_context * request.osl
    return (
        machine.memory_bytes,
        machine.bytes_per_s,
        peak,
        fast,
        machine.scale_up_bytes_per_s or np.inf,
        machine.domain_chips,
        machine.scale_out_bytes_per_s or 0.0,
        machine.alpha_s,
        machine.pod_chips,
        (shape.parameters - shape.expert_parameters) * width,
        shape.expert_parameters * width,
        math.log1p(-shape.experts_per_token / shape.experts) if shape.experts else 0.0,
        2 * shape.active_parameters,
        shape.decode_attention_flops(context),
        shape.prefill_attention_flops(request.isl),
        shape.cache_bytes(context, kv_bytes),
        shape.cache_bytes(request.isl + request.osl, kv_bytes),
        shape.cache_bytes(request.isl, kv_bytes),
        shape.state_bytes,
        shape.kv_heads,
        shape.hidden,
        shape.layers,
        shape.experts_per_token * shape.moe_layers,
        shape.moe_layers,
        request.isl,
        request.osl,
    )
