"""Groups of a program's columns: everything of one vendor, one place on the spectrum, one fabric."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.options.table import Configuration
from planner.plan.hot import Hot
from planner.program.kind import kinds

_AS_SUPPLIED = "as supplied"
"""Fabric of a system whose wiring is a figure per system."""


@dataclass(frozen=True)
class Group:
    """Systems of one vendor, gradient or fabric. columns: all of theirs; closable: what is not standing yet."""

    dimension: str
    name: str
    columns: NDArray[np.bool_]
    closable: NDArray[np.bool_]

    @property
    def label(self) -> str:
        return f"{self.dimension} {self.name}"


def groups_of(hot: Hot) -> list[Group]:
    """Every vendor, gradient and fabric that could be ordered."""
    options, columns = hot.options, hot.program.space.columns
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    closable: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, column in enumerate(columns):
        subject = str(column.key[kinds()[column.kind].subject])
        offering = options.offerings.get(subject)
        configuration = options.configurations.get(offering.configuration if offering else subject)
        if configuration is None:
            continue
        for name in names_of(configuration):
            members[name].append(position)
            if offering is not None and offering.fixed is None:
                closable[name].append(position)
    return [
        Group(*name, _marked(hot, members[name]), _marked(hot, closable[name]))
        for name in sorted(closable, key=lambda name: (name[0] != "vendor", name[0] != "gradient", name[1]))
    ]  # fmt: skip


def names_of(configuration: Configuration) -> list[tuple[str, str]]:
    """The groups a configuration belongs to."""
    gradient = "unplaced" if configuration.gradient is None else str(configuration.gradient)
    fabric = configuration.fabric or _AS_SUPPLIED
    return [("vendor", configuration.vendor), ("gradient", gradient), ("fabric", fabric)]


def _marked(hot: Hot, positions: list[int]) -> NDArray[np.bool_]:
    mask = np.zeros(hot.arrays.columns, dtype=np.bool_)
    mask[positions] = True
    return mask
