"""Photonic coprocessor: it takes over a share of a host's matrix products, and nothing else.

It never serves alone and makes no token faster: it lowers the host's energy per token.
"""

from __future__ import annotations

from datetime import date

from planner.catalog.chip import Chip
from planner.serving.rate import Refusal


def energy_saved_share(chip: Chip, as_of: date) -> float | Refusal:
    """Share of a host's serving energy that the coprocessor saves.

    offload share · matmul energy share · (1 − 1 / gain): of the matrix products it takes, it spends
    1 / gain of the energy the host would. A refusal where the chip is no coprocessor, or what it
    can take over is not disclosed.
    """
    if chip.offload is None:
        return Refusal(f"{chip.id} is no coprocessor that takes over matrix products")
    parts = {
        "offload share": chip.offload.offload_share.value(as_of),
        "matmul energy share": chip.offload.matmul_energy_share.value(as_of),
        "energy gain": chip.offload.energy_gain.value(as_of),
    }
    missing = [name for name, value in parts.items() if value is None]
    if missing:
        return Refusal(f"{' and '.join(missing)} of {chip.id} not disclosed")
    offload, matmul, gain = (float(value or 0.0) for value in parts.values())
    return offload * matmul * (1 - 1 / gain)
