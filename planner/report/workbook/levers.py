"""Levers: inputs of the workbook that may be changed, each with the key under which a scenario states it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.options.table import Offering, Options


@dataclass(frozen=True)
class Lever:
    """One input that may be changed in the workbook.

    id: of its line. values: by period. key: where the scenario states it, empty where it does not.
    """

    id: str
    subject: str
    what: str
    unit: str
    values: tuple[float, ...]
    key: str


_PER = {"own": ("price per system", "USD"), "meter": ("price per token", "USD/tok")}
_PER_HOUR = ("price per system-hour", "USD/h")
"""What an offering's price is of, and its unit; of all but these two by the hour."""


def _prices(options: Options) -> Iterator[Lever]:
    """One of each offer, however many fabrics may wire it: they share its price."""
    firsts: dict[str, Offering] = {}
    for offering in options.offerings.values():
        firsts.setdefault(offering.offer, offering)
    for offer, first in firsts.items():
        what, unit = _PER.get(first.ownership, _PER_HOUR)
        yield Lever(f"price|{offer}", offer, what, unit, first.price_usd, _price_key(first))


def _price_key(offering: Offering) -> str:
    """Where a scenario states the price of what is offered, stands already or is on paper; a right has its contract's."""
    if offering.right is not None:
        return ""
    on_paper = "signed" if offering.commitment is not None else "offers"
    return f"{'installed' if offering.installed else on_paper}.{offering.offer}.price"


def first_offering(options: Options, lever: Lever) -> Offering | None:
    """The offering whose price a lever is, in the first of its fabrics; None for another kind of lever."""
    of = (o for o in options.offerings.values() if lever.id == f"price|{o.offer}")
    return next(of, None)


def _tariffs(options: Options) -> Iterator[Lever]:
    for place in options.places.values():
        for at, block in enumerate(options.blocks if not place.hosted else ()):
            yield Lever(
                f"tariff|{place.id}|{block}",
                place.id,
                f"energy tariff, {block}",
                "USD/kWh",
                tuple(by_block[at] for by_block in place.tariff_usd_per_kwh),
                f"sites.{place.id}.tariff.{block}",
            )


def _facilities(options: Options) -> Iterator[Lever]:
    for place in options.places.values():
        if not place.hosted:
            yield Lever(
                f"facility|{place.id}",
                place.id,
                "facility rate",
                "USD/kW/year",
                place.facility_usd_per_kw_year,
                f"sites.{place.id}.facility",
            )


def levers_of(options: Options) -> Iterator[Lever]:
    """Every lever of the options."""
    for levers in (_prices, _tariffs, _facilities):
        yield from levers(options)
