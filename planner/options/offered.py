"""What can be had: a system wired by a fabric, and an offer of it under a contract.

Money in USD, power in kW, time in periods.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.catalog.fact import EvidenceTier
from planner.catalog.term import Agreed, Ownership
from planner.catalog.terms.cancel_window import MayCancel
from planner.catalog.terms.give_back import MayReturn
from planner.catalog.terms.swap import MaySwap
from planner.fabric.wire import Wired
from planner.options.commitment import Commitment
from planner.options.respin import Masks
from planner.options.right import Right
from planner.serving.rate import Rate


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
