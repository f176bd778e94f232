"""The workbook: every formula recomputes, edits move the money as a run would, nothing is hidden."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook

from planner.options.join import join
from planner.options.units import MUSD
from planner.plan.saved import load_run
from planner.program.build import build as build_program
from planner.report.content.build import build
from planner.report.content.material import gather
from planner.report.workbook.book import book
from planner.report.workbook.lint import Opened, lint
from planner.report.workbook.place import CONSTANT, FIRST, SOURCE
from planner.report.workbook.render import render
from planner.scenario.load import load
from tests.cli.command import called
from tests.plan.plans import saved
from tests.report.office import recalculated

EXACT = 1e-9


@cache
def run_folder(name: str, out: Path) -> Path:
    return saved(name, out)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


def workbook(name: str, out: Path) -> bytes:
    material = gather(run_folder(name, out))
    return render(book(material, build(material)))


@pytest.fixture(scope="module")
def quick(out: Path) -> bytes:
    return workbook("quickstart", out)


def opened(path: Path) -> Opened:
    return Opened(load_workbook(path), load_workbook(path, data_only=True))


def named(sheet: Any, name: str) -> Any:
    """The constant of the line whose first name this is."""
    return next(row[CONSTANT] for row in sheet.iter_rows() if row[0].value == name)


def keyed(sheet: Any, key: str) -> Iterator[Any]:
    """The dated cells of an input by its scenario key."""
    row = next(row for row in sheet.iter_rows() if row[SOURCE].value == key)
    yield from row[FIRST:]


@pytest.mark.parametrize("name", ["quickstart", "reference"])
def test_every_formula_recalculates_to_the_figure_of_the_run(
    name: str, out: Path, tmp_path: Path
) -> None:
    """LibreOffice computes from scratch; each cell agrees with the value written beside it."""
    path = tmp_path / "report.xlsx"
    path.write_bytes(workbook(name, out))
    written, computed = opened(path), opened(recalculated(path, tmp_path)).values
    count = 0
    for sheet, cell in written.formula_cells():
        count += 1
        before = written.values[sheet.title][cell.coordinate].value
        after = computed[sheet.title][cell.coordinate].value
        if isinstance(before, str):
            assert after == before
        else:
            assert abs(after - before) <= EXACT * max(1.0, abs(before)), (
                sheet.title,
                cell.coordinate,
            )
    assert count > 100
    assert named(computed["Cover"], "checks").value == "every check passes"
    head = load_run(run_folder(name, out)).plan["headline"]
    for label, key in (("NPV", "npv_usd"), ("USD per Mtok, penalties aside", "usd_per_mtok"), ("share served", "served_share"), ("capex, as paid", "capex_usd")):  # fmt: skip
        assert named(computed["Summary"], label).value == pytest.approx(head[key], rel=EXACT)


def edited(content: bytes, change: Callable[[Any], None], path: Path) -> Path:
    """A workbook as a person saves it after changing cells."""
    held = load_workbook(io.BytesIO(content))
    change(held)
    held.save(path)
    return path


@pytest.mark.parametrize("points", [0.0, 0.02], ids=["prices", "prices and the discount rate"])
def test_prices_and_the_discount_rate_move_npv_as_a_run_with_fixed_decisions_does(
    points: float, out: Path, tmp_path: Path
) -> None:
    """The dearest purchase costs a tenth more, energy a fifth, money some points: the workbook's NPV is
    that of the edited scenario's own objective at the old decisions."""
    folder = run_folder("reference", out)
    run = load_run(folder)
    bought = {line["offer"] for line in run.plan["deliveries"] if line["price_per"] == "system" and line["price_usd"]}  # fmt: skip
    offer = max(bought, key=lambda name: run.options.offerings[name].price_usd[0])

    def change(held: Any) -> None:
        inputs = held["Inputs"]
        named(inputs, "discount rate").value = run.options.timeline.discount_rate + points
        for cell in keyed(inputs, f"offers.{offer}.price"):
            cell.value *= 1.1
        for block in run.options.blocks:
            for cell in keyed(inputs, f"sites.ashburn.tariff.{block}"):
                cell.value *= 1.2

    path = edited(workbook("reference", out), change, tmp_path / "report.xlsx")
    computed = load_workbook(recalculated(path, tmp_path), data_only=True)
    place = run.options.places["ashburn"]
    dearer = replace(
        run.options,
        timeline=replace(run.options.timeline, discount_rate=run.options.timeline.discount_rate + points),
        offerings=run.options.offerings | {offer: replace(run.options.offerings[offer], price_usd=tuple(1.1 * usd for usd in run.options.offerings[offer].price_usd))},
        places=run.options.places | {"ashburn": replace(place, tariff_usd_per_kwh=tuple(tuple(1.2 * usd for usd in now) for now in place.tariff_usd_per_kwh))},
    )  # fmt: skip
    expected = -float(np.dot(build_program(dearer).cost, run.x)) * MUSD
    found = named(computed["Summary"], "NPV").value
    assert found == pytest.approx(expected, rel=EXACT)
    assert abs(found - run.plan["headline"]["npv_usd"]) > 1e6
    assert named(computed["Cover"], "checks").value == "every check passes"


