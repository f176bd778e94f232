"""Step time: what one step of a batch costs in compute, memory traffic and communication.

A step makes one token for each of ``batch`` sequences and, where prefill runs together with decode,
carries the prompt tokens that replace finished sequences. Everything is arrays of pairs (rows) by layouts
(columns), so that one call answers many questions. Times are at peak rates; ``step_s`` applies the
calibrated efficiencies.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.serving.exchange import Links, links_of
from planner.serving.figures import Figures
from planner.serving.layout import APART, TOGETHER, Array, Layouts


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
    """Bytes over links, within and between domains, and the fixed time of what crosses domains."""
    collectives: Array
    """How many collectives follow one another inside a domain."""
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

    Layouts of more chips than anything joins, and expert layouts of dense models, have no room at all.
    """
    chips = layouts.chips[None, :]
    dense_copies = np.where(layouts.expert > 1, layouts.expert, 1.0)[None, :]
    weights = figures.dense_bytes * dense_copies + figures.expert_bytes
    free = chips * figures.memory * usable - weights
    fits = chips <= figures.reach
    fits &= layouts.pipeline <= figures.layers
    fits &= (layouts.expert == 1)[None, :] | (figures.moe_layers > 0)
    return np.where(fits, free / (figures.room_cache * _copies(figures, layouts)), 0.0)


def _copies(figures: Figures, layouts: Layouts) -> Array:
    """How often each cache entry is held: tensor-parallel chips beyond the heads repeat it."""
    return np.asarray(np.maximum(1.0, layouts.tensor[None, :] / figures.kv_heads))


def decode_terms(
    figures: Figures,
    layouts: Layouts,
    batch: Array,
    drafts: Drafts | None = None,
    links: Links | None = None,
) -> Terms:
    """Terms of one step of ``batch`` sequences, with the prompts it carries where they run together.

    Weights are read once per micro-batch: by every stage in a pipeline of ``pp`` micro-batches.
    Speculation computes every drafted token and reads weights and cache no more often.
    links: those of the layouts, where the caller has them.
    """
    computed, kept = (drafts.computed, drafts.kept) if drafts else (1.0, 1.0)
    carried = (layouts.prefill == TOGETHER)[None, :]
    prompts = carried * batch * kept / figures.osl
    tokens = batch * computed + prompts * figures.isl
    flops_s = (tokens * figures.linear_flops) / figures.peak + (
        batch * computed * figures.decode_flops + prompts * figures.prefill_flops
    ) / figures.attention_peak
    traffic = batch * (figures.cache + figures.state)
    return _terms(figures, layouts, tokens, flops_s, traffic, links or links_of(figures, layouts))


def prefill_terms(figures: Figures, layouts: Layouts) -> Terms:
    """Terms of one prompt alone on one replica."""
    tokens = figures.isl + 0.0 * layouts.tensor[None, :]
    flops_s = tokens * figures.linear_flops / figures.peak + (
        figures.prefill_flops / figures.attention_peak
    )
    links = links_of(figures, layouts)
    return _terms(figures, layouts, tokens, flops_s, figures.room_cache + 0.0 * tokens, links)


def _terms(
    figures: Figures,
    layouts: Layouts,
    tokens: Array,
    flops_s: Array,
    traffic: Array,
    links: Links,
) -> Terms:
    chips, stages = layouts.chips[None, :], layouts.pipeline[None, :]
    experts = layouts.expert[None, :]
    touched = -np.expm1(tokens / stages * figures.log_missed)
    weights = figures.dense_bytes * experts + figures.expert_bytes * touched
    per_chip = chips * figures.bandwidth
    return Terms(
        compute=flops_s / chips,
        weights=weights * stages / per_chip,
        cache=traffic * _copies(figures, layouts) / per_chip,
        activation=tokens * figures.hidden * figures.layers / per_chip,
        wire=links.wire_s(tokens),
        collectives=links.collectives,
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


def handed_over_s(figures: Figures, layouts: Layouts, chips: Array) -> Array:
    """Seconds in which a prompt's cache reaches decode chips of another domain over one chip's link.

    chips: of the whole replica. 0 where it stays in one domain: the fast fabric hides it.
    """
    crosses = (layouts.prefill == APART)[None, :] & (chips > figures.domain) & (figures.out > 0)
    moved = figures.prompt_cache / np.where(figures.out > 0, figures.out, np.inf)
    return np.where(crosses, moved + figures.alpha_s, 0.0)
