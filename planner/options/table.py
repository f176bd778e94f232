"""The joined table: everything that could be ordered, and everything that could not and why.

Money in USD, power in kW, time in periods; one ``Options`` value is all the program sees of
catalog and scenario.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.catalog.term import Agreed
from planner.options.agreement import Agreement
from planner.options.ground import Place
from planner.options.offered import Configuration, Offering
from planner.scenario.policy import Counterfactual, Policy
from planner.timeline import Timeline


@dataclass(frozen=True)
class Demand:
    """A workload's demand: mean output tok/s by period, and by period and load block.

    revenue_usd_per_mtok: by period, where the scenario says what customers pay; the program does
    not see it.
    """

    id: str
    mean_tok_per_s: tuple[float, ...]
    block_tok_per_s: tuple[tuple[float, ...], ...]
    deferrable: bool
    shed_usd_per_tok: float
    service_level: tuple[float, ...]
    single_offer: bool
    revenue_usd_per_mtok: tuple[float, ...] | None = None
    cappable: bool = False


@dataclass(frozen=True)
class Onboarding:
    """One model on one platform, onboarded before it serves there.

    systems, workloads: the platform's, and the model's. fee_usd: when the work begins;
    engineers_usd: over its ``periods``. volume: Gtok/h over which a relaxed plan spreads the cost.
    """

    id: str
    systems: frozenset[str]
    workloads: frozenset[str]
    fee_usd: float
    engineers_usd: float
    periods: int
    volume: float


@dataclass(frozen=True)
class Supply:
    """A pool's amounts by period, in the pool's own unit.

    slots: whether it is a vendor's slots, one to a system, and no input of the chip.
    """

    id: str
    unit: str
    amount: tuple[float, ...]
    carry_over: bool
    draw_at_order: bool
    spot_usd: tuple[float, ...] | None
    spot_limit: tuple[float, ...] | None
    slots: bool = False
    overrun_usd: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Exclusion:
    """A system, an offer or one wiring of it that is not in the program, and why."""

    id: str
    system: str
    why: str

    @property
    def offer(self) -> str:
        """Id of the offer it is one wiring of."""
        return self.id.partition("@")[0]


@dataclass(frozen=True)
class Options:
    """Everything the program, the accounts and the reports need of the world."""

    scenario: str
    timeline: Timeline
    blocks: dict[str, float]
    places: dict[str, Place]
    demands: dict[str, Demand]
    supplies: dict[str, Supply]
    configurations: dict[str, Configuration]
    offerings: dict[str, Offering]
    arcs: frozenset[tuple[str, str, str]]
    exclusions: tuple[Exclusion, ...]
    policy: Policy
    carbon_usd_per_g: tuple[float, ...] | None
    staff_usd_per_kw_year: float
    whole_units: bool
    counterfactuals: dict[str, Counterfactual]
    barred: frozenset[tuple[str, str, str]] = frozenset()
    """Arcs that only residency forbids; for saying what it costs, never for serving."""
    onboardings: tuple[Onboarding, ...] = ()
    caveats: tuple[str, ...] = ()
    agreements: dict[str, Agreement] = field(default_factory=dict)

    def hours(self, block: int) -> float:
        """Hours of one load block in one period."""
        return self.timeline.hours * tuple(self.blocks.values())[block]

    def wirings(self) -> dict[str, list[Offering]]:
        """Every offer with its wirings, which share its quantities; most have one."""
        found: dict[str, list[Offering]] = {}
        for offering in self.offerings.values():
            found.setdefault(offering.offer, []).append(offering)
        return found

    def available(self, configuration: str, site: str, period: int) -> float:
        """Share of a system's speed that is there: repairs and planned work taken off."""
        open_share = self.places[site].open_share(period)
        return self.configurations[configuration].availability * open_share

    def usable(self, configuration: str, site: str, period: int) -> float:
        """Share of a system's speed that a plan counts on: headroom taken off too."""
        return self.available(configuration, site, period) * (1 - self.policy.headroom)

    @property
    def contracts(self) -> list[str]:
        """Contracts that some offering is under, in order of id."""
        return sorted({offering.contract for offering in self.offerings.values()})

    def agreed(self, contract: str) -> Agreed:
        """The typed terms of a contract that some offering is under."""
        return next(o.terms for o in self.offerings.values() if o.contract == contract)

    def speed(self, configuration: str, workload: str, period: int) -> float:
        """r[c,w,t]: output tok/s of one whole system in a period; the only way to read a speed."""
        made = self.configurations[configuration]
        gained = made.software[period] if made.software else 1.0
        return made.rates[workload].tok_per_s * gained

    def of(self, offer: str) -> Configuration:
        """The configuration an offer delivers."""
        return self.configurations[self.offerings[offer].configuration]


__all__ = [
    "Configuration",
    "Demand",
    "Exclusion",
    "Offering",
    "Onboarding",
    "Options",
    "Supply",
]