def test_the_discount_rate_alone_moves_npv_where_nothing_is_owed_past_the_horizon(
    out: Path, tmp_path: Path
) -> None:
    """Two points dearer money on the quickstart: the edited program's own objective, decisions fixed."""
    run = load_run(run_folder("quickstart", out))
    rate = run.options.timeline.discount_rate + 0.02

    def change(held: Any) -> None:
        named(held["Inputs"], "discount rate").value = rate

    path = edited(workbook("quickstart", out), change, tmp_path / "report.xlsx")
    computed = load_workbook(recalculated(path, tmp_path), data_only=True)
    dearer = replace(run.options, timeline=replace(run.options.timeline, discount_rate=rate))
    expected = -float(np.dot(build_program(dearer).cost, run.x)) * MUSD
    assert named(computed["Summary"], "NPV").value == pytest.approx(expected, rel=EXACT)
    assert expected != pytest.approx(run.plan["headline"]["npv_usd"], rel=1e-3)


def test_changed_cells_come_back_as_a_scenario_that_says_the_same(
    out: Path, tmp_path: Path
) -> None:
    """A price up by a quarter from the third period on: the scenario written has that price path."""
    folder = run_folder("quickstart", out)
    run = load_run(folder)
    offer = next(o.id for o in run.options.offerings.values() if o.ownership == "own" and f"price|{o.id}" in str(book_ids(out)))  # fmt: skip

    def change(held: Any) -> None:
        for cell in list(keyed(held["Inputs"], f"offers.{offer}.price"))[2:]:
            cell.value *= 1.25

    path = edited(workbook("quickstart", out), change, tmp_path / "report.xlsx")
    computed = recalculated(path, tmp_path)
    target = tmp_path / "dearer.yaml"
    answer = called("scenario", "from-workbook", str(computed), "--to", str(target), "--out", str(out), "--json")  # fmt: skip
    assert answer.code == 0, answer.err
    assert len(answer.json["changes"]) == run.options.timeline.count - 2
    again = join(load(target)).offerings[offer].price_usd
    before = run.options.offerings[offer].price_usd
    assert again[:2] == pytest.approx(before[:2], rel=EXACT)
    assert again[2:] == pytest.approx([1.25 * usd for usd in before[2:]], rel=EXACT)
    refused = called("scenario", "from-workbook", str(computed), "--to", str(target), "--out", str(out))  # fmt: skip
    assert refused.code == 2
    assert "RUN007" in refused.err


def book_ids(out: Path) -> list[str]:
    material = gather(run_folder("quickstart", out))
    return [line.id for _, line in book(material, build(material)).lines()]


def test_an_untouched_workbook_comes_back_without_a_change(out: Path, quick: bytes, tmp_path: Path) -> None:  # fmt: skip
    path = tmp_path / "report.xlsx"
    path.write_bytes(quick)
    answer = called("scenario", "from-workbook", str(path), "--out", str(out), "--json")
    assert answer.json["changes"] == []


