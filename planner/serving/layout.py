"""Layouts: how one copy of a model is spread over chips, of one scale-up domain or of several.

Tensor parallel splits every layer, pipeline parallel splits the stack of layers, expert parallel
gives each chip its own experts and its own sequences' attention (data parallel). Prompts ride in
the decode steps, take steps of their own between them, or go to further chips (disaggregated
serving).
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

TOGETHER, APART, IN_TURN = 0, 1, 2
"""Decode steps carry the prompts' tokens; further chips process them; a step of its own for each."""
_PREFILL = ("", ", prefill apart", ", prefill in turn")


@dataclass(frozen=True)
class Layouts:
    """Every layout as columns of one length, in chips unless said otherwise."""

    tensor: Array
    pipeline: Array
    expert: Array
    """Chips among which experts are spread; 1 where experts are split like every other layer."""
    prefill: Array
    """Where prompts are processed: TOGETHER, APART or IN_TURN."""

    @property
    def chips(self) -> Array:
        """Chips of one replica, without those that prefill apart adds."""
        return self.tensor * self.pipeline * self.expert

    def only(self, kept: NDArray[np.intp]) -> Layouts:
        """Some of the layouts."""
        return Layouts(
            self.tensor[kept], self.pipeline[kept], self.expert[kept], self.prefill[kept]
        )

    def name(self, index: int) -> str:
        """A layout in words.

        >>> every_layout().name(0)
        'TP1'
        """
        tensor, pipeline = int(self.tensor[index]), int(self.pipeline[index])
        text = f"TP{tensor}" if self.expert[index] == 1 else f"EP{int(self.expert[index])}"
        text += f" x PP{pipeline}" if pipeline > 1 else ""
        return text + _PREFILL[int(self.prefill[index])]


@cache
def every_layout() -> Layouts:
    """Tensor by pipeline sizes, then expert sizes, each with every way to prefill."""
    together = [(t, p, 1) for t in _TENSOR for p in _PIPELINE] + [(1, 1, e) for e in _EXPERT]
    ways = (TOGETHER, APART, IN_TURN)
    table = np.array([(*sizes, way) for way in ways for sizes in together], dtype=float)
    return Layouts(table[:, 0], table[:, 1], table[:, 2], table[:, 3])
