"""A menu of flexibility: what each way to answer later takes off the tail, and what it costs on average.

Each instrument is closed in turn and the hedge decided again on the same draws. A cut of the whole
menu still holds where something is closed, because closing never makes a world cheaper, so every
search begins with those of the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.options.table import Offering, Options
from planner.options.units import MUSD
from planner.program.space import Column
from planner.risk.chunks import Means
from planner.risk.extensive import Decision
from planner.risk.frontier import Frontier
from planner.risk.functional import Functional, cvar
from planner.risk.lshaped import Search
from planner.risk.setting import Setting
from planner.solver.arrays import Floats

_GENERAL = 1
"""Gradient of chips that serve whatever comes."""
Closes = Callable[[Options, Column], bool]


def _offering(options: Options, column: Column) -> Offering | None:
    found = options.offerings.get(str(column.key[0]))
    return found if found is not None and found.fixed is None else None


def _on_demand(options: Options, column: Column) -> bool:
    return column.kind == "rent"


def _flexible_chips(options: Options, column: Column) -> bool:
    offering = _offering(options, column)
    bought = column.kind == "deliver" and offering is not None and offering.ownership == "own"
    return bought and options.of(str(column.key[0])).gradient == _GENERAL


def _cancellable(options: Options, column: Column) -> bool:
    offering = _offering(options, column)
    return column.kind == "deliver" and offering is not None and offering.ownership != "own" and offering.exit_fee is not None  # fmt: skip


def _right(kind: str) -> Closes:
    def closes(options: Options, column: Column) -> bool:
        offering = _offering(options, column)
        return column.kind == "deliver" and offering is not None and offering.right is not None and offering.right.kind == kind  # fmt: skip

    return closes


def _layers(options: Options, column: Column) -> bool:
    return column.kind in ("untaken", "leave") and column.key[-1] == "flexible"


INSTRUMENTS: dict[str, Closes] = {
    "flexible chips": _flexible_chips,
    "on-demand headroom": _on_demand,
    "cancellable reservations": _cancellable,
    "lead-time options": _right("fast"),
    "options to expand": _right("expand"),
    "quantity layers": _layers,
}
"""What each way to answer later is made of: the columns that are closed without it."""


@dataclass(frozen=True)
class Item:
    """One instrument.

    cvar_removed_usd: how much dearer the tail is without it. premium_usd: how much cheaper the mean
    is without it; negative where it pays for itself. per_usd: the ratio; None where it costs nothing.
    """

    instrument: str
    cvar_removed_usd: float
    premium_usd: float

    @property
    def per_usd(self) -> float | None:
        """USD of CVaR removed per USD of premium."""
        return self.cvar_removed_usd / self.premium_usd if self.premium_usd > 0 else None


def menu(
    made: Setting, functional: Functional, means: Means, say: Callable[[str], None]
) -> list[Item]:
    """Every instrument the scenario has, the best for its premium first; what is free before all."""
    whole = Frontier(made, functional, Search(means=means), say=say)
    own = made.draws.probabilities
    base = _told(whole.decide(own), own, functional)
    items = []
    for name, at in _closed(made):
        mean, tail = _told(_without(whole, at).decide(own), own, functional)
        items.append(Item(name, (tail - base[1]) * MUSD, (base[0] - mean) * MUSD))
        say(f"without {name}: mean {mean:,.3f} MUSD, tail {tail:,.3f} MUSD")
    return sorted(items, key=_rank)


def _rank(item: Item) -> tuple[bool, float]:
    ratio = item.per_usd
    return (ratio is not None, -(item.cvar_removed_usd if ratio is None else ratio))


def _closed(made: Setting) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Instruments that the scenario has, with their columns (columns,)."""
    columns = made.base.program.space.columns
    for name, closes in INSTRUMENTS.items():
        at = np.array([closes(made.options, column) for column in columns])
        if at.any() and (made.base.arrays.upper[at] > 0).any():
            yield name, at


def _without(whole: Frontier, at: NDArray[np.bool_]) -> Frontier:
    """The same draws with some columns at their least."""
    other = copy(whole)
    base = whole.problem.base
    base = replace(base, upper=np.where(at, np.maximum(base.lower, 0.0), base.upper))
    other.worlds = replace(whole.worlds, base=base)
    other.problem = replace(whole.problem, base=base, worlds=other.worlds)
    cuts = whole.cuts
    other.cuts = cuts.copy()
    other.known = {}
    return other


def _told(decision: Decision, weights: Floats, functional: Functional) -> tuple[float, float]:
    """(mean, CVaR) of a decision (MUSD)."""
    return float(weights @ decision.costs), cvar(decision.costs, weights, functional.alpha)
