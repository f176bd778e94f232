"""Units at the boundary, canonical floats inside.

Whatever a file says in whatever unit is converted here, once, to the canonical unit its field
names; everything past the boundary is a float whose unit stands in its name. Physical and
calendar constants live here and nowhere else.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pint

HOURS_PER_YEAR = 8766.0
DAYS_PER_YEAR = 365.25
HOURS_PER_DAY = 24.0
WEEKS_PER_YEAR = DAYS_PER_YEAR / 7
SECONDS_PER_HOUR = 3600.0
MONTHS_PER_YEAR = 12
BITS_PER_BYTE = 8
MILLI = 1e-3
KILO = 1e3
MEGA = 1e6
GIGA = 1e9
TERA = 1e12

NOT_DISCLOSED = "not disclosed"

_DEFINITIONS = """
    USD = [currency]
    BUSD = 1e9 USD
    token = [token] = tok
    user = []
    x = []
    ratio = []
    flop = [operation] = FLOP = op = OP
    FLOPS = flop / second
    OPS = flop / second
    chip = [chip] = chips = GPU
    system = [system] = systems = node
    rack_position = [rack] = rack = racks
    wafer = [wafer] = wafers
    stack = [stack] = stacks
    bit = [information]
    byte = 8 bit = B = octet
    port = [port] = ports
    gCO2e = [carbon]
    tCO2e = 1e6 gCO2e
    parameter = [parameter] = parameters
    calendar_quarter = 0.25 year
    cent = 0.01 USD
""".strip()
_QUARTER = re.compile(r"\bquarters?\b")
_QUANTITY = re.compile(r"\s*([-+]?[0-9_]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\s*(\S.*)?$")


class UnitError(ValueError):
    """A unit nobody knows, or one of the wrong dimension."""


def _dated(text: str) -> str:
    """A quarter is one of a year; left alone, pint takes it for a weight of 28 pounds."""
    return _QUARTER.sub("calendar_quarter", text)


@cache
def _registry() -> pint.UnitRegistry:
    import pint

    registry: pint.UnitRegistry = pint.UnitRegistry(cache_folder=None, preprocessors=[_dated])
    for line in _DEFINITIONS.splitlines():
        registry.define(line.strip())
    return registry


@cache
def factor(unit: str, canonical: str) -> float:
    """How many ``canonical`` units one ``unit`` is.

    Raises UnitError for an unknown unit, one of another dimension, or a price of energy where one of
    power belongs, and the other way round: 12 USD/kW/month is no 0.016 USD/kWh, though their
    dimensions are the same.

    >>> factor("MUSD", "USD")
    1000000.0
    >>> factor("GB", "TB")
    0.001
    >>> factor("quarters", "year")
    0.25
    """
    if unit == canonical:
        return 1.0
    registry = _registry()
    try:
        found = float(f"{registry.Quantity(1.0, unit).to(canonical).magnitude:.15g}")
    except Exception as error:
        raise UnitError(
            f"'{unit}' is not a unit of the same kind as '{canonical}'"
            if _known(unit)
            else f"'{unit}' is not a unit"
        ) from error
    asked, given = _charged_by(canonical), _charged_by(unit)
    if asked and given and asked != given:
        raise UnitError(f"'{unit}' is a price of {given}, '{canonical}' one of {asked}")
    return found


def _charged_by(unit: str) -> str:
    """What a price is of: energy, power (held for a time), or empty where it is of neither."""
    registry = _registry()
    items = dict(registry.Quantity(1.0, unit).unit_items())
    priced = any(registry.Unit(name).dimensionality == {"[currency]": 1} for name in items)
    below = [registry.Unit(name) for name, exponent in items.items() if priced and exponent < 0]
    for what in ("energy", "power"):
        if any(part.dimensionality == registry.get_dimensionality(f"[{what}]") for part in below):
            return what
    return ""


def _known(unit: str) -> bool:
    try:
        _registry().parse_units(unit)
    except Exception:  # pint raises tokenizer, attribute and definition errors alike
        return False
    return True


def split(text: str) -> tuple[float, str]:
    """A quantity written as text, as number and unit.

    >>> split("40 MW")
    (40.0, 'MW')
    >>> split("0.97")
    (0.97, '')
    """
    match = _QUANTITY.match(text)
    if not match:
        raise UnitError(f"'{text}' is not a number with a unit")
    return float(match[1].replace("_", "")), (match[2] or "").strip()


def convert(value: float | str, canonical: str) -> float:
    """A quantity such as ``"40 MW"`` in the canonical unit; bare numbers only where it has none.

    Raises UnitError for a missing, unknown or wrong unit, and for NaN and infinity.

    >>> convert("24 MW", "kW")
    24000.0
    >>> convert("12 %", "")
    0.12
    """
    number, unit = (float(value), "") if not isinstance(value, str) else split(value)
    if not math.isfinite(number):
        raise UnitError(f"{value} is not a finite number")
    if not unit and canonical:
        raise UnitError(f"{value} needs a unit, such as '{value} {canonical}'")
    return number * factor(unit or "dimensionless", canonical or "dimensionless")
