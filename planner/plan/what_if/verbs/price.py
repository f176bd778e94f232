"""Price: another price, or a change of the price asked."""

from __future__ import annotations

import re
from typing import Any

from planner.options.table import Options
from planner.plan.what_if.subject import subject_of
from planner.scenario.quantity import PRICE_UNITS

NAME = "price"
FORM = "price OFFER = 1.2 MUSD      (per system; 2.1 USD/chip/h where hosted; or a change: price OFFER = -15 %)"
PATTERN = r"price\s+(?P<subject>\S+)\s*=\s*(?P<price>.+)"
_CHANGE = re.compile(r"(?P<sign>[+-])\s*(?P<percent>\d+(?:\.\d+)?)\s*%")


def changes(match: re.Match[str], options: Options) -> dict[str, Any]:
    """The price of the first period; the offer's yearly change still applies to it."""
    subject = subject_of(match["subject"].split("@")[0], options)
    change = _CHANGE.fullmatch(match["price"].strip())
    values: dict[str, Any] = {}
    for offer in subject.offers:
        price = match["price"].strip()
        if change:
            factor = 1 + float(change["sign"] + change["percent"]) / 100
            price = quoted(options, offer, factor)
        values[f"offers.{options.offerings[offer].offer}.price"] = price
    return values


def quoted(options: Options, offer: str, factor: float) -> str:
    """A factor of the price of the first period, as a scenario writes it."""
    offering = options.offerings[offer]
    unit = PRICE_UNITS[offering.ownership]
    each = options.of(offer).chips if "chip" in unit else 1.0
    return f"{offering.price_usd[0] / each * factor!r} {unit}"
