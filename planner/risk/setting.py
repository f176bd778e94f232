"""Everything a risk run stands on: the compiled program with its twins, and the draws."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.options.join import join
from planner.options.table import Options
from planner.plan.solved import Solved, solve
from planner.program.kind import kinds
from planner.program.space import Space
from planner.risk.compiled import Compiled, compiled
from planner.risk.drawn import Drawn, drawn
from planner.risk.draws import Draws, draw
from planner.risk.drivers import drivers, within_horizon
from planner.risk.due import DECIDED
from planner.risk.paths import Paths
from planner.risk.twins import RESPUN, Twinned, beliefs_of, twinned
from planner.scenario.beliefs import Beliefs
from planner.scenario.load import Loaded
from planner.solver.arrays import Floats


@dataclass(frozen=True)
class Setting:
    """A scenario's program under its beliefs, before anybody decides."""

    loaded: Loaded
    beliefs: Beliefs
    twins: Twinned
    base: Compiled
    draws: Draws

    @property
    def options(self) -> Options:
        """The options with their twins."""
        return self.base.options

    @property
    def paths(self) -> Paths:
        return Paths(self.options, self.beliefs, self.draws)

    @property
    def window_years(self) -> float:
        assert self.loaded.scenario.risk is not None
        return self.loaded.scenario.risk.window

    def worlds(self, first: NDArray[np.bool_]) -> Drawn:
        """The draws as worlds, for one choice of what is decided now."""
        return drawn(self.base, self.twins, self.paths, first)


def setting(loaded: Loaded, count: int, seed: int, paired: bool = False) -> Setting:
    """State the program once and draw.

    count: a power of two. paired: draws that differ in the date of displacement alone (``draw``),
    for answers about the hazard.

    Raises InvalidData and Usage with the RSK codes of ``twinned`` and ``draw``.
    """
    beliefs = beliefs_of(loaded)
    twins, base = stated(loaded)
    nothing = Draws(seed, (), np.zeros((0, 0)), np.zeros(0))
    return redrawn(Setting(loaded, beliefs, twins, base, nothing), count, seed, paired=paired)


def stated(loaded: Loaded) -> tuple[Twinned, Compiled]:
    """The program of a scenario with its twins, respun silicon closed, as every draw begins from it."""
    twins = twinned(loaded, join(loaded))
    return twins, closed(compiled(twins.options))


def redrawn(
    made: Setting, count: int, seed: int, off: float = 1.0, paired: bool = False
) -> Setting:
    """The same program before other draws.

    off: by how much every uncertain figure is farther from the plan than believed (``off_by``).
    """
    beliefs, options = made.beliefs, made.twins.options
    named = [each.off_by(off) for each in drivers(beliefs, options, made.twins.etched_models)]
    rare = within_horizon(beliefs, options, off)
    return replace(made, draws=draw(named, beliefs.correlations, count, seed, rare, paired))


def closed(base: Compiled) -> Compiled:
    """Respun silicon cannot be had until a draw opens it."""
    upper = base.arrays.upper.copy()
    for j, column in enumerate(base.program.space.columns):
        if column.kind in ("deliver", "rent") and column.key[0].endswith(f"@{RESPUN}"):
            upper[j] = 0.0
    return replace(base, arrays=replace(base.arrays, upper=upper))


def planned(loaded: Loaded) -> Solved:
    """The scenario's own plan, as ``planner run`` makes it."""
    return solve(join(loaded))


def acquired(space: Space) -> NDArray[np.bool_]:
    """(columns,) what is bought, kept, sold or signed: every kind with a cohort, and all decided ahead."""
    cards = kinds()
    return np.array([cards[c.kind].cohort is not None or c.kind in DECIDED for c in space.columns])


def orders_of(plan: Solved, space: Space, first: NDArray[np.bool_]) -> Floats:
    """(first columns,) a plan's values in a program with more columns; what the plan lacks is 0."""
    return carried(plan.program.space, plan.x, space, first)


def carried(of: Space, x: Floats, space: Space, first: NDArray[np.bool_]) -> Floats:
    """(first columns,) values (columns of ``of``,) in another program, by what each column means."""
    value = {
        (column.kind, *column.key): float(each) for column, each in zip(of.columns, x, strict=True)
    }
    return np.array(
        [
            value.get((space.columns[j].kind, *space.columns[j].key), 0.0)
            for j in np.flatnonzero(first)
        ]
    )
