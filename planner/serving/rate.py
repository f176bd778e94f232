"""What a serving estimate hands on: a rate with its evidence, or a refusal with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from planner.catalog.chip import Precision
from planner.catalog.fact import EvidenceTier


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


@dataclass(frozen=True)
class Rate:
    """How fast one system serves one workload while meeting its service level.

    tok_per_s: output tokens per second of one whole system, summed over its users.
    tok_per_s_per_user: output tokens per second that one user sees.
    batch: sequences in flight per replica.
    systems_per_replica: systems that one copy of the model occupies; below 1 where several fit.
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


@dataclass(frozen=True)
class Refusal:
    """Why a system cannot serve a workload."""

    why: str
