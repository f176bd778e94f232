"""The small good scenario with beliefs, as text."""

from __future__ import annotations

from pathlib import Path

from planner.scenario.load import Loaded, load
from tests.support import GOOD, edited, written

BELIEFS = """\
policy:
  service_level: 99 %
risk:
  window: 9 month
  overrun: {hbm3e: 60 USD/GB}
  beliefs:
    displacement:
      hybrid: {family: gamma, mean: 0.07 1/year, shape: 1.2, basis: public odds}
      attention_free: {family: exponential, hazard: 0.3 1/year, basis: a guess}
      takeover: 6 month
      keep: {1: {hybrid: 0.9, attention_free: 0.6}}
      memory_relief: 30 %
      basis: a guess
    demand: {spread: 30 %/year, basis: a guess}
    memory: {spread: 0.2, basis: a guess}
    hardware_price: {volatility: 10 %/year, reversion: 0.5 1/year, scarcity: 10 %/year, jump: 0.3, basis: a guess}
    rental_price: {volatility: 20 %/year, reversion: 0.5 1/year, basis: a guess}
    energy_price: {volatility: 15 %/year, reversion: 0.3 1/year, basis: a guess}
    memory_price: {volatility: 40 %/year, reversion: 0.5 1/year, basis: a guess}
    slip: {chance: 50 %, mean: 20 week, basis: a guess}
    vendor_failure: {of: {acme: {family: exponential, hazard: 0.4 1/year, basis: a guess}}}
    shortfall: {spread: {measured: 0.1, interpolated: 0.1, calibrated: 0.2, claimed: 0.5, assumed: 0.4}, basis: a guess}
    correlations:
      - {between: [demand, memory_price], rho: 0.4, basis: a guess}
"""
SPOT = ("hbm3e: {amount: 60 TB}", "hbm3e: {amount: 6 TB, spot_price: 30 USD/GB, spot_limit: 1 TB}")
RISKY = edited(GOOD, ("policy:\n  service_level: 99 %\n", BELIEFS), SPOT)


def risky(folder: Path, *edits: tuple[str, str], name: str = "risky") -> Loaded:
    """The scenario, edited and loaded."""
    return load(written(folder, edited(RISKY, *edits), name))
