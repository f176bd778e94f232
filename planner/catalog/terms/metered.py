"""Metered tokens: a model served by somebody else, paid by the million tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from planner.catalog.fact import EvidenceTier, Figure, Strict
from planner.catalog.figures import InUnit, TokensPerSecond
from planner.catalog.term import Clash, Ownership, Reading, Term

if TYPE_CHECKING:
    from planner.catalog.contract import Terms

TokenPrice = Annotated[Figure, InUnit("USD/tok")]


class ModelPrice(Strict):
    """What the tokens of one model cost."""

    model: str
    """Id of the model."""
    output: TokenPrice
    """Per token generated, such as 0.9 USD/Mtok."""
    input: TokenPrice | None = None
    """Per token of the prompt; absent: prompts are in the price of what is generated."""
    meets_slo: bool
    """Whether the seller keeps the workloads' latency limits; without it only deferrable work is sent."""


class Metered(Term):
    """Tokens by the million, of models that somebody else serves."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("meter",)

    prices: tuple[ModelPrice, ...] = Field(min_length=1)
    """One price for each model sold."""
    capacity: TokensPerSecond | None = None
    """Most output tokens per second, all models together; absent: as much as is asked for."""

    def resolve(self, reading: Reading) -> TokensSold:
        sold = {}
        for price in self.prices:
            before = len(reading.tiers)
            output = reading.number(price.output, f"price of {price.model} tokens")
            prompt = reading.number_or(price.input, f"price of {price.model} prompts", 0.0)
            tiers = tuple(reading.tiers[before:])
            fact = price.output.at(reading.timeline.as_of)
            source = fact.source if fact else ""
            sold[price.model] = Sold(output, prompt, price.meets_slo, tiers, source)
        capacity = None if self.capacity is None else reading.number(self.capacity, "capacity")
        return TokensSold(sold, capacity)

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        names = Counter(price.model for price in self.prices)
        for index, price in enumerate(self.prices):
            if names[price.model] > 1:
                what = f"the model '{price.model}' has more than one price"
                yield Clash("CAT008", ("prices", index, "model"), what)
        if "commitment" in terms.typed and len(self.prices) > 1:
            what = "tokens committed to need one price, so one model"
            yield Clash("CAT006", ("prices",), what)

    def names(self) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
        for index, price in enumerate(self.prices):
            yield ("prices", index, "model"), "models", price.model


@dataclass(frozen=True)
class Sold:
    """Prices of one model (USD per token), whether latency limits are kept, and on what they rest.

    tiers: of every price; source: id of the output price's source.
    """

    output_usd: float
    prompt_usd: float
    meets_slo: bool
    tiers: tuple[EvidenceTier, ...]
    source: str


@dataclass(frozen=True)
class TokensSold:
    """Metered tokens as plain numbers: by model, and the most output tokens per second of all."""

    models: dict[str, Sold]
    capacity_tok_per_s: float | None


TERM = Metered
