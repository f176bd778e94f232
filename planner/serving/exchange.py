"""Communication of one step: what chips of a replica send one another, within and between domains.

Every chip has a fast link into its scale-up domain and, where domains are joined, a slow one out of
it. What can stay inside stays inside: reductions run inside each domain first, experts of the own
domain are reached over the fast link. Nothing here moves at scale-out speed unless the replica
spans domains.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.serving.figures import Figures
from planner.serving.layout import Array, Layouts

_ALL_REDUCES_PER_LAYER = 2
_PASSES = 2
"""A ring all-reduce is a reduce-scatter and then an all-gather."""
_ACTIVATION_BYTES = 2
_DISPATCH_BYTES = 1
_COMBINE_BYTES = 2
_EXCHANGES_PER_LAYER = 2.0


@dataclass(frozen=True)
class Links:
    """Communication of layouts, (cases, layouts): made once, for the batch only scales it."""

    per_token_s: Array
    """Time on a chip's links for each token of a step."""
    fixed_s: Array
    """What waits between domains whatever the batch."""
    collectives: Array
    """Collectives and hand-overs that follow one another inside a domain."""

    def wire_s(self, tokens: Array) -> Array:
        """Time on the links in a step of so many tokens."""
        return np.asarray(tokens * self.per_token_s + self.fixed_s)


def links_of(figures: Figures, layouts: Layouts) -> Links:
    """Time on the links of one chip in a step (s): (U / fast + O / slow) · tokens · hidden + crossings · α.

    U and O are bytes per token and unit of width. With i of n chips in a domain:
    all-reduce, two a layer: U = 2(i − 1)/i, O = 2(n/i − 1)/(n/i)/i, times two bytes a value;
    experts: U = (i − 1)/n, O = (n − i)/n of the routed copies, a chip sending its n-th part of all
    tokens, one byte out and two back; pipeline: two bytes a value at the slowest boundary. Each step
    of a collective between domains waits α. Source: Patarasuk and Yuan, JPDC 2009 (ring).
    """
    inside, across = _reduced(figures, layouts)
    near, far = _routed(figures, layouts)
    boundary, crossed = _boundary(figures, layouts)
    crossings = (_steps_between(figures, layouts) + crossed) * figures.alpha_s
    fast = (inside + near + np.where(crossed > 0, 0.0, boundary)) / figures.link
    slow = (across + far + np.where(crossed > 0, boundary, 0.0)) / _joined(figures)
    collectives = _collectives(figures, layouts)
    return Links(np.asarray(figures.hidden * (fast + slow)), np.asarray(crossings), collectives)


def _collectives(figures: Figures, layouts: Layouts) -> Array:
    tensor, experts = layouts.tensor[None, :], layouts.expert[None, :]
    stages = layouts.pipeline[None, :]
    reduces = np.where(tensor > 1, _ALL_REDUCES_PER_LAYER * figures.layers, 0.0)
    swaps = np.where(experts > 1, _EXCHANGES_PER_LAYER * figures.moe_layers, 0.0)
    return np.asarray(reduces + swaps + np.where(stages > 1, stages, 0.0))


def _steps_between(figures: Figures, layouts: Layouts) -> Array:
    """Steps of a layer's collectives between m domains, all layers: 2(m − 1) of an all-reduce, m − 1 of an exchange."""
    domains = np.ceil(layouts.chips[None, :] / figures.domain)
    shared = np.ceil(layouts.tensor[None, :] / figures.domain)
    reduces = _PASSES * (shared - 1) * _ALL_REDUCES_PER_LAYER * figures.layers
    moe = np.where(layouts.expert[None, :] > 1, _EXCHANGES_PER_LAYER * figures.moe_layers, 0.0)
    return np.asarray(reduces + (domains - 1) * moe)


def _joined(figures: Figures) -> Array:
    """Link between domains; where there is none no layout spans, and nothing is divided by it."""
    return np.where(figures.out > 0, figures.out, np.inf)


def _reduced(figures: Figures, layouts: Layouts) -> tuple[Array, Array]:
    """Bytes of a step's all-reduces per token and unit of width, inside and across domains.

    Inside, chips scatter and gather the whole; across, each reduces only its share of it.
    """
    tensor = layouts.tensor[None, :]
    inside = np.minimum(tensor, figures.domain)
    across = tensor / inside
    scale = _PASSES * _ALL_REDUCES_PER_LAYER * _ACTIVATION_BYTES * figures.layers
    scale = scale / layouts.pipeline[None, :]
    return (inside - 1) / inside * scale, (across - 1) / across / inside * scale


def _routed(figures: Figures, layouts: Layouts) -> tuple[Array, Array]:
    """Bytes of a step's expert exchanges per token and unit of width, inside and across domains."""
    experts = layouts.expert[None, :]
    inside = np.minimum(experts, figures.domain)
    scale = np.where(experts > 1, figures.routed, 0.0) * (_DISPATCH_BYTES + _COMBINE_BYTES)
    scale = scale / experts
    return (inside - 1) / experts * scale, (experts - inside) / experts * scale


def _boundary(figures: Figures, layouts: Layouts) -> tuple[Array, Array]:
    """Bytes of a pipeline's hand-over per token and unit of width; boundaries between domains."""
    stages = layouts.pipeline[None, :]
    size = np.where(stages > 1, float(_ACTIVATION_BYTES), 0.0)
    domains = np.ceil(layouts.chips[None, :] / figures.domain)
    return size + 0.0 * domains, np.where(stages > 1, domains - 1, 0.0)
