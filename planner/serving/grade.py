"""What an operating point is worth: its evidence tier, the reason, its bands, and the headroom it keeps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from planner.catalog.serving import Band
from planner.serving.ask import Found, Question, as_rate, scaled
from planner.serving.band import Nearness, banded, nearness_of
from planner.serving.keep import keeps
from planner.serving.machine import Efficiency
from planner.serving.operate import Operating
from planner.serving.rate import Rate, Regime, Request

Forced = Literal["measured", "interpolated", "roofline", "claimed", "assumed"]
"""Evidence that an answer can be made to rest on."""
MEASURED_ONLY = ("measured", "interpolated")
_MS = 1e3
_TOLD = {"box": "rows of this box", "chip": "rows of this chip", "family": "rows of its family"}


@dataclass(frozen=True)
class Grader:
    """Grades operating points as one estimator was told to.

    headroom: z of the square-root-staffing headroom.
    """

    bands: Mapping[str, Band]
    efficiency: Efficiency
    headroom: float
    regime: Regime
    tier: Forced | None
    as_of: date

    def rated(self, question: Question, best: Found, solved: Operating, kin: str) -> Rate:
        """The best way as a rate with its tier, reason and bands; ``kin``: nearest measured."""
        reading, machine = best.way.reading, question.machine
        if reading is not None:
            rate = as_rate(question, best, solved, reading.tier, reading.why)
            rate = replace(rate, regime=self.regime)
            near: Nearness = "same round" if reading.own else "other round"
            near = near if reading.tier != "calibrated" else "interactive"
            return banded(rate, self.bands, [near])
        why = f"calibrated roofline, with {_TOLD.get(kin, 'rows of other chips and models')}"
        tier: Literal["calibrated", "assumed"] = "calibrated"
        if self.tier == "assumed":
            why, tier = "roofline with prior efficiencies, no measured row in it", "assumed"
        rate = replace(as_rate(question, best, solved, tier, why), regime=self.regime)
        cut = question.speed > 0 and not bool(solved.at_room[best.at])
        silicon = kin != "none" or bool(machine.launched and machine.launched <= self.as_of)
        return banded(rate, self.bands, nearness_of(kin, cut, silicon and tier == "calibrated"))

    def with_headroom(self, rate: Rate, request: Request) -> Rate:
        """Throughput that can be counted on when arrivals come by chance (limit on TTFT only)."""
        if request.ttft_ms is None or rate.tier == "claimed":
            return rate
        arrivals = rate.tok_per_s / request.osl * request.ttft_ms / _MS
        share = float(keeps(arrivals, self.headroom))
        kept = scaled(rate, share)
        ends = {
            name: value * share
            for name in ("low", "high", "low_90", "high_90")
            if (value := getattr(kept, name)) is not None
        }
        return replace(kept, **ends)


def headroom_of(theta: Mapping[str, float]) -> float:
    """z of the headroom from calibrated parameters, where it stands as its logarithm."""
    return math.exp(theta["headroom"])
