"""Measured and claimed throughput: what somebody saw, or says, a system does."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from planner.catalog.chip import Precision
from planner.catalog.fact import Fact, Strict

Regime = Literal["tuned", "field"]
Scenario = Literal["offline", "server", "interactive", "curve", "per user", "aggregate"]
Accounting = Literal["output", "input", "total", "not stated"]


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


class Throughput(Strict):
    """Every row known for one model."""

    id: str
    """Id of the model the rows are about."""
    benchmark_shape: str = ""
    """What the benchmark's requests look like."""
    points: tuple[Point, ...]
    """The rows."""
