"""Quantities as people write them in a scenario: "24 MW", steps by period, or a start and a growth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from planner.catalog.term import Ownership
from planner.quantities import UnitError, convert, factor, split
from planner.timeline import Timeline, start_of

_STEP = re.compile(r"\d{4}(?!\d)")

ANY_UNIT = "*"
"""Unit of a series whose unit only the catalog knows, such as the amount of a supply pool."""
PRICE_UNITS: dict[Ownership, str] = {
    "own": "USD",
    "lease": "USD/system/h",
    "reserve": "USD/chip/h",
    "rent": "USD/chip/h",
    "meter": "USD/tok",
}
"""Unit of an offer's price under each kind of contract."""


def _as_text(value: object) -> object:
    """2027 and 0.5 are read as numbers; where a date or an amount is written they are text."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value) if number else value


Written = Annotated[str, BeforeValidator(_as_text)]
"""A date or a quantity kept as it was written."""


def is_series(value: object) -> bool:
    """Whether a mapping holds one series: steps by period, or a start and a growth.

    >>> is_series({"2027Q1": "2 MW"}), is_series({"peak": "0.1 USD/kWh"})
    (True, False)
    """
    if not isinstance(value, dict) or not value:
        return False
    return "steps" in value or all(
        _STEP.match(str(name)) or name in ("start", "growth") for name in value
    )


def _number(value: object, unit: str, signed: bool, most: float = inf) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise PydanticCustomError(
            "DOC005", "a quantity such as '24 {unit}' belongs here", {"unit": unit}
        )
    try:
        number = convert(value, unit)
    except UnitError as error:
        code = "DOC008" if "finite" in str(error) else "DOC006"
        hint = f"this key takes {unit}" if unit else "this key takes a pure number"
        raise PydanticCustomError(code, "{why}", {"why": str(error), "hint": hint}) from error
    if number < 0 and not signed:
        raise PydanticCustomError("DOC007", "{value} is negative", {"value": str(value)})
    if number > most:
        hint = f"at most {most:g}; a percentage takes its sign, such as '99 %'"
        raise PydanticCustomError(
            "DOC007", "{value} is too much", {"value": str(value), "hint": hint}
        )
    return number


@dataclass(frozen=True)
class Amount:
    """Marks a scalar quantity; the float is in ``unit``."""

    unit: str
    signed: bool = False
    most: float = inf

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._parse, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": ["string", "number"], "x-canonical-unit": self.unit}

    def _parse(self, value: Any) -> float:
        return _number(value, self.unit, self.signed, self.most)


@dataclass(frozen=True)
class Series:
    """A quantity over time: steps that hold from their period on, grown by a yearly rate."""

    steps: tuple[tuple[str, float], ...]
    growth_per_year: float = 0.0
    unit: str = ""
    """Only for ANY_UNIT: the unit as written, not yet converted."""

    def over(self, timeline: Timeline) -> tuple[float, ...]:
        """One value per period; ValueError when the first period is before the first step."""
        values = []
        for period in timeline.periods:
            begun = [
                step for step in self.steps if not step[0] or start_of(step[0]) <= period.start
            ]
            if not begun:
                raise ValueError(
                    f"nothing is said of {period.label}: the first step is {self.steps[0][0]}"
                )
            growth = (1 + self.growth_per_year) ** (period.index * timeline.years)
            values.append(begun[-1][1] * growth)
        return tuple(values)


@dataclass(frozen=True)
class SeriesIn:
    """Marks a series; its floats are in ``unit``, or as written where that is ANY_UNIT."""

    unit: str
    signed: bool = False
    most: float = inf

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._parse,
            serialization=core_schema.plain_serializer_function_ser_schema(_plain),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": ["string", "number", "object"], "x-canonical-unit": self.unit}

    def _parse(self, value: Any) -> Series:
        if isinstance(value, Series):
            return value
        if isinstance(value, dict) and "steps" in value:
            steps = tuple((str(label), float(number)) for label, number in value["steps"])
            return Series(steps, value["growth_per_year"], value["unit"])
        unit = self.unit if self.unit != ANY_UNIT else _written_unit(value)
        written = "" if self.unit != ANY_UNIT else unit
        if not isinstance(value, dict):
            return Series((("", _number(value, unit, self.signed, self.most)),), unit=written)
        if "start" in value:
            if set(value) - {"start", "growth"}:
                hint = "a growing quantity has 'start' and 'growth' alone"
                raise PydanticCustomError("DOC003", "unknown key", {"hint": hint})
            growth = _number(value["growth"], "1/year", signed=True) if "growth" in value else 0.0
            if growth <= -1:
                raise PydanticCustomError(
                    "DOC007", "nothing can fall by {value}", {"value": str(value["growth"])}
                )
            first = _number(value["start"], unit, self.signed, self.most)
            return Series((("", first),), growth, written)
        if not value:
            raise PydanticCustomError("DOC004", "a series needs at least one step")
        return Series(self._ordered_steps(value, unit), unit=written)

    def _ordered_steps(self, value: dict[Any, Any], unit: str) -> tuple[tuple[str, float], ...]:
        steps = []
        for label, amount in value.items():
            try:
                start_of(str(label))
            except ValueError as error:
                raise PydanticCustomError("DOC009", "{why}", {"why": str(error)}) from error
            steps.append((str(label), _number(amount, unit, self.signed, self.most)))
        starts = [start_of(label) for label, _ in steps]
        if any(later <= earlier for earlier, later in pairwise(starts)):
            raise PydanticCustomError("SCN004", "the steps are not in order of time")
        return tuple(steps)


def _written_unit(value: Any) -> str:
    first = value
    if isinstance(value, dict):
        first = value.get("start", next(iter(value.values()), "0"))
    if isinstance(first, (int, float)):
        return ""
    try:
        return split(str(first))[1]
    except UnitError as error:
        raise PydanticCustomError("DOC006", "{why}", {"why": str(error)}) from error


def _plain(series: Series) -> dict[str, Any]:
    return {
        "steps": [list(step) for step in series.steps],
        "growth_per_year": series.growth_per_year,
        "unit": series.unit,
    }


def scaled(series: Series, canonical: str) -> Series:
    """An amount series in its canonical unit; UnitError where it has none or another dimension."""
    if not series.unit:
        raise UnitError(f"it needs a unit, such as '{series.steps[0][1]:g} {canonical}'")
    scale = factor(series.unit or "dimensionless", canonical)
    steps = tuple((label, value * scale) for label, value in series.steps)
    return Series(steps, series.growth_per_year)


def scaled_amount(written: str, canonical: str) -> float:
    """One amount as written, in its canonical unit; UnitError where it has none or another dimension.

    >>> scaled_amount("2 TB", "GB")
    2000.0
    """
    number, unit = split(written)
    if not unit:
        raise UnitError(f"it needs a unit, such as '{number:g} {canonical}'")
    return number * factor(unit, canonical)


Ratio = Annotated[float, Amount("")]
Share = Annotated[float, Amount("", most=1.0)]
PerYear = Annotated[float, Amount("1/year", signed=True)]
Kilowatts = Annotated[float, Amount("kW")]
Kilograms = Annotated[float, Amount("kg")]
TokenRate = Annotated[float, Amount("tok/s")]
DollarsPerYear = Annotated[float, Amount("USD/year")]
Milliseconds = Annotated[float, Amount("ms")]
Weeks = Annotated[float, Amount("week")]
Years = Annotated[float, Amount("year")]
Dollars = Annotated[float, Amount("USD")]
DollarsPerToken = Annotated[float, Amount("USD/tok")]
KilowattSeries = Annotated[Series, SeriesIn("kW")]
PureSeries = Annotated[Series, SeriesIn("")]
ShareSeries = Annotated[Series, SeriesIn("", most=1.0)]
DollarSeries = Annotated[Series, SeriesIn("USD")]
DemandChargeSeries = Annotated[Series, SeriesIn("USD/kW/month")]
GenerationCostSeries = Annotated[Series, SeriesIn("USD/kWh")]
TokenRateSeries = Annotated[Series, SeriesIn("tok/s")]
TariffSeries = Annotated[Series, SeriesIn("USD/kWh", signed=True)]
FacilityRateSeries = Annotated[Series, SeriesIn("USD/kW/year")]
CarbonSeries = Annotated[Series, SeriesIn("gCO2e/kWh")]
CarbonPriceSeries = Annotated[Series, SeriesIn("USD/gCO2e")]
AnyUnitSeries = Annotated[Series, SeriesIn(ANY_UNIT)]
