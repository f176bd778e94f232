"""Price: another price, or a change of the price asked."""

from __future__ import annotations

import re
from typing import Any

from planner.options.table import Options
from planner.plan.what_if.subject import subject_of
from planner.quantities import convert
from planner.scenario.schema import Scenario

NAME = "price"
FORM = "price OFFER = 1.2 MUSD      (per system; 2.1 USD/chip/h where hosted; or a change: price OFFER = -15 %)"
PATTERN = r"price\s+(?P<subject>\S+)\s*=\s*(?P<price>.+)"
_DIGITS = 12
"""Of a factor; what floats leave beyond is no price."""
_CHANGE = re.compile(r"(?P<sign>[+-])\s*(?P<percent>\d+(?:\.\d+)?)\s*%")


def changes(match: re.Match[str], options: Options, scenario: Scenario) -> dict[str, Any]:
    """A price in its place, or the offer's factor times the change.

    A change is of whatever is asked: a quote, a rate, a path of prices, the catalog's figure. A price
    is of the first period, and the offer's yearly change still applies to it.
    """
    subject = subject_of(match["subject"].split("@")[0], options)
    price = match["price"].strip()
    change = _CHANGE.fullmatch(price)
    values: dict[str, Any] = {}
    for offer in sorted({options.offerings[wiring].offer for wiring in subject.offers}):
        asked = scenario.offers[offer].price_factor
        if change:
            rise = float(change["sign"] + change["percent"]) * convert("1 %", "")
            values[f"offers.{offer}.price_factor"] = round(asked * (1 + rise), _DIGITS)
        else:
            values[f"offers.{offer}.price"] = price
            if asked != 1:
                values[f"offers.{offer}.price_factor"] = 1
    return values
