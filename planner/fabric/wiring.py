"""What wiring one system into its scale-out network costs, until topologies are chosen by the plan.

The catalog's own network capital per system where it is public, else the stated share of the
system's price.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.catalog.fact import EvidenceTier
from planner.catalog.market import Practice
from planner.catalog.system import System
from planner.errors import MissingFigure


@dataclass(frozen=True)
class Wiring:
    """Network capital of one system (USD) and who says so."""

    id: str
    capex_usd: float
    tier: EvidenceTier


def wiring(system: System, price_usd: float, practice: Practice, as_of: date) -> Wiring:
    """The per-system fabric adder.

    price_usd: price of the system, base of the stated share where no figure is public.
    """
    fact = system.fabric_price.at(as_of) if system.fabric_price else None
    if fact is not None:
        return Wiring("catalog", fact.number, fact.tier)
    share = practice.fabric_share.at(as_of)
    if share is None:
        raise MissingFigure("practice", "fabric_share", as_of)
    return Wiring("share-of-price", share.number * price_usd, "assumed")
