"""Layouts: how one copy of a model is spread over the chips of a scale-up domain.

Tensor parallel splits every layer, pipeline parallel splits the stack of layers, expert parallel
gives each chip its own experts and its own sequences' attention (data parallel), and a split
layout leaves prefill to further chips of the same domain (disaggregated serving).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_TENSOR = (1, 2, 4, 8, 16)
_PIPELINE = (1, 2, 4, 8)
_EXPERT = (2, 4, 8, 16, 32, 64, 72, 128, 144, 256)
"""Sizes tried; larger ones bring nothing that these do not."""


@dataclass(frozen=True)
class Layouts:
    """Every layout as columns of one length, in chips unless said otherwise."""

    tensor: Array
    pipeline: Array
    expert: Array
    """Chips among which experts are spread; 1 where experts are split like every other layer."""
    split: Array
    """1 where prefill runs on further chips, 0 where decode steps carry it."""

    @property
    def chips(self) -> Array:
        """Chips of one replica, without those that a split layout adds for prefill."""
        return self.tensor * self.pipeline * self.expert

    def only(self, kept: NDArray[np.intp]) -> Layouts:
        """Some of the layouts."""
        return Layouts(self.tensor[kept], self.pipeline[kept], self.expert[kept], self.split[kept])

    def name(self, index: int) -> str:
        """A layout in words.

        >>> every_layout().name(0)
        'TP1'
        """
        tensor, pipeline = int(self.tensor[index]), int(self.pipeline[index])
        text = f"TP{tensor}" if self.expert[index] == 1 else f"EP{int(self.expert[index])}"
        text += f" x PP{pipeline}" if pipeline > 1 else ""
        return text + (", prefill apart" if self.split[index] else "")


@cache
def every_layout() -> Layouts:
    """Tensor by pipeline sizes, then expert sizes, each with prefill together and apart."""
    together = [(t, p, 1) for t in _TENSOR for p in _PIPELINE] + [(1, 1, e) for e in _EXPERT]
    table = np.array([(*sizes, apart) for apart in (0, 1) for sizes in together], dtype=float)
    return Layouts(table[:, 0], table[:, 1], table[:, 2], table[:, 3])