@pytest.mark.parametrize(("value", "says"), [("about 2", "RUN009"), (None, "RUN009"), (True, "RUN009"), ("#DIV/0!", "RUN009")])  # fmt: skip
def test_a_cell_without_a_number_is_named_by_its_address(
    value: Any, says: str, out: Path, quick: bytes, tmp_path: Path
) -> None:
    where = []

    def change(held: Any) -> None:
        cell = named(held["Inputs"], "discount rate")
        cell.value = value
        where.append(f"Inputs!{cell.coordinate}")

    path = edited(quick, change, tmp_path / "report.xlsx")
    told = called("scenario", "from-workbook", str(path), "--out", str(out))
    assert told.code == 3
    assert says in told.err
    assert where[0] in told.err


def test_a_file_that_is_no_workbook_of_ours_is_refused(tmp_path: Path) -> None:
    from openpyxl import Workbook

    (tmp_path / "notes.xlsx").write_text("no zip")
    Workbook().save(tmp_path / "other.xlsx")
    for name in ("notes.xlsx", "other.xlsx"):
        told = called("scenario", "from-workbook", str(tmp_path / name))
        assert told.code == 3
        assert "RUN008" in told.err


def test_a_planted_inconsistency_turns_the_cover_red(quick: bytes, tmp_path: Path) -> None:
    """One cash cell is overtyped: TCO by account still adds up, but the tokens of a workload or a sum
    no longer do; here a served total is overtyped and Cover says so."""

    def change(held: Any) -> None:
        sheet = held["Demand"]
        row = next(row for row in sheet.iter_rows() if row[0].value == "served")
        row[FIRST].value = 2 * 10**9

    path = edited(quick, change, tmp_path / "report.xlsx")
    computed = load_workbook(recalculated(path, tmp_path), data_only=True)
    assert named(computed["Cover"], "checks").value == "A CHECK FAILS: see Checks"


def test_the_linter_finds_nothing_in_our_own_workbook(quick: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(quick)
    assert lint(path) == []
    assert called("report", "lint", str(path)).code == 0


def _literal(held: Any) -> None:
    named(held["Summary"], "NPV").value = "=SUM(Cashflow!$I$8:$I$9)*1.07"


def _uneven(held: Any) -> None:
    row = next(row for row in held["Demand"].iter_rows() if row[0].value == "served")
    row[FIRST + 1].value = row[FIRST].value


def _volatile(held: Any) -> None:
    named(held["Summary"], "NPV").value = "=TODAY()"


def _external(held: Any) -> None:
    named(held["Summary"], "NPV").value = "=[prices.xlsx]Sheet1!$A$1"


def _nameless(column: int) -> Callable[[Any], None]:
    def change(held: Any) -> None:
        for row in held["Inputs"].iter_rows():
            if row[0].value == "discount rate":
                row[column].value = None
                row[SOURCE].value = None if column != 7 else row[SOURCE].value

    return change


def _error(held: Any) -> None:
    named(held["Summary"], "capex, as paid").value = "#DIV/0!"


def _hidden(held: Any) -> None:
    held["Timeline"].sheet_state = "hidden"


def _failed(held: Any) -> None:
    named(held["Checks"], "every check").value = 0


@pytest.mark.parametrize(
    ("rule", "plant"),
    [
        ("literal in a formula", _literal),
        ("inconsistent row", _uneven),
        ("volatile function", _volatile),
        ("external link", _external),
        ("input without unit", _nameless(7)),
        ("input without source", _nameless(9)),
        ("error value", _error),
        ("no cached value", _literal),
        ("hidden sheet", _hidden),
        ("failing check", _failed),
    ],
)
def test_the_linter_catches_a_planted_case_of_each_rule(
    rule: str, plant: Callable[[Any], None], quick: bytes, tmp_path: Path
) -> None:
    path = edited(quick, plant, tmp_path / "report.xlsx")
    assert rule in {finding.rule for finding in lint(path)}
    assert called("report", "lint", str(path)).code == 6


def test_the_same_run_gives_the_same_bytes(out: Path, quick: bytes) -> None:
    assert workbook("quickstart", out) == quick


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_text_that_looks_like_a_formula_stays_text(name: str, out: Path) -> None:
    """A title taken from the scenario is written as it is and computes nothing."""
    material = gather(run_folder("quickstart", out))
    report = replace(build(material), title=name, answer=name)
    sheet = load_workbook(io.BytesIO(render(book(material, report))))["Cover"]
    assert sheet["A1"].value == name
    assert sheet["A1"].data_type == "s"
