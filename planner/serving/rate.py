"""What a serving estimate hands on: a rate with its evidence, or a refusal with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planner.catalog.chip import Precision
from planner.catalog.fact import EvidenceTier

Regime = Literal["tuned", "field"]
RefusalCode = Literal["SRV001", "SRV002", "SRV003", "SRV004", "SRV005", "SRV006", "SRV007"]


@dataclass(frozen=True)
class Request:
    """Shape and service level of one workload, as serving sees it.

    isl, osl: mean prompt and output tokens; ttft_ms, tpot_ms: limits, None where there is none.
    """

    isl: float
    osl: float
    ttft_ms: float | None = None
    tpot_ms: float | None = None
    precisions: tuple[Precision, ...] = ("bf16", "fp8", "fp4", "int8")
    speculative: bool = False
    respun: bool = False
    """Whether model-etched silicon is made anew for this model."""


@dataclass(frozen=True)
class Rate:
    """How fast one system serves one workload while meeting its service level.

    tok_per_s: output tokens per second of one whole system, summed over its users.
    tok_per_s_per_user: output tokens per second that one user sees.
    batch: sequences in flight per replica: tok_per_s_per_user · batch is the replica's tok/s.
    systems_per_replica: systems that one copy of the model occupies; below 1 where several fit.
    low, high: tok_per_s that four fifths of outcomes lie between; low_90, high_90: nine tenths.
    """

    tok_per_s: float
    tok_per_s_per_user: float
    ttft_ms: float | None
    batch: float
    chips_per_replica: float
    systems_per_replica: float
    precision: Precision
    bound_by: str
    tier: EvidenceTier
    why: str
    regime: Regime = "field"
    layout: str = ""
    low: float | None = None
    high: float | None = None
    low_90: float | None = None
    high_90: float | None = None


@dataclass(frozen=True)
class Refusal:
    """Why a system cannot serve a workload; the code's page says what to do."""

    why: str
    code: RefusalCode = "SRV006"
