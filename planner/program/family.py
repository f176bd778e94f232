"""What a row family is: a card that names it and a generator of its rows."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from planner.program.space import Space

Sense = Literal["<=", "=", ">="]
Terms = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Row:
    """One constraint: Σ coefficient · column, sense, right-hand side."""

    family: str
    key: tuple[Any, ...]
    terms: Terms
    sense: Sense
    rhs: float

    @property
    def name(self) -> str:
        parts = ".".join(str(part).replace("-", "_").replace("@", ".") for part in self.key)
        return f"{self.family}.{parts}".replace("._1", ".any")


@dataclass(frozen=True)
class Family:
    """A subject of rows.

    index: what its rows run over. unit: of the row. dual: of its shadow price.
    equation: as it stands in docs/mathematics.md. why: what would go wrong without it.
    scarcity: what the row limits, for sentences on its price; {0} subject, {1} when. minimum: what
    its rows that ask for at least so much ask. short: what is missing where no plan exists. alternatives: whether its
    rows are alternatives to each other, so that their prices do not add up.
    scale: user units in one row unit, and their name, for sentences.
    relaxable: whether the elastic diagnosis may stretch it.
    """

    name: str
    index: str
    unit: str
    dual: str
    equation: str
    why: str
    scarcity: str = ""
    minimum: str = ""
    short: str = ""
    alternatives: bool = False
    scale: float = 1.0
    user_unit: str = ""
    relaxable: bool = False


Generator = Callable[[Space], Iterator[Row]]


@cache
def families() -> tuple[tuple[Family, Generator], ...]:
    """Every family with its generator, in order of name; one file in ``rows/`` each."""
    from planner.program import rows

    found = []
    for module_info in pkgutil.iter_modules(rows.__path__):
        module = importlib.import_module(f"{rows.__name__}.{module_info.name}")
        found.append((module.FAMILY, module.rows))
    return tuple(sorted(found, key=lambda pair: pair[0].name))


def family(name: str) -> Family:
    """The card of one family; KeyError where there is none."""
    return {card.name: card for card, _ in families()}[name]
