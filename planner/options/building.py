"""A building of ours: capital on a clock of its own, longer than that of what stands in it."""

from __future__ import annotations

from dataclasses import dataclass

from planner.annuity import capital_recovery_factor
from planner.scenario.site import Shell


@dataclass(frozen=True)
class Building:
    """Capital of an owned shell per kW of provisioned IT power, with its own rate and life."""

    capex_usd_per_kw: float
    life_years: float
    rate: float

    @property
    def usd_per_kw_year(self) -> float:
        """Its annuity: capital times the capital recovery factor of its own rate and life."""
        return self.capex_usd_per_kw * capital_recovery_factor(self.rate, self.life_years)


def building(shell: Shell, discount_rate: float) -> Building:
    """A shell's capital; the scenario's rate where it states none of its own."""
    return Building(shell.capex, shell.life, discount_rate if shell.rate is None else shell.rate)
