"""A vendor's workbook filled in, and spoilt in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from planner.catalog.load import Catalog, load
from planner.review.quotes.quote import columns
from planner.review.quotes.template import HEADS, SHEET, template
from tests.support import TINY

DAY = date(2026, 12, 1)
FIRST = HEADS + 3
"""Row of the first quote, counted from 1: below the heads and the example."""
GOOD: dict[str, Any] = {
    "quote number": "A-17",
    "vendor": "acme",
    "system": "acme-fast",
    "contract": "own",
    "price": 380000,
    "currency": "USD",
    "per": "system",
    "quoted on": date(2026, 11, 20),
    "valid until": date(2027, 2, 19),
    "minimum": 8,
    "maximum": 200,
    "lead time": 26,
}
HEADED = ("quote number", "vendor", "system", "contract", "price", "currency", "per", "quoted on", "valid until", "minimum", "maximum", "lead time", "note")  # fmt: skip
"""Columns in the order of the template, so that A is the quote number."""


def catalog() -> Catalog:
    return load(TINY)


def cell_of(column: str, row: int = FIRST) -> str:
    """The address of a cell by the name of its column."""
    return f"{chr(ord('A') + HEADED.index(column))}{row}"


def filled(
    folder: Path,
    *rows: dict[str, Any],
    spoil: Callable[[Any], None] | None = None,
    name: str = "from-acme.xlsx",
    of: Catalog | None = None,
) -> Path:
    """The template with one row for each quote, then spoilt by a change to the workbook."""
    path = folder / name
    path.write_bytes(template(columns(of or catalog())))
    book = load_workbook(path)
    for number, row in enumerate(rows, start=FIRST):
        for column, value in row.items():
            book[SHEET][cell_of(column, number)] = value
    if spoil is not None:
        spoil(book)
    book.save(path)
    return path


@dataclass(frozen=True)
class Planted:
    """One fault in an otherwise good workbook: its code, and the cell that is named for it."""

    about: str
    code: str
    at: str
    spoil: Callable[[Any], None]
    says: str = ""

    def __str__(self) -> str:
        return self.about.replace(" ", "-")


def cell(column: str, value: Any, row: int = FIRST) -> Callable[[Any], None]:
    """Put a value into one cell of the sheet of quotes."""

    def put(book: Any) -> None:
        book[SHEET][cell_of(column, row)] = value

    return put
