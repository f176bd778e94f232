"""How uncertain a speed is, for draws: the spread of its logarithm and the evidence behind it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from planner.catalog.fact import EvidenceTier
from planner.options.table import Options

_UPPER_80 = NormalDist().inv_cdf(0.9)
_UPPER_90 = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True)
class Spread:
    """log_sigma: standard deviation of log tokens per second; None where no band is known."""

    log_sigma: float | None
    tier: EvidenceTier


def spread(options: Options, configuration: str, workload: str) -> Spread:
    """Spread of a configuration's speed on a workload, the same in every period.

    log_sigma = the larger of ln(high / low) / (2 · 1.2816) from the 80 % band and / (2 · 1.6449)
    from the 90 % band, as if outcomes were log-normal: neither band is then too narrow.
    """
    rate = options.configurations[configuration].rates[workload]
    bands = ((rate.low, rate.high, _UPPER_80), (rate.low_90, rate.high_90, _UPPER_90))
    found = [
        math.log(high / low) / (2 * quantile)
        for low, high, quantile in bands
        if low is not None and high is not None
    ]
    return Spread(max(found, default=None), rate.tier)
