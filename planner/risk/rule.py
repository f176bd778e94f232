"""What a rule of the switchboard is, and how far from today rules are looked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from planner.errors import CheckFailed
from planner.risk.frontier import Frontier
from planner.solver.arrays import Floats

MATERIAL = 0.001
"""Share of the expected cost from which staying with today's orders is too dear."""
FARTHEST = 0.5
"""As far as quotes are tried, either way, as a share of the quote."""
LARGEST_HAZARD = 0.5
"""Per year, to which the belief in displacement is tried."""
SLIPS = (1, 2, 4)
"""Periods by which supply pools are tried to slip."""
STEPS = 6
"""Halvings of a bisection: a 64th of what is tried."""


class Unproven(CheckFailed):
    """A rule that running it does not bear out."""

    code = "RSK021"


@dataclass(frozen=True)
class Rule:
    """If ``trigger`` passes ``threshold``, order otherwise.

    before, beyond: what staying with today's orders costs over the best on either side of the
    threshold (USD), both from re-solves. otherwise: changes of orders, systems from and to.
    if_wrong_usd: what they cost over today's where the trigger proves false. last_day: to switch.
    """

    trigger: str
    unit: str
    today: float
    holds_to: float
    threshold: float
    before_usd: float
    beyond_usd: float
    otherwise: list[dict[str, Any]]
    if_wrong_usd: float
    last_day: str


@dataclass(frozen=True)
class Case:
    """The hedge with something moved: where it is decided, under which probabilities."""

    frontier: Frontier
    probabilities: Floats


Move = Callable[[float], Case]
"""How far something has moved, from 0 (today) to 1 (as far as is tried), to the case there."""
