"""The deal of ``tests/contracts/deals.py`` as a question about its ground: four boxes wanted, home edited.

Where boxes draw power they draw all 1,000 kW they are provisioned for, busy or idle.
"""

from __future__ import annotations

from tests.contracts.deals import SHED_MUSD, Outcome, contract, run
from tests.contracts.papers import demand, free

FOUR = demand(4)
"""4 Gtok/h, the work of four boxes; each year without one box costs 87.66 MUSD."""
BUY = free("buy")
"""As many boxes as are worth it, whenever."""
DRAWING = (
    "contracts: {}",
    "assumptions: {box: {power_idle: {value: 1 MW, basis: bench}, power_serving: {value: 1 MW, basis: bench}}}\ncontracts: {}",
)
"""Boxes that draw power at the meter: 8.766 GWh a year each."""
_LAST_KEY = "    facility: 0 USD/kW/year\n"


def home(*lines: str) -> tuple[str, str]:
    """An edit that gives the site further keys."""
    return _LAST_KEY, _LAST_KEY + "".join(f"    {line}\n" for line in lines)


def power(text: str) -> tuple[str, str]:
    """An edit of the power at the meter."""
    return "    power: 1 GW", f"    power: {text}"


def above(text: str) -> tuple[str, str]:
    """An edit that writes another part of the scenario beside the contracts."""
    return "contracts: {}", f"{text}\ncontracts: {{}}"


def boxes(made: Outcome) -> list[float]:
    """Systems in service, of all kinds and sites, in each of the four years."""
    return [
        sum(float(row["systems"]) for row in made.table("fleet") if row["period"] == str(year))
        for year in range(2027, 2031)
    ]


__all__ = ["BUY", "DRAWING", "FOUR", "SHED_MUSD", "above", "boxes", "contract", "home", "power", "run"]  # fmt: skip
