"""The generality premium: what it is worth that some displaced systems have another use, such as training.

The same draws are hedged with the second life the beliefs state and without it. A second life never
makes a world dearer, so the cuts found with it hold without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from planner.errors import Usage
from planner.risk.chunks import Means
from planner.risk.frontier import Frontier, Point
from planner.risk.functional import Functional
from planner.risk.lshaped import Search
from planner.risk.master import Cuts
from planner.risk.setting import Setting


@dataclass(frozen=True)
class Premium:
    """The hedge with the second life and without it.

    omega: weight of the tail in what is compared.
    """

    with_life: Point
    without: Point
    omega: float

    @property
    def usd(self) -> float:
        """How much dearer the hedge is without it, as weighed."""
        mean = self.without.cost_usd - self.with_life.cost_usd
        return (1 - self.omega) * mean + self.omega * (self.without.cvar_usd - self.with_life.cvar_usd)  # fmt: skip


def premium(
    made: Setting, functional: Functional, means: Means, say: Callable[[str], None]
) -> Premium:
    """Hedge both ways. Raises Usage (RSK022) where the beliefs state no second life."""
    displacement = made.beliefs.displacement
    if displacement is None or not displacement.second_life:
        raise Usage(f"RSK022: '{made.options.scenario}' gives no system a second life; say it under risk.beliefs.displacement.second_life")  # fmt: skip
    own = made.draws.probabilities
    found = Frontier(made, functional, Search(means=means), say=say)
    with_life = found.under(own)
    say("hedged with the second life")
    plain = Frontier(without_life(made), functional, Search(means=means), say=say)
    cuts = found.cuts
    plain.cuts = Cuts(list(cuts.world), list(cuts.level), list(cuts.slope))
    plain.begin = found.begin
    return Premium(with_life, plain.under(own), functional.omega)


def without_life(made: Setting) -> Setting:
    """The same draws where displaced systems keep of their worth what they keep of their speed."""
    displacement = made.beliefs.displacement
    assert displacement is not None
    plain = displacement.model_copy(update={"second_life": {}})
    beliefs = made.beliefs.model_copy(update={"displacement": plain})
    return replace(made, beliefs=beliefs, twins=replace(made.twins, worth=made.twins.keep))
