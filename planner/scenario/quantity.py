"""Quantities as people write them in a scenario: "24 MW", steps by period, or a start and a growth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from planner.quantities import UnitError, convert, factor, split
from planner.timeline import Timeline, start_of

ANY_UNIT = "*"
"""Unit of a series whose unit only the catalog knows, such as the amount of a supply pool."""


def _number(value: object, unit: str, signed: bool) -> float:
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
    return number


@dataclass(frozen=True)
class Amount:
    """Marks a scalar quantity; the float is in ``unit``."""

    unit: str
    signed: bool = False

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._parse, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": ["string", "number"], "x-canonical-unit": self.unit}

    def _parse(self, value: Any) -> float:
        return _number(value, self.unit, self.signed)


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
            return Series((("", _number(value, unit, self.signed)),), unit=written)
        if "start" in value:
            if set(value) - {"start", "growth"}:
                hint = "a growing quantity has 'start' and 'growth' alone"
                raise PydanticCustomError("DOC003", "unknown key", {"hint": hint})
            growth = _number(value["growth"], "1/year", signed=True) if "growth" in value else 0.0
            return Series((("", _number(value["start"], unit, self.signed)),), growth, written)
        if not value:
            raise PydanticCustomError("DOC004", "a series needs at least one step")
        return Series(_ordered_steps(value, unit, self.signed), unit=written)


def _written_unit(value: Any) -> str:
    first = next(iter(value.values()), "0") if isinstance(value, dict) else value
    try:
        return split(str(first))[1]
    except UnitError as error:
        raise PydanticCustomError("DOC006", "{why}", {"why": str(error)}) from error


def _ordered_steps(value: dict[Any, Any], unit: str, signed: bool) -> tuple[tuple[str, float], ...]:
    steps = []
    for label, amount in value.items():
        try:
            start_of(str(label))
        except ValueError as error:
            raise PydanticCustomError("DOC009", "{why}", {"why": str(error)}) from error
        steps.append((str(label), _number(amount, unit, signed)))
    starts = [start_of(label) for label, _ in steps]
    if starts != sorted(starts):
        raise PydanticCustomError("SCN004", "the steps are not in order of time")
    return tuple(steps)


def _plain(series: Series) -> dict[str, Any]:
    return {
        "steps": [list(step) for step in series.steps],
        "growth_per_year": series.growth_per_year,
        "unit": series.unit,
    }


def scaled(series: Series, canonical: str) -> Series:
    """An amount series in its pool's canonical unit; UnitError where the dimensions differ."""
    scale = factor(series.unit or "dimensionless", canonical)
    steps = tuple((label, value * scale) for label, value in series.steps)
    return Series(steps, series.growth_per_year)


Share = Annotated[float, Amount("")]
PerYear = Annotated[float, Amount("1/year", signed=True)]
Kilowatts = Annotated[float, Amount("kW")]
Milliseconds = Annotated[float, Amount("ms")]
Weeks = Annotated[float, Amount("week")]
Years = Annotated[float, Amount("year")]
Dollars = Annotated[float, Amount("USD")]
DollarsPerToken = Annotated[float, Amount("USD/tok")]
KilowattSeries = Annotated[Series, SeriesIn("kW")]
PureSeries = Annotated[Series, SeriesIn("")]
TokenRateSeries = Annotated[Series, SeriesIn("tok/s")]
TariffSeries = Annotated[Series, SeriesIn("USD/kWh", signed=True)]
FacilityRateSeries = Annotated[Series, SeriesIn("USD/kW/year")]
CarbonSeries = Annotated[Series, SeriesIn("gCO2e/kWh")]
CarbonPriceSeries = Annotated[Series, SeriesIn("USD/gCO2e")]
AnyUnitSeries = Annotated[Series, SeriesIn(ANY_UNIT)]
