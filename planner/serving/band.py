"""Bands: between which figures an outcome should lie, by how near its evidence is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from planner.catalog.serving import Band
from planner.serving.rate import Rate

Nearness = Literal["same round", "other round", "box", "chip", "family or model", "interactive", "no silicon"]  # fmt: skip

_OF_KIN: dict[str, Nearness] = {"box": "box", "chip": "box", "family": "chip"}
"""What was measured of a pair's kin -> which band its estimate bears."""


def nearness_of(kin: str, binds_on_speed: bool, silicon: bool) -> list[Nearness]:
    """Every band that applies to a calibrated estimate; the widest counts.

    kin: nearest kin measured; binds_on_speed: whether the limit on time per token cut the batch;
    silicon: whether the chip was out on the as-of date or anything of its family was measured.
    """
    found: list[Nearness] = [_OF_KIN.get(kin, "family or model")]
    if binds_on_speed and kin != "user":
        found.append("interactive")
    if not silicon:
        found.append("no silicon")
    return found


def banded(rate: Rate, bands: Mapping[str, Band], names: list[Nearness]) -> Rate:
    """The rate with the widest of these bands: multiplied and divided by it."""
    widest = max((bands[name] for name in names), key=lambda band: band.b90)
    return replace(
        rate,
        low=rate.tok_per_s / widest.b80,
        high=rate.tok_per_s * widest.b80,
        low_90=rate.tok_per_s / widest.b90,
        high_90=rate.tok_per_s * widest.b90,
    )


def claimed_band(rate: Rate, haircut: float) -> Rate:
    """A claim counted at ``haircut`` of itself is worth 0.1 to 1 of itself: haircut² to 1."""
    low, high = rate.tok_per_s * haircut, rate.tok_per_s / haircut
    return replace(rate, low=low, high=high, low_90=low, high_90=high)
