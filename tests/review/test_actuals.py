"""Files of actuals: read whole as facts, or refused whole with every fault and its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.errors import UnknownName
from planner.review.actuals import KINDS
from planner.review.actuals.kind import Fact
from planner.review.actuals.read import facts_in, keep, known_file, read_actuals
from planner.review.history import History
from tests.cli.command import called
from tests.review.happened import (
    DAY,
    DELIVERED,
    GOOD,
    INVOICE,
    MEMORY,
    ORDER,
    PRICE,
    SERVED,
    SIGNED,
    SLIP,
    SPEED,
    book,
    table,
    world,
)
from tests.support import GOOD as SMALL
from tests.support import edited, problems, written


def test_every_kind_has_a_good_row_here() -> None:
    assert set(GOOD) == set(KINDS)


@pytest.mark.parametrize("kind", GOOD)
def test_a_kind_is_told_from_its_heads_and_read_from_csv_and_workbook_alike(
    kind: str, tmp_path: Path
) -> None:
    from_csv = read_actuals(table(tmp_path, GOOD[kind]), world(tmp_path))
    from_book = read_actuals(book(tmp_path, {kind: [GOOD[kind]]}), world(tmp_path))
    assert [fact.kind for fact in from_csv] == [kind]
    assert from_csv == from_book
    assert facts_in([]) == []


FAULTS: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("a cohort nobody knows", "REV061", "cohort", {**DELIVERED, "cohort": "frist"}, "did you mean 'first'"),
    ("a slip of one nobody knows", "REV061", "cohort", {**SLIP, "cohort": "third"}, "third"),
    ("a bill for one nobody knows", "REV061", "ResourceId", {**INVOICE, "ResourceId": "third"}, "record its order"),
    ("more than were ordered", "REV063", "systems", {**DELIVERED, "systems": 9}, "8 were ordered"),
    ("delivered tomorrow", "REV065", "delivered", {**DELIVERED, "delivered": "2027-04-03"}, "2027-04-02"),
    ("a period not over", "REV065", "period", {**SERVED, "period": "2027Q2"}, "not over"),
    ("a period unknown", "REV066", "period", {**SERVED, "period": "2026Q4"}, "2027Q1 to 2027Q4"),
    ("more served than asked", "REV066", "served", {**SERVED, "served": 120000}, "more than"),
    ("a bill in euros", "REV057", "BillingCurrency", {**INVOICE, "BillingCurrency": "EUR"}, "no rate"),
    ("a price in euros", "REV057", "currency", {**PRICE, "currency": "EUR"}, "no rate"),
    ("a category of no specification", "REV049", "ChargeCategory", {**INVOICE, "ChargeCategory": "Fee"}, "Usage"),
    ("a charge below zero", "REV047", "BilledCost", {**INVOICE, "BilledCost": -5}, "Credit"),
    ("a price by the hour of what is bought", "REV053", "per", {**PRICE, "per": "chip-hour"}, "per system"),
    ("memory in megawatts", "REV053", "unit", {**MEMORY, "unit": "MW"}, "GB"),
    ("a pool unknown", "REV050", "pool", {**MEMORY, "pool": "hbm4"}, "hbm3e"),
    ("an offer unknown", "REV050", "offer", {**ORDER, "offer": "fast-by"}, "did you mean 'fast-buy'"),
    ("an order by the hour", "REV066", "offer", {**ORDER, "offer": "fast-rent", "site": "cloud"}, "by the hour"),
    ("an order where it is not open", "REV066", "site", {**ORDER, "site": "cloud"}, "not open"),
    ("a cohort twice", "REV064", "cohort", {**ORDER, "cohort": "first"}, "already"),
    ("a name with spaces", "REV049", "cohort", {**ORDER, "cohort": "The Second"}, "kebab"),
    ("more paid than the price", "REV066", "paid", {**ORDER, "paid": 1.6e6}, "1,520,000"),
    ("a new day that is over", "REV066", "new delivery", {**SLIP, "new delivery": "2027-01"}, "was over"),
    ("a precision not accepted", "REV066", "precision", {**SPEED, "precision": "int4"}, "accepted"),
    ("no number", "REV045", "measured", {**SPEED, "measured": "fast"}, "not a number"),
    ("no date", "REV048", "told on", {**MEMORY, "told on": "10/03/27"}, "2027-03-31"),
    ("an empty cell", "REV046", "amount", {**MEMORY, "amount": ""}, "missing is not zero"),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault[0]).replace(" ", "-"))
def test_every_fault_is_named_with_its_line_and_column(
    fault: tuple[str, str, str, dict[str, Any], str], tmp_path: Path
) -> None:
    """The same row without the fault is read above; the faulty one stands on line 2 of its file."""
    _, code, column, row, says = fault
    (problem,) = problems(read_actuals, table(tmp_path, row), world(tmp_path))
    assert (problem.code, problem.key, problem.place) == (code, column, "actuals.csv:2")
    assert says in f"{problem.what} {problem.hint}"


def test_a_file_with_one_bad_row_of_three_gives_nothing_and_names_all(tmp_path: Path) -> None:
    rows = [DELIVERED, {**DELIVERED, "cohort": "frist"}, {**DELIVERED, "delivered": "soon"}]
    found = problems(read_actuals, table(tmp_path, *rows), world(tmp_path))
    assert [(p.code, p.place) for p in found] == [("REV061", "actuals.csv:3"), ("REV048", "actuals.csv:4")]  # fmt: skip


def test_a_cell_of_a_workbook_is_named_by_its_address(tmp_path: Path) -> None:
    rows = [DELIVERED, {**DELIVERED, "systems": "=1+1"}]
    (problem,) = problems(read_actuals, book(tmp_path, {"delivered": rows}), world(tmp_path))
    assert (problem.code, problem.place) == ("REV043", "actuals.xlsx: delivered!B3")


def test_an_invoice_comes_in_once(tmp_path: Path) -> None:
    """R-77 of Acme is known from entry 3; the same number of another issuer is another invoice."""
    told = Fact("invoices", date(2026, 12, 1), {"issuer": "Acme", "invoice": "R-77"}, 3)
    (problem,) = problems(read_actuals, table(tmp_path, INVOICE), world(tmp_path, told))
    assert (problem.code, "#3" in problem.what) == ("REV062", True)
    other = {**INVOICE, "InvoiceIssuerName": "Bolt"}
    assert len(read_actuals(table(tmp_path, other), world(tmp_path, told))) == 1


def test_an_invoice_has_many_charges_but_none_twice(tmp_path: Path) -> None:
    charges = [{**INVOICE, "BilledCost": cost} for cost in (500000, 300000)]
    assert len(read_actuals(table(tmp_path, *charges), world(tmp_path))) == 2
    (problem,) = problems(read_actuals, table(tmp_path, *charges, charges[0]), world(tmp_path))
    assert (problem.code, problem.place) == ("REV062", "actuals.csv:4")


def test_a_credit_and_a_correction_may_be_below_zero(tmp_path: Path) -> None:
    credit = {**INVOICE, "BilledCost": -5000, "ChargeCategory": "Credit", "ChargeClass": ""}
    fixed = {**INVOICE, "BilledCost": -7000, "ChargeClass": "Correction"}
    facts = read_actuals(table(tmp_path, credit, fixed), world(tmp_path))
    assert [fact.values["billed_usd"] for fact in facts] == [-5000, -7000]


def test_a_bill_may_hold_every_other_column_of_the_specification(tmp_path: Path) -> None:
    row = {**INVOICE, "ServiceName": "Systems", "EffectiveCost": 800000, "x_team": "chat"}
    assert len(read_actuals(table(tmp_path, row), world(tmp_path))) == 1
    found = problems(read_actuals, table(tmp_path, {**DELIVERED, "colour": "red"}), world(tmp_path), "delivered")  # fmt: skip
    assert [p.code for p in found] == ["REV042"]


def test_a_bill_in_euros_is_turned_at_the_scenarios_rate(tmp_path: Path) -> None:
    """1,000 EUR at 1.10 USD are 1,100 USD."""
    rates = "exchange_rates: {EUR: {rate: 1.10 USD, as_of: 2026-11-20}}\nsites:\n"
    told = called("review", "actuals", table(tmp_path, {**INVOICE, "BilledCost": 1000, "BillingCurrency": "EUR"}), "--scenario", written(tmp_path, edited(SMALL, ("pools:\n", SIGNED), ("sites:\n", rates))), "--today", "2027-04-02", "--out", tmp_path / "r", "--json")  # fmt: skip
    (fact,) = told.json["facts"]
    assert fact["billed_usd"] == pytest.approx(1100)


def test_an_order_is_known_to_the_other_sheets_of_its_workbook(tmp_path: Path) -> None:
    """The sheet of deliveries stands first and names the cohort that the sheet of orders begins."""
    came = {**DELIVERED, "cohort": "second", "systems": 4}
    facts = read_actuals(book(tmp_path, {"delivered": [came], "orders": [ORDER]}), world(tmp_path))
    assert [fact.kind for fact in facts] == ["orders", "delivered"]
    (problem,) = problems(read_actuals, table(tmp_path, came), world(tmp_path))
    assert problem.code == "REV061"


def test_deliveries_add_up_over_files(tmp_path: Path) -> None:
    five = Fact("delivered", date(2027, 3, 1), {"cohort": "first", "systems": 5}, 1)
    three = {**DELIVERED, "systems": 3}
    assert len(read_actuals(table(tmp_path, three), world(tmp_path, five))) == 1
    (problem,) = problems(read_actuals, table(tmp_path, {**three, "systems": 4}), world(tmp_path, five))  # fmt: skip
    assert problem.code == "REV063"


def test_what_was_served_is_kept_beside_its_forecast_and_how_far_ahead_it_was(
    tmp_path: Path,
) -> None:
    """Demand starts at 100 ktok/s; the middle of 2027Q1, 15 February, is 87 days after 20 November 2026: 0.238 years."""
    (fact,) = read_actuals(table(tmp_path, SERVED), world(tmp_path))
    assert fact.day == date(2027, 4, 1)
    assert fact.values["forecast_tok_per_s"] == pytest.approx(100_000)
    assert fact.values["ahead_years"] == pytest.approx(87 / 365.25)


def test_a_speed_is_kept_beside_the_one_planned_with_its_vendor_and_evidence(
    tmp_path: Path,
) -> None:
    """20,000 tok/s of eight chips are 2,500 a chip; a user waits 50 ms for a token, so sees 20 a second."""
    (fact,) = read_actuals(table(tmp_path, SPEED), world(tmp_path))
    assert fact.values["tok_per_s_per_chip"] == 2500
    assert fact.values["tok_per_s_per_user"] == pytest.approx(20)
    assert (fact.values["vendor"], fact.values["planned_tier"]) == ("acme", "calibrated")
    assert fact.values["planned_tok_per_s_per_chip"] > 0


def test_memory_is_kept_in_the_unit_of_its_pool_beside_what_was_expected(tmp_path: Path) -> None:
    """40 TB came where the scenario expects 60 in every quarter."""
    (fact,) = read_actuals(table(tmp_path, MEMORY), world(tmp_path))
    assert (fact.values["amount"], fact.values["expected"], fact.values["unit"]) == (40_000, 60_000, "GB")  # fmt: skip


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"], ids=["empty", "strange"])
def test_a_file_of_no_kind_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "what.csv"
    path.write_text(text)
    (problem,) = problems(read_actuals, path, world(tmp_path))
    assert problem.code == "REV060"
    assert "delivered" in problem.hint


def test_a_workbook_without_a_sheet_of_a_kind_is_named(tmp_path: Path) -> None:
    (problem,) = problems(read_actuals, book(tmp_path, {"Sheet1": [DELIVERED]}), world(tmp_path))
    assert (problem.code, "Sheet1" in problem.what) == ("REV060", True)


def test_a_kind_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownName):
        read_actuals(table(tmp_path, DELIVERED), world(tmp_path), "arrived")


def test_heads_without_rows_are_named(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("cohort,systems,delivered\n")
    (problem,) = problems(read_actuals, path, world(tmp_path))
    assert problem.code == "REV055"


def test_the_same_file_twice_is_one_entry_and_facts_come_back_as_they_were(tmp_path: Path) -> None:
    history = History(tmp_path / "history")
    path = table(tmp_path, DELIVERED)
    facts = read_actuals(path, world(tmp_path))
    entry = keep(history, path, facts, at=DAY)
    assert known_file(history, path) == entry
    assert keep(history, path, facts, at=DAY) == entry
    (again,) = facts_in(history.entries())
    assert (again.kind, again.day, again.values, again.seq) == ("delivered", facts[0].day, facts[0].values, 1)  # fmt: skip


def test_the_command_keeps_a_file_once_and_refuses_a_bad_one_whole(tmp_path: Path) -> None:
    scenario = written(tmp_path, edited(SMALL, ("pools:\n", SIGNED)))
    out = tmp_path / "reports"
    where = ("--scenario", scenario, "--today", "2027-04-02", "--out", out)
    good = table(tmp_path, DELIVERED, name="good.csv")
    assert "1 of delivered" in called("review", "actuals", good, *where).out
    assert "nothing added" in called("review", "actuals", good, *where).out
    bad = called("review", "actuals", table(tmp_path, INVOICE, {**INVOICE, "BilledCost": "dear"}, name="bad.csv"), *where)  # fmt: skip
    assert (bad.code, "bad.csv:3" in bad.err) == (3, True)
    assert called("review", "verify", "--out", out, "--json").json["entries"] == 1
