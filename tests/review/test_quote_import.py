"""Vendors' workbooks: what is filled in well is read whole, every fault is named with its cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from planner.report.workbook.lint import lint
from planner.review.history import History
from planner.review.quotes.keep import all_quotes, keep, known_file, standing
from planner.review.quotes.quote import Quote, columns, from_data
from planner.review.quotes.read import read_quotes
from planner.review.quotes.template import HEADS, LISTS, SHEET, template
from tests.review.filled import DAY, FIRST, GOOD, HEADED, Planted, catalog, cell, cell_of, filled
from tests.support import loaded, problems

AT = f"from-acme.xlsx: {SHEET}!"


def rename_sheet(book: Any) -> None:
    book[SHEET].title = "Sheet1"


def no_heads(book: Any) -> None:
    book[SHEET].delete_rows(HEADS + 1)


def double_head(book: Any) -> None:
    book[SHEET].cell(HEADS + 1, len(HEADED) + 1).value = "price"


def lost_head(book: Any) -> None:
    book[SHEET][cell_of("valid until", HEADS + 1)] = None
    for row in (FIRST - 1, FIRST):
        book[SHEET][cell_of("valid until", row)] = None


def merged(book: Any) -> None:
    book[SHEET].merge_cells(f"{cell_of('price')}:{cell_of('price', FIRST + 2)}")


def emptied(book: Any) -> None:
    for column in HEADED:
        book[SHEET][cell_of(column)] = None


def twin(book: Any) -> None:
    for column, value in GOOD.items():
        book[SHEET][cell_of(column, FIRST + 1)] = value


def beside(book: Any) -> None:
    book[SHEET][f"P{FIRST}"] = "less 5 %"


FAULTS = [
    Planted("no sheet of quotes", "REV041", "", rename_sheet, "Sheet1"),
    Planted("the heads are gone", "REV042", "A1", no_heads, "quote number"),
    Planted("a head misspelt", "REV042", cell_of("price", HEADS + 1), cell("price", "prise", HEADS + 1), "did you mean 'price'"),
    Planted("a head twice", "REV042", f"N{HEADS + 1}", double_head, "twice"),
    Planted("a column gone", "REV042", "", lost_head, "valid until"),
    Planted("merged cells", "REV044", cell_of("price"), merged, "merged"),
    Planted("a formula for a price", "REV043", cell_of("price"), cell("price", "=400000*0.95"), "formula"),
    Planted("an error value", "REV043", cell_of("price"), cell("price", "#REF!"), "#REF!"),
    Planted("a price with its unit", "REV045", cell_of("price"), cell("price", "380,000 USD"), "the number alone"),
    Planted("yes for a price", "REV045", cell_of("price"), cell("price", True), "not a number"),
    Planted("no price", "REV046", cell_of("price"), cell("price", None), "is empty"),
    Planted("a negative price", "REV047", cell_of("price"), cell("price", -380000), "more than 0"),
    Planted("a negative lead time", "REV047", cell_of("lead time"), cell("lead time", -1), "at least 0"),
    Planted("a date either way", "REV048", cell_of("valid until"), cell("valid until", "03/04/27"), "2027-03-31"),
    Planted("a currency by its name", "REV049", cell_of("currency"), cell("currency", "dollars"), "known: USD"),
    Planted("a unit of sale unknown", "REV049", cell_of("per"), cell("per", "rack"), "system"),
    Planted("an unknown system", "REV050", cell_of("system"), cell("system", "acme-fats"), "did you mean 'acme-fast'"),
    Planted("an unknown vendor", "REV050", cell_of("vendor"), cell("vendor", "acmee"), "did you mean 'acme'"),
    Planted("an unknown contract", "REV050", cell_of("contract"), cell("contract", "owned"), "did you mean 'own'"),
    Planted("expired", "REV051", cell_of("valid until"), cell("valid until", date(2026, 11, 30)), "expired"),
    Planted("ends before it begins", "REV051", cell_of("valid until"), cell("valid until", date(2026, 11, 1)), "before the day"),
    Planted("dated tomorrow", "REV051", cell_of("quoted on"), cell("quoted on", date(2026, 12, 2)), "after"),
    Planted("least above most", "REV052", cell_of("maximum"), cell("maximum", 4), "at least 8"),
    Planted("a price by the hour of what is bought", "REV053", cell_of("per"), cell("per", "chip-hour"), "per system"),
    Planted("a system not named", "REV046", cell_of("system"), cell("system", None), "name the system"),
    Planted("euros without a rate", "REV057", cell_of("currency"), cell("currency", "EUR"), "exchange_rates"),
    Planted("a number twice", "REV054", cell_of("quote number", FIRST + 1), twin, "already"),
    Planted("nothing but the example", "REV055", "", emptied, "no quote"),
    Planted("the example typed over", "REV056", cell_of("price", FIRST - 1), cell("price", 361000, FIRST - 1), "number of its own"),
    Planted("a discount beside the table", "REV042", f"P{FIRST}", beside, "under no head"),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_every_fault_is_named_with_its_cell_and_only_it(fault: Planted, tmp_path: Path) -> None:
    """The same workbook without the fault is read (the twin below), so the one problem is the planted one."""
    path = filled(tmp_path, GOOD, spoil=fault.spoil)
    found = problems(read_quotes, path, catalog(), DAY)
    assert [problem.code for problem in found] == [fault.code]
    (problem,) = found
    assert problem.place.endswith(f"{AT}{fault.at}" if fault.at else path.name) or (
        not fault.at and problem.place == AT.rstrip("!")
    )
    assert fault.says in f"{problem.what} {problem.hint}"


def test_a_workbook_without_a_fault_is_read_as_it_was_filled(tmp_path: Path) -> None:
    (quote,) = read_quotes(filled(tmp_path, GOOD), catalog(), DAY)
    assert (quote.number, quote.vendor, quote.system, quote.contract) == ("A-17", "acme", "acme-fast", "own")  # fmt: skip
    assert (quote.price, quote.currency, quote.per, quote.price_usd) == (380000, "USD", "system", 380000)  # fmt: skip
    assert (quote.valid_until, quote.least, quote.most, quote.lead_weeks) == (date(2027, 2, 19), 8, 200, 26)  # fmt: skip
    assert from_data(quote.as_data()) == quote


def test_all_faults_of_a_workbook_are_told_at_once(tmp_path: Path) -> None:
    """Three rows, a fault in two of them and two in one: three problems, and nothing is read."""
    rows = [GOOD, {**GOOD, "quote number": "A-18", "price": "dear", "currency": "dollars"}, {**GOOD, "quote number": "A-19", "system": "acme-fats"}]  # fmt: skip
    found = problems(read_quotes, filled(tmp_path, *rows), catalog(), DAY)
    assert [problem.code for problem in found] == ["REV045", "REV049", "REV050"]
    assert [problem.place for problem in found] == [f"{AT}{cell_of('price', FIRST + 1)}", f"{AT}{cell_of('currency', FIRST + 1)}", f"{AT}{cell_of('system', FIRST + 2)}"]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 half a file"], ids=["empty", "pdf", "torn"])  # fmt: skip
def test_what_is_no_workbook_is_named(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "quote.xlsx"
    path.write_bytes(content)
    assert [p.code for p in problems(read_quotes, path, catalog(), DAY)] == ["REV040"]


def test_a_price_in_euros_is_turned_at_the_scenarios_rate(tmp_path: Path) -> None:
    """350,000 EUR at 1.10 USD are 385,000 USD; without the scenario the same cell is refused above."""
    rates = "exchange_rates: {EUR: {rate: 1.10 USD, as_of: 2026-11-20}}\nsites:\n"
    world = loaded(tmp_path, ("sites:\n", rates))
    path = filled(tmp_path, {**GOOD, "price": 350000, "currency": "EUR"})
    (quote,) = read_quotes(path, world.catalog, DAY, world.scenario)
    assert quote.price_usd == pytest.approx(385000)


def test_a_revision_needs_a_later_day(tmp_path: Path) -> None:
    """The same number a fortnight later replaces the old price; on the same day it is refused."""
    (old,) = read_quotes(filled(tmp_path, GOOD), catalog(), DAY)
    revised = {**GOOD, "price": 361000, "quoted on": date(2026, 11, 30)}
    (new,) = read_quotes(filled(tmp_path, revised), catalog(), DAY, known=[old])
    assert new.price == 361000
    again = filled(tmp_path, {**GOOD, "price": 361000})
    assert [p.code for p in problems(_read_known, again, old)] == ["REV054"]


def _read_known(path: Path, known: Quote) -> list[Quote]:
    return read_quotes(path, catalog(), DAY, known=[known])


def test_the_same_file_twice_adds_nothing(tmp_path: Path) -> None:
    history = History(tmp_path / "history")
    path = filled(tmp_path, GOOD)
    assert known_file(history, path) is None
    first = keep(history, path, read_quotes(path, catalog(), DAY), at=DAY)
    assert known_file(history, path) == first
    assert keep(history, path, read_quotes(path, catalog(), DAY), at=DAY) == first
    assert len(history.entries()) == 1
    (attachment,) = first.attachments
    assert history.attachment(attachment).read_bytes() == path.read_bytes()
    assert history.verify() == []


def test_a_later_quote_of_the_same_number_takes_the_place_of_the_first(tmp_path: Path) -> None:
    history = History(tmp_path / "history")
    for price, day in ((380000, date(2026, 11, 20)), (361000, date(2026, 11, 30))):
        path = filled(tmp_path, {**GOOD, "price": price, "quoted on": day}, name=f"{price}.xlsx")
        known = [one.quote for one in all_quotes(history.entries())]
        keep(history, path, read_quotes(path, catalog(), DAY, known=known), at=DAY)
    kept = all_quotes(history.entries())
    assert [one.quote.price for one in kept] == [380000, 361000]
    assert [one.quote.price for one in standing(kept, DAY)] == [361000]
    assert [one.quote.price for one in standing(kept, date(2026, 11, 25))] == [380000]
    assert standing(kept, date(2027, 2, 20)) == []


def test_the_template_is_typed_and_notes_every_unit(tmp_path: Path) -> None:
    """The reader's own columns stand there, each with a note, a rule where it has one, and a list of known words."""
    path = tmp_path / "for-acme.xlsx"
    path.write_bytes(template(columns(catalog())))
    page = load_workbook(path)[SHEET]
    heads = {cell.value: cell for cell in page[HEADS + 1]}
    assert tuple(heads) == HEADED
    assert all(cell.comment is not None for cell in heads.values())
    assert "Unit: weeks" in heads["lead time"].comment.text
    rules = {
        str(rule.sqref).partition(":")[0]: rule for rule in page.data_validations.dataValidation
    }
    assert rules[cell_of("system")].type == "list"
    assert LISTS in rules[cell_of("system")].formula1
    assert rules[cell_of("valid until")].type == "date"
    assert rules[cell_of("price")].type == "decimal"
    assert page[cell_of("valid until")].number_format == "yyyy-mm-dd"
    assert lint(path) == []


def test_the_template_is_the_same_bytes_for_the_same_catalog() -> None:
    assert template(columns(catalog())) == template(columns(catalog()))
