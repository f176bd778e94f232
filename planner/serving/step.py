"""Step time: what one step of a batch costs in compute, memory traffic and communication.

A step makes one token for each of ``batch`` sequences and, unless prefill runs apart, carries the
prompt tokens that replace finished sequences. Everything is arrays of pairs (rows) by layouts
(columns), so that one call answers many questions. Times are at peak rates; ``step_s`` applies the
calibrated efficiencies.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from planner.catalog.chip import Precision
from planner.serving.layout import Array, Layouts
from planner.serving.machine import Machine
from planner.serving.rate import Request
from planner.serving.shape import WEIGHT_BYTES, Shape

_ALL_REDUCES_PER_LAYER = 2
_ACTIVATION_BYTES = 2
_DISPATCH_BYTES = 1
_COMBINE_BYTES = 2


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
    dense_bytes: Array
    expert_bytes: Array
    log_missed: Array
    """Log of the share of experts that one token leaves untouched; 0 for dense models."""
    linear_flops: Array
    decode_flops: Array
    prefill_flops: Array
    cache: Array
    room_cache: Array
    state: Array
    kv_heads: Array
    hidden: Array
    layers: Array
    routed: Array
    """Expert visits per token, all layers together."""
    moe_layers: Array
    isl: Array
    osl: Array


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
        (shape.parameters - shape.expert_parameters) * width,
        shape.expert_parameters * width,
        math.log1p(-shape.experts_per_token / shape.experts) if shape.experts else 0.0,
        2 * shape.active_parameters,
        shape.decode_attention_flops(context),
        shape.prefill_attention_flops(request.isl),
        shape.cache_bytes(context, kv_bytes),
        shape.cache_bytes(request.isl + request.osl, kv_bytes),
        shape.state_bytes,
        shape.kv_heads,
        shape.hidden,
        shape.layers,
        shape.experts_per_token * shape.moe_layers,
        shape.moe_layers,
        request.isl,
        request.osl,
    )


@dataclass(frozen=True)
class Drafts:
    """Speculative decoding or multi-token prediction, columns of shape (cases, 1); 1 and 1 without."""

    computed: Array
    """Tokens a sequence computes per step, drafts included."""
    kept: Array
    """Tokens a sequence gains per step."""


@dataclass(frozen=True)
class Terms:
    """Seconds of one step at peak rates, by what causes them; cases by layouts."""

    compute: Array
    weights: Array
    cache: Array
    activation: Array
    """At one byte per token, layer and unit of width."""
    wire: Array
    collectives: Array
    """How many collectives follow one another."""
    layers: Array


@dataclass(frozen=True)
class Coefficients:
    """Calibrated efficiencies of each case, columns of shape (cases, 1)."""

    speed: Array
    compute: Array
    bandwidth: Array
    activation: Array
    collective_s: Array
    layer_s: Array
    norm: float


def room(figures: Figures, layouts: Layouts, usable: float) -> Array:
    """Sequences that fit: (usable memory − weights) / cache of a whole sequence; ≤ 0 where none.

    Layouts larger than the domain, and expert layouts of dense models, have no room at all.
    """
    chips = layouts.chips[None, :]
    dense_copies = np.where(layouts.expert > 1, layouts.expert, 1.0)[None, :]
    weights = figures.dense_bytes * dense_copies + figures.expert_bytes
    free = chips * figures.memory * usable - weights
    fits = (chips <= figures.domain) & (layouts.pipeline <= figures.layers)
    fits &= (layouts.expert == 1)[None, :] | (figures.moe_layers > 0)
    return np.where(fits, free / (figures.room_cache * _copies(figures, layouts)), 0.0)


def _copies(figures: Figures, layouts: Layouts) -> Array:
    """How often each cache entry is held: tensor-parallel chips beyond the heads repeat it."""
    return np.asarray(np.maximum(1.0, layouts.tensor[None, :] / figures.kv_heads))


def decode_terms(
    figures: Figures, layouts: Layouts, batch: Array, drafts: Drafts | None = None
) -> Terms:
    """Terms of one step of ``batch`` sequences, with the prompts it carries unless they run apart.

    Weights are read once per micro-batch: by every stage in a pipeline of ``pp`` micro-batches.
    Speculation computes every drafted token and reads weights and cache no more often.
    """
    computed, kept = (drafts.computed, drafts.kept) if drafts else (1.0, 1.0)
    carried = np.where(layouts.split, 0.0, 1.0)[None, :]
    prompts = carried * batch * kept / figures.osl
    tokens = batch * computed + prompts * figures.isl
    flops_s = (tokens * figures.linear_flops) / figures.peak + (
        batch * computed * figures.decode_flops + prompts * figures.prefill_flops
    ) / figures.attention_peak
    traffic = batch * (figures.cache + figures.state)
    return _terms(figures, layouts, tokens, flops_s, traffic)


def prefill_terms(figures: Figures, layouts: Layouts) -> Terms:
    """Terms of one prompt alone on one replica."""
    tokens = figures.isl + 0.0 * layouts.tensor[None, :]
    flops_s = tokens * figures.linear_flops / figures.peak + (
        figures.prefill_flops / figures.attention_peak
    )
    return _terms(figures, layouts, tokens, flops_s, figures.room_cache + 0.0 * tokens)


def _terms(
    figures: Figures, layouts: Layouts, tokens: Array, flops_s: Array, traffic: Array
) -> Terms:
    chips, stages = layouts.chips[None, :], layouts.pipeline[None, :]
    experts, tensor = layouts.expert[None, :], layouts.tensor[None, :]
    touched = -np.expm1(tokens / stages * figures.log_missed)
    weights = figures.dense_bytes * experts + figures.expert_bytes * touched
    per_chip = chips * figures.bandwidth
    ring = 2 * (tensor - 1) / tensor * _ALL_REDUCES_PER_LAYER * figures.layers * _ACTIVATION_BYTES
    routed = np.where(experts > 1, (experts - 1) / experts / experts, 0.0) * figures.routed
    exchange = routed * (_DISPATCH_BYTES + _COMBINE_BYTES)
    boundary = np.where(stages > 1, _ACTIVATION_BYTES, 0.0)
    wire = tokens * figures.hidden * (ring / stages + exchange + boundary) / figures.link
    reduces = np.where(tensor > 1, _ALL_REDUCES_PER_LAYER * figures.layers, 0.0)
    swaps = np.where(experts > 1, 2.0 * figures.moe_layers, 0.0)
    return Terms(
        compute=flops_s / chips,
        weights=weights * stages / per_chip,
        cache=traffic * _copies(figures, layouts) / per_chip,
        activation=tokens * figures.hidden * figures.layers / per_chip,
        wire=wire,
        collectives=reduces + swaps + np.where(stages > 1, stages, 0.0),
        layers=figures.layers + 0.0 * tokens,
    )


def step_s(terms: Terms, c: Coefficients) -> Array:
    """(C^p + M^p + N^p)^(1/p) / speed + layers · time per layer (s).

    C compute, M memory traffic, N communication, each over its efficiency; p the norm's exponent:
    1 is a plain sum, infinity the maximum.
    """
    compute = terms.compute / c.compute
    memory = (terms.weights + terms.cache + terms.activation * c.activation) / c.bandwidth
    wire = terms.wire + terms.collectives * c.collective_s
    busy = (compute**c.norm + memory**c.norm + wire**c.norm) ** (1 / c.norm)
    return np.asarray(busy / c.speed + terms.layers * c.layer_s)


def parts_s(terms: Terms, c: Coefficients) -> dict[str, Array]:
    """The step's parts by name, to say which binds (s)."""
    return {
        "compute": terms.compute / c.compute / c.speed,
        "weights": terms.weights / c.bandwidth / c.speed,
        "cache": terms.cache / c.bandwidth / c.speed,
        "activations": terms.activation * c.activation / c.bandwidth / c.speed,
        "communication": (terms.wire + terms.collectives * c.collective_s) / c.speed,
        "overhead": terms.layers * c.layer_s,
    }
