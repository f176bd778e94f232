"""A fact is one sourced, dated statement; a figure is the history of one quantity.

Facts are appended, never overwritten. Which of several facts a plan uses is a written rule:
facts dated after the as-of date are not seen; rejected facts are never used; the better quality
wins, and among equals the newer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from planner.quantities import NOT_DISCLOSED, UnitError, split
from planner.timeline import first_day

Quality = Literal[
    "user", "measured", "third party", "vendor", "analyst", "press", "recalled", "assumption"
]
QUALITIES: tuple[Quality, ...] = get_args(Quality)
"""Best first; ``analyst`` covers our own arithmetic on other facts, marked DERIVED in its note."""

EvidenceTier = Literal["measured", "interpolated", "calibrated", "claimed", "assumed"]
TIERS: tuple[EvidenceTier, ...] = get_args(EvidenceTier)
_TIER_OF_QUALITY: dict[str, EvidenceTier] = {
    "user": "measured",
    "measured": "measured",
    "third party": "measured",
    "vendor": "claimed",
}


def weakest(*tiers: EvidenceTier) -> EvidenceTier:
    """The weakest of several evidence tiers.

    >>> weakest("measured", "claimed")
    'claimed'
    """
    return max(tiers, key=TIERS.index)


class Strict(BaseModel):
    """Base of every entity: frozen, unknown keys refused, docstrings become the schema."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )


class Fact(Strict):
    """One statement about one quantity, by somebody, on some day."""

    value: float | str
    """The number in ``unit``; a word for text; ``not disclosed`` where it is not public."""
    unit: str = ""
    """Unit of value, low and high; absent for text, dates and pure numbers."""
    low: float | None = None
    """Low end of the stated range."""
    high: float | None = None
    """High end of the stated range."""
    as_of: str
    """The day, month, quarter, half or year the fact speaks of."""
    quality: Quality
    """Who says so, best first: user, measured, third party, vendor, analyst, press, recalled, assumption."""
    source: str
    """Id of an entry in sources.yaml."""
    note: str = ""
    """What the reader must know to use the figure rightly."""
    rejected: str = ""
    """Why this fact is kept for the audit but never used."""
    review_by: str = ""
    """The day after which the fact is stale; without it, one year after as_of."""
    label: str = ""
    """Which of several parallel figures this is, such as the cloud that posts a price."""

    @field_validator("as_of", "review_by", mode="before")
    @classmethod
    def _is_a_date(cls, value: object) -> str:
        text = str(value)
        if text:
            try:
                first_day(text)
            except ValueError as error:
                raise PydanticCustomError("DOC009", "{why}", {"why": str(error)}) from error
        return text

    @field_validator("value", "low", "high", mode="before")
    @classmethod
    def _is_finite(cls, value: object) -> object:
        if isinstance(value, float) and not math.isfinite(value):
            raise PydanticCustomError("DOC008", "the figure is not a finite number")
        return value

    @model_validator(mode="after")
    def _ends_in_order(self) -> Fact:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise PydanticCustomError("DOC005", "the low end is above the high end")
        return self

    @property
    def day(self) -> date:
        """First day the fact can speak of."""
        return first_day(self.as_of)

    @property
    def disclosed(self) -> bool:
        return self.value != NOT_DISCLOSED

    @property
    def number(self) -> float:
        """The value as a number; TypeError for text."""
        if isinstance(self.value, str):
            raise TypeError(f"'{self.value}' is text, not a number")
        return self.value

    @property
    def tier(self) -> EvidenceTier:
        """Evidence tier of a result that rests on this fact alone."""
        return _TIER_OF_QUALITY.get(self.quality, "assumed")


SCENARIO = "scenario"
"""Source id of facts that a scenario supplied."""


class Figure(RootModel[tuple[Fact, ...]]):
    """Every fact known about one quantity, in its canonical unit."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: object, info: ValidationInfo) -> object:
        """Where the context names an as-of date, a scenario is read: a bare figure is its assumption."""
        as_of = (info.context or {}).get("as_of")
        if as_of is None or isinstance(value, bool) or not isinstance(value, int | float | str):
            return value
        number, unit = _split(value)
        fact = {"value": number, "unit": unit, "as_of": as_of}
        return ({**fact, "quality": "assumption", "source": SCENARIO},)

    def __iter__(self) -> Iterator[Fact]:  # type: ignore[override]
        return iter(self.root)

    def at(self, as_of: date, label: str | None = None) -> Fact | None:
        """The fact a plan made on ``as_of`` uses, or None where nothing usable is public.

        label: only facts that bear this label.
        """
        seen = [
            fact
            for fact in self.root
            if fact.disclosed
            and not fact.rejected
            and fact.day <= as_of
            and (label is None or fact.label == label)
        ]
        if not seen:
            return None
        return min(seen, key=lambda fact: (QUALITIES.index(fact.quality), -fact.day.toordinal()))

    def value(self, as_of: date, label: str | None = None) -> float | None:
        """The number of the fact in use; None where nothing usable is public."""
        fact = self.at(as_of, label)
        return None if fact is None else fact.number


def _split(value: float | str) -> tuple[float | str, str]:
    """A figure as a person writes it: a number with its unit, a date or a word."""
    if not isinstance(value, str):
        return value, ""
    try:
        first_day(value)
    except ValueError:
        try:
            return split(value)
        except UnitError:
            pass
    return value, ""


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""Kebab case: small letters, digits and single dashes."""
