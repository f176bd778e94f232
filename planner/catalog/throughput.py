"""Measured and claimed throughput: what somebody saw, or says, a system does."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from planner.catalog.chip import Precision
from planner.catalog.fact import Fact, Figure, Strict
from planner.catalog.figures import InUnit

Regime = Literal["tuned", "field"]
Scenario = Literal["offline", "server", "interactive", "curve", "per user", "aggregate"]
Accounting = Literal["output", "input", "total", "not stated"]

_UNITS = {"curve": "tok/s/chip", "per user": "tok/s/user"}
"""Unit of a row's figure by scenario; tok/s of all chips together for the others."""


class Point(Strict):
    """One row: so many tokens a second, under such conditions."""

    system: str
    """Id of the system."""
    chips: float | None = Field(None, gt=0)
    """Chips that produced the figure together; absent where not stated."""
    precision: Precision | None = None
    """Precision of the weights; absent where not stated."""
    scenario: Scenario
    """offline, server and interactive are the benchmark's; curve is tok/s per chip; per user is tok/s of one user."""
    regime: Regime
    """tuned: benchmark submission; field: stock serving."""
    isl: float | None = Field(None, gt=0)
    """Mean prompt tokens per request."""
    osl: float | None = Field(None, gt=0)
    """Mean output tokens per request."""
    tok_per_s_per_user: float | None = Field(None, gt=0)
    """Per-user speed at which the figure holds, for curve points."""
    accounting: Accounting = "output"
    """Which tokens are counted."""
    speculative: bool | None = None
    """Whether speculative decoding or multi-token prediction was on; absent where not stated."""
    throughput: Fact
    """The figure: tok/s of all chips together (offline, server, interactive, aggregate), tok/s/chip (curve), tok/s/user (per user)."""

    @model_validator(mode="after")
    def _in_its_unit(self) -> Point:
        unit = _UNITS.get(self.scenario, "tok/s")
        (fact,) = InUnit(unit).convert(Figure((self.throughput,)))
        return self.model_copy(update={"throughput": fact})


class ServiceLimit(Strict):
    """What a benchmark demands of latency, at its 99th percentile."""

    ttft_ms: float = Field(gt=0)
    """Time to first token (ms)."""
    tpot_ms: float = Field(gt=0)
    """Time per output token (ms)."""


class Throughput(Strict):
    """Every row known for one model."""

    id: str
    """Id of the model the rows are about."""
    benchmark_shape: str = ""
    """What the benchmark's requests look like."""
    limits: dict[Literal["server", "interactive"], ServiceLimit] = Field(default_factory=dict)
    """Latency limits of the benchmark's latency scenarios."""
    points: tuple[Point, ...]
    """The rows."""
