"""How long collectives take, and what bytes they move: α-β formulas, one function each."""

from __future__ import annotations

from dataclasses import dataclass

from planner.quantities import GIGA, KILO, MEGA

RING_PASSES = 2
"""A ring all-reduce is a reduce-scatter and then an all-gather."""


@dataclass(frozen=True)
class Transfer:
    """bytes moved by one participant, and the time it takes (µs)."""

    bytes: float
    time_us: float


def _took(moved: float, gb_per_s: float, latency_us: float) -> Transfer:
    return Transfer(moved, moved / (gb_per_s * GIGA) * MEGA + latency_us)


def ring_all_reduce(
    chips: int, size_bytes: float, gb_per_s: float, alpha_us: float = 0.0
) -> Transfer:
    """Sum over all chips, along a ring.

    size_bytes: of the whole vector. gb_per_s: of one chip, one direction. alpha_us: of one step.
    Equation: t = 2(n − 1)/n·S/BW + 2(n − 1)·α. Source: Patarasuk and Yuan, JPDC 2009.

    >>> round(ring_all_reduce(8, 1e9, 50.0).time_us)
    35000
    """
    steps = RING_PASSES * (chips - 1)
    return _took(steps / chips * size_bytes, gb_per_s, steps * alpha_us)


def in_network_all_reduce(
    chips: int, size_bytes: float, gb_per_s: float, alpha_us: float = 0.0
) -> Transfer:
    """Sum inside the switches: every chip sends once and receives once at the same time.

    Equation: t = (n − 1)/n·S/BW + (n − 1)·α: the ring's without its factor 2. Source: Graham et
    al., COMHPC 2016 (SHARP).

    >>> round(in_network_all_reduce(8, 1e9, 50.0).time_us)
    17500
    """
    return all_gather(chips, size_bytes, gb_per_s, alpha_us)


def all_gather(chips: int, size_bytes: float, gb_per_s: float, alpha_us: float = 0.0) -> Transfer:
    """Every chip gets the parts of all others.

    Equation: t = (n − 1)/n·S/BW + (n − 1)·α, S the whole gathered.

    >>> round(all_gather(4, 4e6, 100.0).time_us, 3)
    30.0
    """
    return _took((chips - 1) / chips * size_bytes, gb_per_s, (chips - 1) * alpha_us)


def reduce_scatter(
    chips: int, size_bytes: float, gb_per_s: float, alpha_us: float = 0.0
) -> Transfer:
    """Every chip ends with the sum of one part.

    Equation: as all-gather, run backwards.

    >>> reduce_scatter(4, 4e6, 100.0) == all_gather(4, 4e6, 100.0)
    True
    """
    return all_gather(chips, size_bytes, gb_per_s, alpha_us)


def all_to_all(chips: int, size_bytes: float, gb_per_s: float, alpha_us: float = 0.0) -> Transfer:
    """Every chip sends another part to every other chip.

    Equation: t = (n − 1)/n·S/BW + (n − 1)·α, S what one chip holds; on a network that does not
    block, else BW is the bisection's share.

    >>> round(all_to_all(8, 8e6, 50.0).time_us, 3)
    140.0
    """
    return all_gather(chips, size_bytes, gb_per_s, alpha_us)


@dataclass(frozen=True)
class Experts:
    """Expert-parallel exchange: one layer, one token (all layers), and the speed it allows."""

    bytes: float
    time_us: float
    ms_per_token: float
    tok_per_s_per_user: float


def expert_parallel(
    tokens: float,
    experts_per_token: float,
    hidden: float,
    gb_per_s: float,
    layers: int,
    micro_batches: int = 2,
    dispatch_bytes: float = 1.0,
    combine_bytes: float = 2.0,
) -> Experts:
    """Tokens travel to their experts and back, in every layer.

    tokens: of one chip in a step. hidden: model width. dispatch_bytes, combine_bytes: per value.
    micro_batches: those that overlap each other, so that a layer takes as many exchange times.
    Equation: S = tokens·experts·hidden·(dispatch + combine); per layer S/BW; per token layers ×
    micro-batches × that. Source: Zhao et al., arXiv 2505.09343 (DeepSeek-V3).

    >>> round(expert_parallel(32, 9, 7_000, 50.0, 61).ms_per_token, 2)
    14.76
    """
    moved = tokens * experts_per_token * hidden * (dispatch_bytes + combine_bytes)
    layer = _took(moved, gb_per_s, 0.0)
    token_us = layers * micro_batches * layer.time_us
    return Experts(moved, layer.time_us, token_us / KILO, MEGA / token_us)


def kv_transfer(prompt_tokens: float, kv_bytes_per_token: float, gb_per_s: float) -> Transfer:
    """A prompt's cache moves from prefill to decode.

    Equation: S = tokens · bytes per token; t = S/BW.

    >>> round(kv_transfer(8_192, 70e3, 50.0).time_us / 1e3, 1)
    11.5
    """
    return _took(prompt_tokens * kv_bytes_per_token, gb_per_s, 0.0)


def tensor_parallel(
    chips: int,
    tokens: float,
    hidden: float,
    gb_per_s: float,
    value_bytes: float = 2.0,
    alpha_us: float = 0.0,
    in_network: bool = False,
) -> Transfer:
    """The two all-reduces of one tensor-parallel layer.

    Equation: 2 × all-reduce of tokens·hidden·bytes. Source: Shoeybi et al., arXiv 1909.08053.

    >>> round(tensor_parallel(8, 64, 16_384, 450.0).time_us, 2)
    16.31
    """
    reduce = in_network_all_reduce if in_network else ring_all_reduce
    one = reduce(chips, tokens * hidden * value_bytes, gb_per_s, alpha_us)
    return Transfer(2 * one.bytes, 2 * one.time_us)


@dataclass(frozen=True)
class Stream:
    """One stream bound by memory: bytes read per token, time (µs) and speed."""

    bytes: float
    time_us: float
    tok_per_s_per_user: float


def single_stream(weight_gb: float, tb_per_s: float) -> Stream:
    """The bound of one stream, where every token reads all weights once.

    weight_gb: of the model (GB). tb_per_s: memory bandwidth of all chips together (TB/s).
    Equation: t = W/BW; the speed is its inverse.

    >>> round(single_stream(70, 8 * 4.8).tok_per_s_per_user)
    549
    """
    read = _took(weight_gb * GIGA, tb_per_s * KILO, 0.0)
    return Stream(read.bytes, read.time_us, MEGA / read.time_us)
