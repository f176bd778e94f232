"""The best operating point of many cases at once: layouts tried, the largest batch that may run.

Throughput grows with the batch, so the best point of a layout is the largest batch that memory
holds and the service level allows; the best layout has the most tokens per chip. Because every
limit only cuts the batch, more bandwidth, memory or FLOPS never makes a case slower, and a
stricter limit never makes it faster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.serving.exchange import links_of
from planner.serving.figures import Figures
from planner.serving.layout import APART, IN_TURN, Array, Layouts, every_layout
from planner.serving.step import (
    Coefficients,
    Drafts,
    decode_terms,
    handed_over_s,
    parts_s,
    prefill_terms,
    room,
    step_s,
)

_TRIALS = 16
_COARSE = 5
_TINY = 1e-300
_NEAREST = 1e-9
_CLOSE = 1e-9
_MOST_SEQUENCES_PER_CHIP = 4096.0
"""Sequences one chip's scheduler keeps in flight; beyond it throughput has long saturated."""


@dataclass(frozen=True)
class Limits:
    """Service levels of each case in seconds, columns of shape (cases, 1); infinity for none."""

    tpot_s: Array
    ttft_s: Array
    drafts: Drafts


@dataclass(frozen=True)
class Operating:
    """The best point of each case, one number each; ``chips`` zero where there is none."""

    per_chip: Array
    """Output tokens per second and chip, before headroom for chance."""
    per_user: Array
    ttft_s: Array
    batch: Array
    chips: Array
    """Chips of one replica, those for prefill apart included."""
    layout: NDArray[np.intp]
    bound: list[str]
    at_room: NDArray[np.bool_]
    fits: NDArray[np.bool_]
    """Whether any layout holds the weights and one sequence."""


def most_sequences(figures: Figures, layouts: Layouts, usable: float) -> Array:
    """Sequences a replica can have in flight: what memory holds, and what schedulers carry."""
    held = room(figures, layouts, usable)
    return np.asarray(np.minimum(held, layouts.chips * _MOST_SEQUENCES_PER_CHIP))


def operate(
    figures: Figures,
    c: Coefficients,
    limits: Limits,
    usable: float,
    across: NDArray[np.bool_] | None = None,
) -> Operating:
    """The point of most tokens per chip that every limit allows, for each case.

    across: cases in which only replicas that span domains count, (cases, 1).
    """
    layouts = every_layout()
    space = most_sequences(figures, layouts, usable)
    useful = np.flatnonzero((space >= 1).any(axis=0))
    useful = useful if len(useful) else np.arange(1)
    layouts, space = layouts.only(useful), space[:, useful]
    fits = space >= 1
    prefill_s = step_s(prefill_terms(figures, layouts), c)

    links = links_of(figures, layouts)

    def step_and_chips(batch: Array) -> tuple[Array, Array]:
        step = step_s(decode_terms(figures, layouts, batch, limits.drafts, links), c)
        return whole_replica(figures, layouts, batch * limits.drafts.kept, step, prefill_s)

    def strain(batch: Array) -> Array:
        """The tightest limit's figure over the limit, less 1; grows with the batch."""
        step, chips = step_and_chips(batch)
        per_token = step / limits.drafts.kept / limits.tpot_s
        moved = handed_over_s(figures, layouts, chips)
        first = (prefill_s + step + moved) / limits.ttft_s
        spread = np.where(layouts.prefill == APART, chips / figures.reach, 0.0)
        return np.asarray(np.maximum(np.maximum(per_token, first), spread) - 1)

    low = _largest(strain, np.where(fits, space, 1.0))
    possible = fits & (low > 0)
    low = np.where(possible, low, 1.0)
    step, chips = step_and_chips(low)
    if across is not None:
        possible = possible & (~across | (chips > figures.domain))
    rate = np.where(possible, low * limits.drafts.kept / step / chips, 0.0)
    best = rate.argmax(axis=1)
    rows = np.arange(len(best))

    def at(values: Array) -> Array:
        return np.asarray(np.broadcast_to(values, rate.shape)[rows, best])

    parts = parts_s(decode_terms(figures, layouts, low, limits.drafts), c)
    names = list(parts)
    largest = np.array([at(part) for part in parts.values()]).argmax(axis=0)
    return Operating(
        per_chip=at(rate),
        per_user=at(limits.drafts.kept / step),
        ttft_s=at(prefill_s + step + handed_over_s(figures, layouts, chips)),
        batch=at(low),
        chips=np.where(possible.any(axis=1), at(chips), 0.0),
        layout=useful[best],
        bound=[names[index] for index in largest],
        at_room=at(low) >= at(space),
        fits=np.asarray(fits.any(axis=1)),
    )


def merged(parts: Sequence[Operating], places: Sequence[Sequence[int]]) -> Operating:
    """Answers of several calls in the order of their questions; ``places`` of each call's in it."""
    order = np.argsort(np.concatenate([np.asarray(at) for at in places]))
    columns: dict[str, Any] = {
        field.name: np.concatenate([np.asarray(getattr(part, field.name)) for part in parts])[order]
        for field in fields(Operating)
    }
    return Operating(**{**columns, "bound": columns["bound"].tolist()})


def _largest(strain: Callable[[Array], Array], most: Array) -> Array:
    """The largest batch from 1 to ``most`` whose strain is not above zero; 0 where none is.

    Bisection of the logarithm, then false position with the Illinois halving; what it returns was
    seen to meet the limits.
    """
    low, high = np.ones_like(most), most
    at_low, at_high = strain(low), strain(high)
    possible = at_low <= 0
    free = possible & (at_high <= 0)
    low = np.where(free, high, low)
    before = np.zeros_like(possible)
    for trial in range(_TRIALS if not free[possible].all() else 0):
        share = np.clip(at_low / np.minimum(at_low - at_high, -_TINY), _NEAREST, 1 - _NEAREST)
        middle = np.sqrt(low * high) if trial < _COARSE else low + share * (high - low)
        middle = np.where(free, low, middle)
        now = strain(middle)
        good = now <= 0
        at_high = np.where(good, np.where(before, at_high / 2, at_high), now)
        at_low = np.where(good, now, np.where(before, at_low, at_low / 2))
        before = good
        low, high = np.where(good, middle, low), np.where(good, high, middle)
        if (free | ~possible | (high - low <= _CLOSE * low)).all():
            break
    return np.where(possible, low, 0.0)


def whole_replica(
    figures: Figures, layouts: Layouts, tokens: Array, step: Array, prefill_s: Array
) -> tuple[Array, Array]:
    """Mean step (s) and chips of a replica with its prompts, one for every ``osl`` tokens made.

    tokens: made in a step. Apart: n · (1 + prompts per step · prefill time / step) chips; in turn:
    prompts per step · prefill time on top of the step.
    """
    prompts_s = tokens / figures.osl * prefill_s
    apart = np.where(layouts.prefill == APART, prompts_s / step, 0.0)
    step = step + np.where(layouts.prefill == IN_TURN, prompts_s, 0.0)
    return step, layouts.chips * (1 + apart)
