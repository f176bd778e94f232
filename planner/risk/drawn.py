"""Draws as worlds: which limits, costs and coefficients of the compiled program each draw moves.

Worlds are made one at a time when they are asked for; what finds their places in the arrays is
worked out once. A world made here equals the one found by stating the changed scenario afresh.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from planner.risk.compiled import Compiled
from planner.risk.exposure import Exposure, exposure
from planner.risk.paths import Paths, States
from planner.risk.places import Moved, moved
from planner.risk.reduced import Layout, Places
from planner.risk.stage import Bounds, Costs, World, rows_of
from planner.risk.twins import FREE, HYBRID, SUCCESSOR, Twinned, states_of
from planner.solver.arrays import Arrays, Floats

Change = tuple[Places, Places, Floats]
"""Entries of the matrix by row and column, and what is added to each; all (k,)."""
_NOTHING: Change = (np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))


@dataclass(frozen=True)
class Drawn:
    """A sequence of worlds, one per draw.

    frozen: (m,) rows that speak of what is decided now alone; no draw moves them.
    """

    base: Arrays
    twinned: Twinned
    paths: Paths
    exposure: Exposure
    places: Moved
    first: NDArray[np.bool_]
    frozen: NDArray[np.bool_]

    @cached_property
    def layout(self) -> Layout:
        """Where the entries of the base stand."""
        return Layout(self.base)

    @property
    def probabilities(self) -> Floats:
        """(draws,) how likely each is."""
        return self.paths.draws.probabilities

    def __len__(self) -> int:
        return len(self.paths.draws)

    def __iter__(self) -> Iterator[World]:
        return (self[number] for number in range(len(self)))

    @overload
    def __getitem__(self, at: int) -> World: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[World]: ...
    def __getitem__(self, at: int | slice) -> World | Sequence[World]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        lost = self._lost(at)
        return World(
            name=f"draw {at}",
            probability=float(self.probabilities[at]),
            rows=self._rows(at, bool(len(lost))),
            columns=self._columns(at, lost),
            cost=self._cost(at, lost),
            technology=self._technology(at, lost),
        )

    def states(self, draw: int) -> dict[str, States]:
        """Each workload's shares by state."""
        return {
            name: self.paths.states(draw, name, model)
            for name, model in self.twinned.models.items()
        }

    def _rows(self, draw: int, failed: bool) -> Bounds:
        """Demand moves between twins and grows; pools give more or less; minima die with a vendor."""
        lower, upper = self.base.row_lower, self.base.row_upper
        places = self.places
        share = np.array([self._shares(states, name) for name, states in self.states(draw).items()])
        asked = (
            places.demand_asked
            * self.paths.demand(draw)[places.demand_period]
            * share[places.demand_workload, places.demand_state, places.demand_period]
        )
        given = self.paths.memory(draw)
        at, low, high = [places.demand_row], [asked], [asked]
        for rows, arrives, carried in places.pools:
            amount = arrives * given[: len(arrives)]
            limit = np.cumsum(amount) if carried else amount
            at.append(rows)
            low.append(lower[rows])
            high.append(limit)
        if failed:
            rows = places.minima
            at.append(rows)
            low.append(np.full(len(rows), -np.inf))
            high.append(upper[rows])
        where = np.concatenate(at).astype(np.int32)
        free = ~self.frozen[where]
        return Bounds(where[free], np.concatenate(low)[free], np.concatenate(high)[free])

    def _shares(self, states: States, workload: str) -> Floats:
        """(4, periods): attention, hybrid, attention-free, successor; what has no twin stays."""
        has = states_of(self.twinned, self.paths.beliefs, workload)
        moved_on = states.attention * states.superseded if SUCCESSOR in has else 0 * states.hybrid
        free = states.attention_free if FREE in has else 0 * states.hybrid
        hybrid = states.hybrid if HYBRID in has else 0 * states.hybrid
        return np.array([1 - hybrid - free - moved_on, hybrid, free, moved_on])

    def _lost(self, draw: int) -> NDArray[np.int32]:
        """Columns of deliveries that never come, because the vendor is gone."""
        places = self.places
        gone = np.array([self.paths.fails_from(draw, vendor) for vendor in places.vendors])
        if not len(gone):
            return np.zeros(0, dtype=np.int32)
        lost = places.bought_cohort >= gone[places.bought_vendor]
        return places.bought[lost & (places.bought_vendor >= 0)]

    def _columns(self, draw: int, lost: NDArray[np.int32]) -> Bounds | None:
        """Nothing decided later comes from a vendor that is gone; respun silicon opens."""
        closed = lost[~self.first[lost]]
        opened = self._opened(draw)
        opened = opened[~np.isin(opened, lost)]
        at = np.concatenate([closed, opened]).astype(np.int32)
        if not len(at):
            return None
        upper = np.concatenate([np.zeros(len(closed)), np.full(len(opened), np.inf)])
        return Bounds(at, np.zeros(len(at)), upper)

    def _opened(self, draw: int) -> NDArray[np.int32]:
        belief = self.paths.beliefs.supersession
        if belief is None or belief.respin is None or not len(self.places.respun):
            return np.zeros(0, dtype=np.int32)
        from planner.quantities import WEEKS_PER_YEAR

        began = np.array([self.paths.draws.get(draw, f"supersession.{m}", np.inf) for m in self.places.respun_model])  # fmt: skip
        ready = began + belief.respin / WEEKS_PER_YEAR
        begins = self.paths.middle - self.paths.options.timeline.years / 2
        return self.places.respun[begins[self.places.respun_period] >= ready]

    def _cost(self, draw: int, lost: NDArray[np.int32]) -> Costs | None:
        """Prices of the draw, what displaced systems keep of their worth, and no bill for the lost."""
        cost = self.base.cost.copy()
        period = np.maximum(self.exposure.period, 0)
        for name, part in self.exposure.parts.items():
            factor = self.paths.price(draw, name)[period]
            cost += (factor - 1) * part
            if name == "hardware_price":
                kept = self._kept(draw)
                cost += (kept - 1) * factor * self.exposure.left
        cost[lost] = 0.0
        at = np.flatnonzero(cost != self.base.cost).astype(np.int32)
        return Costs(at, cost[at]) if len(at) else None

    def _kept(self, draw: int) -> Floats:
        """(columns,) share of its worth that what is left of a system keeps, when it is valued."""
        kept = np.ones(self.base.columns)
        places = self.places
        if not len(places.valued):
            return kept
        hybrid, free = self.worth_lost(draw)
        loss = hybrid[places.valued_at] * (1 - places.valued_keep[:, 0]) + free[
            places.valued_at
        ] * (1 - places.valued_keep[:, 1])
        kept[places.valued] = 1 - loss
        for model in {name for name in places.valued_model if name}:
            etched = np.array([name == model for name in places.valued_model])
            moved_on = self.paths.states(draw, "", model).superseded
            kept[places.valued[etched]] *= 1 - moved_on[places.valued_at[etched]]
        return kept

    def worth_lost(self, draw: int) -> tuple[Floats, Floats]:
        """(periods,) shares of demand on hybrids and on attention-free models, at the general pace."""
        states = self.paths.states(draw, "", "")
        return states.hybrid, states.attention_free

    def _technology(
        self, draw: int, lost: NDArray[np.int32]
    ) -> sparse.csr_matrix[np.float64] | None:
        """Late systems are not there yet, slow ones serve less, and lost orders do nothing at all."""
        moved_now = lost[self.first[lost]]
        gone = np.zeros(self.base.columns, dtype=np.bool_)
        gone[moved_now] = True
        changes = [_but(gone, *change) for change in (self._waiting(draw), self._slowed(draw))]
        if len(moved_now):
            row, column = self.layout.row, self.layout.column
            at = np.flatnonzero(gone[column] & ~self.frozen[row])
            changes.append((row[at], column[at], -self.base.value[at]))
        rows, columns, change = (np.concatenate(part) for part in zip(*changes, strict=True))
        if not len(rows):
            return None
        return sparse.csr_matrix((change, (rows, columns)), (self.base.rows, self.base.columns))

    def _waiting(self, draw: int) -> Change:
        places = self.places
        late = np.array([self.paths.late(draw, supplier) for supplier in places.suppliers])
        if not len(late) or not late.any():
            return _NOTHING
        at = places.held_age < late[places.held_supplier]
        return places.held_row[at], places.held_column[at], -places.held_value[at]

    def _slowed(self, draw: int) -> Change:
        places = self.places
        speed = np.array([self.paths.speed(draw, c, s) for c, s in places.spreads])
        if not len(speed) or (speed == 1).all():
            return _NOTHING
        change = places.running_value * (speed[places.running_configuration] - 1)
        return places.running_row, places.running_column, change


def _but(gone: NDArray[np.bool_], row: Places, column: Places, change: Floats) -> Change:
    """A change of coefficients without those of some columns."""
    stays = ~gone[column]
    return row[stays], column[stays], change[stays]


def drawn(base: Compiled, twins: Twinned, paths: Paths, first: NDArray[np.bool_]) -> Drawn:
    """The worlds of a set of draws, for one choice of what is decided now."""
    found = exposure(base.program.space, base.arrays.cost)
    return Drawn(
        base=base.arrays,
        twinned=twins,
        paths=paths,
        exposure=found,
        places=moved(base, twins, paths.beliefs),
        first=first,
        frozen=rows_of(base.arrays, first),
    )
