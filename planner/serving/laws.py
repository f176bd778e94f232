"""The bounds that settle conflicts: one law, one function."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from planner.quantities import GIGA, HOURS_PER_YEAR, KILO, TERA


def weight_read_tok_per_s(chips: float, bandwidth_tb_per_s: float, weights_gb: float) -> float:
    """Single-stream bound (tok/s): every token reads all weights once.

    >>> round(weight_read_tok_per_s(8, 4.8, 70))
    549
    """
    return chips * bandwidth_tb_per_s * TERA / (weights_gb * GIGA)


def cache_read_tok_per_s(
    chips: float, bandwidth_tb_per_s: float, kilobytes_per_token: float, context_tokens: float
) -> float:
    """Bound on output (tok/s): every token reads its sequence's whole cache once.

    >>> round(cache_read_tok_per_s(8, 4.8, 164, 2048), -3)
    114000.0
    """
    return chips * bandwidth_tb_per_s * TERA / (kilobytes_per_token * KILO * context_tokens)


def share(total: float, parts: float) -> float:
    """What one part of an aggregate does.

    >>> round(share(30_000, 64))
    469
    """
    return total / parts


def whole_units(need: float, have: float) -> float:
    """Units needed when none can be split.

    >>> whole_units(140, 44)
    4
    """
    return math.ceil(need / have)


def energy_over_price(power_kw: float, tariff_usd_per_kwh: float, price_usd: float) -> float:
    """A year's electricity as a share of the price.

    >>> round(energy_over_price(10.2, 0.0861, 300_000), 3)
    0.026
    """
    return power_kw * HOURS_PER_YEAR * tariff_usd_per_kwh / price_usd


@dataclass(frozen=True)
class LawOf:
    """A law with the unit of each input and of its answer."""

    function: Callable[..., float]
    inputs: dict[str, tuple[str, str]]
    unit: str


LAWS: dict[str, LawOf] = {
    "weight read": LawOf(
        weight_read_tok_per_s,
        {"chips": ("chips", ""), "bandwidth": ("bandwidth_tb_per_s", "TB/s"), "weights": ("weights_gb", "GB")},
        "tok/s",
    ),
    "cache read": LawOf(
        cache_read_tok_per_s,
        {
            "chips": ("chips", ""),
            "bandwidth": ("bandwidth_tb_per_s", "TB/s"),
            "cache": ("kilobytes_per_token", "kB"),
            "context": ("context_tokens", ""),
        },
        "tok/s",
    ),
    "share": LawOf(share, {"total": ("total", "tok/s"), "parts": ("parts", "")}, "tok/s"),
    "whole units": LawOf(whole_units, {"need": ("need", "GB"), "have": ("have", "GB")}, "systems"),
    "energy over price": LawOf(
        energy_over_price,
        {"power": ("power_kw", "kW"), "tariff": ("tariff_usd_per_kwh", "USD/kWh"), "price": ("price_usd", "USD")},
        "share of the price",
    ),
}  # fmt: skip
"""Law of a conflict's bound -> function, inputs (argument and unit) and unit of the answer."""
