"""Prices in other currencies, turned into dollars by the scenario's dated rates before anything is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from planner.catalog.fact import Strict
from planner.documents import Document, KeyPath
from planner.errors import InvalidData, Problem
from planner.quantities import UnitError, convert
from planner.scenario.quantity import Dollars, Written

KEY = "exchange_rates"
OTHERS = ("EUR", "GBP", "JPY", "CNY", "KRW", "TWD", "CHF", "SEK", "INR", "CAD", "AUD", "SAR", "AED")
"""Currencies that are told from units by their ISO codes."""
_UNIT = re.compile(rf"(?<![A-Za-z])([kMB]?)({'|'.join(OTHERS)})(?![A-Za-z])")
_DOLLARS = r"\1USD"
_QUANTITY = re.compile(r"\s*([-+]?[0-9_]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\s*([A-Za-z][^\s]*)\s*$")


class ExchangeRate(Strict):
    """What one unit of a currency is worth, and on which day."""

    rate: Annotated[Dollars, Field(gt=0)]
    """In dollars, such as 1.1 USD."""
    as_of: Written
    """The day it was quoted."""
    source: str = ""
    """Who quoted it."""


def in_dollars(document: Document) -> Document:
    """The document with every amount of another currency in USD.

    Raises InvalidData: SCN019 for an amount whose currency has no rate.
    """
    rates = dict(_rates(document.data))
    problems: list[Problem] = []
    data = {
        name: value if name == KEY else _converted(value, (name,), rates, document, problems)
        for name, value in document.data.items()
    }
    if problems:
        raise InvalidData(problems)
    return replace(document, data=data)


def _rates(data: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Currency and USD per unit; what is malformed is left to the schema to refuse."""
    written = data.get(KEY)
    for currency, entry in written.items() if isinstance(written, dict) else ():
        try:
            yield currency, convert(entry["rate"], "USD")
        except (TypeError, KeyError, UnitError):
            continue


def _converted(
    value: Any, key: KeyPath, rates: dict[str, float], document: Document, problems: list[Problem]
) -> Any:
    def inner(child: Any, name: str | int) -> Any:
        return _converted(child, (*key, name), rates, document, problems)

    def rate_of(unit: str) -> float | None:
        currencies = {match[2] for match in _UNIT.finditer(unit)}
        if not currencies:
            return None
        (currency, *_) = sorted(currencies)
        if currency not in rates:
            what = f"the amount is in {currency}, and no rate says what that is in USD"
            hint = f"add {KEY}: {{{currency}: {{rate: <USD>, as_of: <date>}}}}"
            problems.append(document.problem("SCN019", key, what, hint))
            return None
        return rates[currency]

    if isinstance(value, dict):
        unit = value.get("unit")
        rate = rate_of(unit) if isinstance(unit, str) else None
        if rate is None or not isinstance(unit, str):
            return {name: inner(child, name) for name, child in value.items()}
        numbers = {n: value[n] * rate for n in ("value", "low", "high") if n in value}
        return {**value, **numbers, "unit": _UNIT.sub(_DOLLARS, unit)}
    if isinstance(value, list):
        return [inner(child, index) for index, child in enumerate(value)]
    match = _QUANTITY.match(value) if isinstance(value, str) else None
    rate = rate_of(match[2]) if match else None
    if match is None or rate is None:
        return value
    usd = float(match[1].replace("_", "")) * rate
    return f"{usd!r} {_UNIT.sub(_DOLLARS, match[2])}"
