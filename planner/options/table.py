"""The joined table: everything that could be ordered, and everything that could not and why.

Money in USD, power in kW, time in periods; one ``Options`` value is all the program sees of
catalog and scenario.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.catalog.fact import EvidenceTier
from planner.catalog.term import Agreed, Ownership
from planner.catalog.terms.cancel_window import MayCancel
from planner.catalog.terms.give_back import MayReturn
from planner.catalog.terms.swap import MaySwap
from planner.fabric.wire import Wired
from planner.options.agreement import Agreement
from planner.options.commitment import Commitment
from planner.options.ground import Place
from planner.options.respin import Masks
from planner.options.right import Right
from planner.scenario.policy import Counterfactual, Policy
from planner.serving.rate import Rate
from planner.timeline import Timeline


@dataclass(frozen=True)
class Configuration:
    """A system wired by a fabric: what serves.

    provisioned_kw, serving_kw, idle_kw: IT power of one system and its share of the fabric.
    positions: rack positions. rates: workload id -> rate; refusals: workload id -> reason.
    software: factor on every rate in each period; empty where it stays 1.
    etched_for: the model its silicon is made for; empty for all that is not etched to order.
    wired: its part in a fabric; None where network capital is a figure per system.
    weight_kg: None where not disclosed.
    stacked_memory: whether its chips carry HBM of any kind.
    metered: somebody else's service, bought by the token; it has no systems, and 1 Gtok/h of it
    stands for one.
    """

    id: str
    system: str
    chip: str
    vendor: str
    gradient: int | None
    family: str
    chips: float
    provisioned_kw: float
    serving_kw: float
    idle_kw: float
    positions: float
    liquid: bool
    availability: float
    rates: dict[str, Rate]
    refusals: dict[str, str]
    weight_kg: float | None = None
    stacked_memory: bool = False
    wired: Wired | None = None
    metered: bool = False
    software: tuple[float, ...] = ()
    etched_for: str = ""

    @property
    def fabric(self) -> str:
        """Id of the fabric that wires it; empty where none is named."""
        return self.wired.fabric if self.wired else ""

    @property
    def fabric_kw(self) -> float:
        """Its share of the network's draw, always on (kW)."""
        return self.wired.kw if self.wired else 0.0

    @property
    def system_kw(self) -> float:
        """Power set aside for the system itself, which its own rack must feed (kW)."""
        return self.provisioned_kw - self.fabric_kw


@dataclass(frozen=True)
class Offering:
    """An offer as the program sees it.

    price_usd: per system at delivery in each period (own), or per system-hour (reserve, rent).
    first, last: first and last delivery period; before ``first`` the lead time forbids it.
    held: periods a delivered system stays, its life or term.
    draws: pool id -> units drawn by one system. order_periods: for each delivery period the one that
    contains its order-by date; orders of before the horizon count in its first period.
    resale: share of the price at each age in periods, empty where it cannot be sold.
    fixed: systems installed or signed for, delivered in ``first``; age is their age in periods then.
    terms: the contract's typed terms as plain numbers, looked up by their type.
    link_spares_usd_per_year: failed link parts of one system's share of its fabric.
    masks: of silicon etched anew for a model; None for all else.
    commitment: state and remaining payments of a contract already on paper; what was paid is sunk.
    right: of another contract, which this offering amounts to. slip_periods: how much later than
    promised its systems come; prices, orders and limits are already those of the promise.
    """

    id: str
    configuration: str
    contract: str
    ownership: Ownership
    supplier: str
    sites: tuple[str, ...]
    price_usd: tuple[float, ...]
    fabric_usd: tuple[float, ...]
    lead_weeks: float
    first: int
    last: int
    held: int
    life_years: float
    draws: dict[str, float]
    order_periods: tuple[int, ...]
    resale: tuple[float, ...]
    exit_fee: float | None
    maintenance_per_year: float
    failures_per_year: float
    max_per_period: tuple[float, ...] | None
    max_total: float | None
    min_total: float | None
    tier: EvidenceTier
    why_first: str
    fixed: float | None = None
    age: int = 0
    terms: Agreed = field(default_factory=Agreed)
    commitment: Commitment | None = None
    right: Right | None = None
    slip_periods: int = 0
    link_spares_usd_per_year: float = 0.0
    masks: Masks | None = None

    @property
    def offer(self) -> str:
        """Id of the offer it is one wiring of: what stands before the ``@`` of ``offer@fabric``."""
        return self.id.partition("@")[0]

    @property
    def delivered(self) -> bool:
        """Whether systems of it are delivered and held, not used by the hour or the token."""
        return self.ownership not in ("rent", "meter")

    @property
    def ends_early(self) -> bool:
        """Whether the contract lets a system be sold or given back before its time."""
        leaves = any(self.terms.get(kind) is not None for kind in (MayReturn, MaySwap))
        return bool(self.resale) or self.exit_fee is not None or leaves

    @property
    def paid_by_plan(self) -> bool:
        """Whether it is a purchase whose price the plan pays: neither standing nor signed already."""
        return self.ownership == "own" and self.fixed is None and self.commitment is None

    @property
    def installed(self) -> bool:
        """Whether it is hardware that already stands: sunk, and drawing on no pool any more."""
        return self.fixed is not None and self.commitment is None

    @property
    def deliveries(self) -> range:
        """Delivery periods that have a column: the one of what stands or is signed, else all up to the last."""
        return range(self.first if self.fixed is not None else 0, self.last + 1)

    def may_cancel(self, age: int) -> bool:
        """Whether a term may be ended ``age`` periods after its delivery, against its fee."""
        window = self.terms.get(MayCancel)
        in_time = window is None or window.opens <= age <= window.closes
        return self.exit_fee is not None and age > 0 and in_time

    def may_leave(self, age: int) -> bool:
        """Whether a system may be sold, or its term ended, ``age`` periods after its delivery."""
        return (bool(self.resale) and age > 0) or self.may_cancel(age)

    def promised(self, delivery: int) -> int:
        """The period for which a delivery was promised, earlier than it comes by its slip."""
        return max(0, delivery - self.slip_periods)


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
