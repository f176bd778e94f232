"""The generality premium: what it is worth that some displaced systems have another use, such as training.

The same draws are hedged with the second life the beliefs state and without it. Where that life
keeps no less than speed does, it makes no world dearer, and the cuts found with it hold without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from planner.errors import Usage
from planner.risk.chunks import Means
from planner.risk.frontier import Frontier, Point
from planner.risk.functional import Functional
from planner.risk.lshaped import Search
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
    if _keeps_no_less(made):
        plain.cuts = found.cuts.copy()
    plain.begin = found.begin
    return Premium(with_life, plain.under(own), functional.omega)


def _keeps_no_less(made: Setting) -> bool:
    """Whether no system is worth less in its second life than its speed says."""
    worth, keep = made.twins.worth, made.twins.keep
    return all(worth[name][state] >= keep[name][state] for name in keep for state in keep[name])


def without_life(made: Setting) -> Setting:
    """The same draws where displaced systems keep of their worth what they keep of their speed."""
    displacement = made.beliefs.displacement
    assert displacement is not None
    plain = displacement.model_copy(update={"second_life": {}})
    beliefs = made.beliefs.model_copy(update={"displacement": plain})
    return replace(made, beliefs=beliefs, twins=replace(made.twins, worth=made.twins.keep))
