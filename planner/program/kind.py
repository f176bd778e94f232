"""What a kind of column is: a card that names it, and where its money stands in the ledger."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from planner.program.space import Space


@dataclass(frozen=True)
class Kind:
    """One kind of column.

    index: its members, comma-separated. unit and meaning: as in docs/mathematics.md.
    subject, site, cohort: places in the index of what the ledger books it under (offer,
    configuration, workload or pool; site; delivery period); None where it has none.
    """

    name: str
    index: str
    unit: str
    meaning: str
    subject: int = 0
    site: int | None = None
    cohort: int | None = None


Adder = Callable[[Space], None]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of column by name; one file in ``columns/`` per subject."""
    return {card.name: card for cards, _ in _subjects() for card in cards}


def adders() -> tuple[Adder, ...]:
    """What adds the columns of each subject, in order of file name."""
    return tuple(add for _, add in _subjects())


@cache
def _subjects() -> tuple[tuple[tuple[Kind, ...], Adder], ...]:
    from planner.program import columns

    found = []
    for module_info in sorted(pkgutil.iter_modules(columns.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{columns.__name__}.{module_info.name}")
        found.append((module.KINDS, module.add))
    return tuple(found)
