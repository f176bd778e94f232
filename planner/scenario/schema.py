"""A whole scenario: what is asked of the planner."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from planner.annuity import real_rate
from planner.catalog.fact import Id, Strict
from planner.catalog.serving import UserPoint
from planner.scenario.agreement import PoolAgreement
from planner.scenario.contract import OwnContract
from planner.scenario.currency import ExchangeRate
from planner.scenario.finance import Finance
from planner.scenario.offer import Assumed, Installed, Offer
from planner.scenario.onboarding import Onboarding
from planner.scenario.policy import Counterfactual, Policy
from planner.scenario.pool import PoolShare
from planner.scenario.quantity import PerYear, Share, Written
from planner.scenario.risk import Risk
from planner.scenario.signed import Signed
from planner.scenario.site import Site
from planner.scenario.software import SoftwareGain
from planner.scenario.workload import Workload
from planner.timeline import Timeline, first_day, start_of

_MOST_PERIODS = 240
"""Twenty years of months; no figure of the catalog reaches farther."""


class Horizon(Strict):
    """The periods planned for."""

    start: Written
    """First period: 2027Q1, 2027-01 or 2027."""
    periods: int
    """How many."""
    unit: Literal["quarter", "month", "year", "hour"] = "quarter"
    """How long each is."""


class Scenario(Strict):
    """Horizon, sites, workloads, offers, installed fleet, pools and policy."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    """Kebab case; runs are filed under it."""
    title: str = ""
    """What people call it."""
    description: str = ""
    """What it is for."""
    catalog: str = "default"
    """Catalog folder: a name under catalogs/ or a path relative to the scenario."""
    as_of: str
    """The day the plan is made; later facts are not seen."""
    horizon: Horizon
    """The periods planned for."""
    discount_rate: Annotated[PerYear, Field(gt=-1)]
    """Cost of capital per year."""
    load_blocks: dict[str, Share]
    """Share of the hours of a period in each load block; they sum to 1."""
    sites: dict[Id, Site]
    """Places, by id."""
    workloads: dict[Id, Workload]
    """What must be served, by id."""
    offers: dict[Id, Offer]
    """What could be signed, by id."""
    exchange_rates: dict[str, ExchangeRate] = Field(default_factory=dict)
    """What other currencies are worth, by ISO code; prices may be written in those named here."""
    contracts: dict[Id, OwnContract] = Field(default_factory=dict)
    """Contracts of our own beside the catalog's templates, by id."""
    installed: dict[Id, Installed] = Field(default_factory=dict)
    """Systems already standing, by id."""
    signed: dict[Id, Signed] = Field(default_factory=dict)
    """Contracts already on paper, by id."""
    pools: dict[str, PoolShare] = Field(default_factory=dict)
    """Our share of scarce inputs, by pool id or, for a vendor's slots, by any name; what is not named is not scarce."""
    onboarding: dict[Id, Onboarding] = Field(default_factory=dict)
    """Platforms that must learn a model first, by name; one not named serves at once."""
    pool_agreements: dict[Id, PoolAgreement] = Field(default_factory=dict)
    """Supply agreements on those pools, in layers, by id."""
    policy: Policy = Policy()
    """Rules of the company."""
    finance: Finance = Finance()
    """Money, books and taxes."""
    assumptions: dict[str, dict[str, Assumed]] = Field(default_factory=dict)
    """Figures supplied where the catalog says not disclosed: id of a system, medium, switch, fabric
    or ``practice`` -> field -> figure."""
    measured: tuple[UserPoint, ...] = ()
    """Measurements of your own, laid over the catalog's rows as ``anchors.yaml`` is; they outrank public ones."""
    claims: Literal["haircut", "at their word"] = "haircut"
    """Whether vendors' claims are discounted, or taken as made up to their physical bound."""
    software_gain: dict[str, SoftwareGain] = Field(default_factory=dict)
    """Beliefs about software over time, by name; without any, a speed stays what it is today."""
    counterfactuals: dict[str, Counterfactual] = Field(default_factory=dict)
    """Twins solved beside the plan."""
    risk: Risk | None = None
    """What may turn out otherwise; absent: nothing is said of it."""
    whole_units: bool = False
    """Whether systems and replicas are whole."""
    overrides: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Named sets of dotted keys and values, switched on with --override."""

    @field_validator("as_of", mode="before")
    @classmethod
    def _as_of_is_a_date(cls, value: object) -> str:
        try:
            first_day(str(value))
        except ValueError as error:
            raise PydanticCustomError("DOC009", "{why}", {"why": str(error)}) from error
        return str(value)

    @field_validator("horizon", mode="after")
    @classmethod
    def _horizon_is_real(cls, horizon: Horizon) -> Horizon:
        if horizon.periods > _MOST_PERIODS:
            what = f"{horizon.periods} periods are more than {_MOST_PERIODS}"
            raise PydanticCustomError(
                "SCN005", "{what}", {"what": what, "hint": "plan in longer periods"}
            )
        if horizon.periods < 1:
            raise PydanticCustomError(
                "SCN005", "the horizon has no period", {"hint": "plan at least 1"}
            )
        try:
            start_of(horizon.start)
        except ValueError as error:
            raise PydanticCustomError("DOC009", "{why}", {"why": str(error)}) from error
        return horizon

    @cached_property
    def timeline(self) -> Timeline:
        """The clock of this scenario."""
        return Timeline(
            first_day(self.as_of),
            start_of(self.horizon.start),
            self.horizon.unit,
            self.horizon.periods,
            self._discount_rate,
        )

    @property
    def _discount_rate(self) -> float:
        """In the same money as the prices: without the inflation a market rate holds."""
        if self.finance.discount_rate_is == "nominal" and self.finance.inflation is not None:
            return real_rate(self.discount_rate, self.finance.inflation)
        return self.discount_rate
