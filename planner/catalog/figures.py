"""Figures in their canonical units: the kinds of quantity that entities are written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from planner.catalog.fact import Fact, Figure
from planner.quantities import NOT_DISCLOSED, UnitError, factor
from planner.timeline import first_day


@dataclass(frozen=True)
class InUnit:
    """Marks a figure's canonical unit; facts are converted to it as they are read."""

    unit: str
    signed: bool = False

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.convert, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "x-canonical-unit": self.unit}

    def convert(self, figure: Figure) -> Figure:
        return Figure(tuple(self._canonical(fact, at) for at, fact in enumerate(figure.root)))

    def _canonical(self, fact: Fact, at: int) -> Fact:
        if not fact.disclosed:
            return fact
        if isinstance(fact.value, str):
            hint = f"write a number with its unit, or '{NOT_DISCLOSED}'"
            raise PydanticCustomError(
                "DOC005", "'{value}' is not a number", {"value": fact.value, "hint": hint, "at": at}
            )
        try:
            scale = factor(fact.unit or "dimensionless", self.unit or "dimensionless")
        except UnitError as error:
            hint = f"this figure is kept in {self.unit or 'no unit'}"
            raise PydanticCustomError(
                "DOC006", "{why}", {"why": str(error), "hint": hint, "at": at}
            ) from error
        numbers = {
            name: number * scale
            for name in ("value", "low", "high")
            if (number := getattr(fact, name)) is not None
        }
        if not self.signed and min(numbers.values()) < 0:
            raise PydanticCustomError("DOC007", "the figure is negative", {"at": at})
        return fact.model_copy(update={**numbers, "unit": self.unit})


def _only_dates(figure: Figure) -> Figure:
    return Figure(tuple(_dated(fact, at) for at, fact in enumerate(figure.root)))


def _dated(fact: Fact, at: int) -> Fact:
    if not fact.disclosed:
        return fact
    text = fact.value if isinstance(fact.value, str) else f"{fact.value:g}"
    try:
        first_day(text)
    except ValueError as error:
        raise PydanticCustomError("DOC009", "{why}", {"why": str(error), "at": at}) from error
    return fact.model_copy(update={"value": text})


Number = Annotated[Figure, InUnit("")]
Percent = Annotated[Figure, InUnit("", signed=True)]
Gigabytes = Annotated[Figure, InUnit("GB")]
GigabytesPerSecond = Annotated[Figure, InUnit("GB/s")]
TerabytesPerSecond = Annotated[Figure, InUnit("TB/s")]
Teraflops = Annotated[Figure, InUnit("TFLOPS")]
Kilowatts = Annotated[Figure, InUnit("kW")]
Watts = Annotated[Figure, InUnit("W")]
Kilograms = Annotated[Figure, InUnit("kg")]
Dollars = Annotated[Figure, InUnit("USD")]
DollarsPerChipHour = Annotated[Figure, InUnit("USD/chip/h")]
TokensPerSecond = Annotated[Figure, InUnit("tok/s")]
Weeks = Annotated[Figure, InUnit("week")]
Years = Annotated[Figure, InUnit("year")]
SharePerYear = Annotated[Figure, InUnit("1/year", signed=True)]
Day = Annotated[Figure, AfterValidator(_only_dates)]
Text = Figure
