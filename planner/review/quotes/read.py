"""Read a vendor's workbook: every quote typed, or every problem with the address of its cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from planner.catalog.load import Catalog
from planner.errors import InvalidData, Problem
from planner.review.cells import Grid, Row, read_sheet
from planner.review.columns import Column, read_rows
from planner.review.quotes.quote import DOLLAR, EXAMPLE, PER, Quote, columns
from planner.review.quotes.template import SHEET
from planner.scenario.schema import Scenario


def read_quotes(
    path: Path,
    catalog: Catalog,
    on: date,
    scenario: Scenario | None = None,
    known: Collection[Quote] = (),
) -> list[Quote]:
    """The quotes of a workbook, as they stand on a day.

    scenario: whose exchange rates and suppliers count. known: quotes that are kept already. Raises
    InvalidData with every problem: REV040 to REV042 and REV044 for the sheet as a whole, REV043 and
    REV045 to REV050 for single cells, REV051 to REV056 for what does not go together.
    """
    cards = columns(catalog, scenario)
    grid = read_sheet(path, SHEET, [column.name for column in cards])
    example, rest = _without_example(grid, cards)
    reading = read_rows(rest, cards)
    problems = [*example, *reading.problems]
    quotes: list[Quote] = []
    for row, values in reading.rows:
        found = [
            *_sense(row, values, catalog),
            *_dates(row, values, on),
            *_money(row, values, scenario),
        ]
        quote = None if found else _quote(values, scenario)
        if quote is not None:
            found += _again(row, quote, [*known, *quotes])
            quotes.append(quote)
        problems += found
    if not grid.rows or (not rest.rows and not problems):
        what = "holds no quote: the example is not read"
        problems.append(Problem("REV055", grid.place, "", what, "write below the example"))
    if problems:
        raise InvalidData(problems)
    return quotes


def _without_example(grid: Grid, cards: Sequence[Column]) -> tuple[list[Problem], Grid]:
    """The rows without the template's example, and what is wrong where somebody typed over it."""
    problems, kept = [], []
    for row in grid.rows:
        number = row.cells[cards[0].name].value if cards[0].name in row.cells else None
        if not str(number or "").startswith(EXAMPLE):
            kept.append(row)
            continue
        for column in (card for card in cards if card.name in grid.heads):
            cell = row.cells.get(column.name)
            value = cell.value if cell and not cell.empty else None
            written = value.date() if isinstance(value, datetime) else value
            if written != column.example:
                what = f"the example row says {written!r} here, where the template says {column.example!r}"  # fmt: skip
                hint = f"a quote has a number of its own: replace {number}"
                problems.append(row.problem("REV056", column.name, what, hint))
    return problems, Grid(grid.name, grid.place, grid.heads, tuple(kept))


def _sense(row: Row, values: dict[str, Any], catalog: Catalog) -> Iterator[Problem]:
    per, contract = values["per"], values["contract"]
    if per != "Mtok" and values["system"] is None:
        what = f"is empty, and a price per {per} is of a system"
        yield row.problem("REV046", "system", what, "name the system")
    if contract is not None:
        terms = catalog.contracts[contract].terms
        assert terms is not None
        if terms.ownership not in PER[per]:
            right = next(word for word, kinds in PER.items() if terms.ownership in kinds)
            what = f"says {per}, and under '{contract}' a price is per {right}"
            yield row.problem("REV053", "per", what, "correct the unit, or the contract")
    least, most = values["minimum"], values["maximum"]
    if least is not None and most is not None and least > most:
        what = f"at least {least:g} and at most {most:g} systems cannot both hold"
        yield row.problem("REV052", "maximum", what)


def _dates(row: Row, values: dict[str, Any], on: date) -> Iterator[Problem]:
    quoted, until = values["quoted on"], values["valid until"]
    if until < quoted:
        what = f"it is valid until {until}, before the day it was quoted, {quoted}"
        yield row.problem("REV051", "valid until", what)
    elif until < on:
        what = f"it expired on {until}, before {on}"
        yield row.problem("REV051", "valid until", what, "ask for a new one")
    elif quoted > on:
        what = f"it is dated {quoted}, after {on}"
        yield row.problem("REV051", "quoted on", what, "give the day on which it was quoted")


def _money(row: Row, values: dict[str, Any], scenario: Scenario | None) -> Iterator[Problem]:
    currency = values["currency"]
    if currency != DOLLAR and (scenario is None or currency not in scenario.exchange_rates):
        what = f"the price is in {currency}, and no rate says what that is in USD"
        hint = f"name a scenario whose exchange_rates hold {currency}"
        yield row.problem("REV057", "currency", what, hint)


def _quote(values: dict[str, Any], scenario: Scenario | None) -> Quote:
    currency = values["currency"]
    rate = 1.0
    if currency != DOLLAR:
        assert scenario is not None
        rate = scenario.exchange_rates[currency].rate
    return Quote(
        number=values["quote number"],
        vendor=values["vendor"],
        system=values["system"] or "",
        contract=values["contract"] or "",
        price=values["price"],
        currency=currency,
        per=values["per"],
        usd_per_unit=rate,
        quoted_on=values["quoted on"],
        valid_until=values["valid until"],
        least=values["minimum"],
        most=values["maximum"],
        lead_weeks=values["lead time"],
        note=values["note"] or "",
    )


def _again(row: Row, quote: Quote, known: Sequence[Quote]) -> list[Problem]:
    """A number that its vendor has used already; a quote of a later day may take its place."""
    for other in known:
        same = (other.vendor, other.number) == (quote.vendor, quote.number)
        if same and quote.quoted_on <= other.quoted_on:
            what = f"{quote.vendor} has quoted under '{quote.number}' already, on {other.quoted_on}"
            hint = "a revision bears a later day, another quote another number"
            return [row.problem("REV054", "quote number", what, hint)]
    return []
