"""A workload: a model, a request shape, a service level, and how much of it is asked for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.chip import Precision
from planner.catalog.fact import Strict
from planner.scenario.quantity import (
    DollarsPerToken,
    Milliseconds,
    PureSeries,
    Ratio,
    ShareSeries,
    TokenRateSeries,
)


class Workload(Strict):
    """What must be served; demand counts output tokens, prompts come with them."""

    title: str = ""
    """What people call it."""
    model: str
    """Id of the model."""
    isl: float = Field(gt=0)
    """Mean prompt tokens per request."""
    osl: float = Field(gt=0)
    """Mean output tokens per request."""
    ttft: Annotated[Milliseconds, Field(gt=0)] | None = None
    """Longest time to first token; absent for deferrable work."""
    tpot: Annotated[Milliseconds, Field(gt=0)] | None = None
    """Longest time per output token, so 1000 / tpot is the speed each user must see."""
    precisions: tuple[Precision, ...] = ("bf16", "fp8", "fp4", "int8")
    """Weight precisions whose quality is accepted."""
    demand: TokenRateSeries
    """Mean output tokens per second over all hours of a period."""
    profile: dict[str, Ratio] = Field(default_factory=dict)
    """Demand in each load block over the mean; weighted by the blocks' shares it averages 1."""
    deferrable: bool = False
    """Whether work may wait for another block of the same period."""
    max_network_latency: Milliseconds | None = None
    """Longest round trip to users; sites farther away cannot serve it."""
    residency: tuple[str, ...] = ()
    """Regions it may be served in; empty for anywhere."""
    revenue_usd_per_mtok: PureSeries | None = None
    """What customers pay per million output tokens; reported, never part of the objective."""
    shed_penalty: DollarsPerToken
    """What a token not served costs."""
    service_level: ShareSeries | None = None
    """Least share served in every period once the shortest lead time has passed; absent: the policy's."""
    single_offer: bool = False
    """Whether one system at one site alone must serve it; the plan is then searched, not only solved."""
    cappable: bool = False
    """Whether it accepts that the power of what serves it is capped when a site runs short."""
