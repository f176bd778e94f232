"""The workbook: every formula recomputes, edits move the money as a run would, nothing is hidden."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
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
from planner.report.workbook.lint import lint
from planner.report.workbook.place import FIRST, SOURCE
from planner.report.workbook.render import render
from planner.scenario.load import variant
from tests.cli.command import called
from tests.report.books import EXACT, edited, keyed, named, opened, run_folder, workbook
from tests.report.office import recalculated


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


@pytest.mark.parametrize("points", [0.0, 0.02], ids=["prices", "prices and the discount rate"])
def test_prices_and_the_discount_rate_move_npv_as_a_run_with_fixed_decisions_does(
    points: float, out: Path, tmp_path: Path
) -> None:
    """The dearest purchase costs a tenth more, a reservation of the first year a hundredth more for every
    quarter that it is signed later, energy a fifth, money some points: the workbook's NPV is that of the edited scenario's
    own program at the old decisions, network by share of price and terms of cohorts included."""
    folder = run_folder("reference", out)
    run = load_run(folder)
    bought = {line["offer"] for line in run.plan["deliveries"] if line["price_per"] == "system" and line["price_usd"]}  # fmt: skip
    offer = max(bought, key=lambda name: run.options.offerings[name].price_usd[0])

    hosted = run.options.offerings["b200-reserve-3y"]
    rising = [1 + t / 100 if t < 4 else 1.0 for t in range(run.options.timeline.count)]

    def change(held: Any) -> None:
        inputs = held["Inputs"]
        for cell, factor in zip(keyed(inputs, "offers.b200-reserve-3y.price"), rising, strict=True):
            cell.value *= factor
        named(inputs, "discount rate").value = run.options.timeline.discount_rate + points
        for cell in keyed(inputs, f"offers.{offer}.price"):
            cell.value *= 1.1
        for block in run.options.blocks:
            for cell in keyed(inputs, f"sites.ashburn.tariff.{block}"):
                cell.value *= 1.2

    path = edited(workbook("reference", out), change, tmp_path / "report.xlsx")
    computed = load_workbook(recalculated(path, tmp_path), data_only=True)
    labels = [period.label for period in run.options.timeline.periods]
    tariffs = zip(
        run.options.blocks,
        zip(*run.options.places["ashburn"].tariff_usd_per_kwh, strict=True),
        strict=True,
    )
    asked = {
        f"sites.ashburn.tariff.{block}": {
            label: f"{1.2 * usd!r} USD/kWh" for label, usd in zip(labels, path, strict=True)
        }
        for block, path in tariffs
    }
    asked |= {
        "discount_rate": f"{run.options.timeline.discount_rate + points!r} 1/year",
        f"offers.{offer}.price_factor": 1.1,
        "offers.b200-reserve-3y.price_change": "0 %/year",
        "offers.b200-reserve-3y.price": {
            label: f"{usd * factor / 8!r} USD/chip/h"
            for label, usd, factor in zip(labels, hosted.price_usd, rising, strict=True)
        },
    }
    dearer = join(variant(run.loaded, asked))
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


def test_columns_without_a_name_have_no_head_and_the_cover_shows_no_words_of_its_formula(
    quick: bytes,
) -> None:
    """Nothing on Timeline has an account of a site or a cohort: their columns are blank throughout."""
    held = load_workbook(io.BytesIO(quick))
    for sheet in (held["Timeline"], held["Demand"], held["Fleet"]):
        columns = [[cell.value for cell in column] for column in sheet.iter_cols(max_col=SOURCE)]
        heads = next(row for row in sheet.iter_rows(values_only=True) if "unit" in row)
        at = next(k for k, row in enumerate(sheet.iter_rows(values_only=True)) if row == heads)
        for head, column in zip(heads, columns, strict=False):
            assert (head is None) or any(value is not None for value in column[at + 1 :]), head
    words = [row[0].value for row in held["Cover"].iter_rows()]
    assert "checks" in words
    assert not any(str(word).startswith("words where") for word in words)


def test_the_light_on_the_cover_is_green_or_red_by_what_it_says(quick: bytes) -> None:
    """Two rules on one cell: green where it says what Checks says of a good run, red for all else."""
    sheet = load_workbook(io.BytesIO(quick))["Cover"]
    light = named(sheet, "checks")
    rules = {rule.formula[0]: rule.dxf.fill.bgColor.rgb for of in sheet.conditional_formatting for rule in of.rules}  # fmt: skip
    good = next(text.split("=")[1] for text in rules if "<>" not in text)
    assert rules == {f"{light.coordinate}={good}": "FFC6EFCE", f"{light.coordinate}<>{good}": "FFFFC7CE"}  # fmt: skip
    name, cell = good.split("!")
    held = load_workbook(io.BytesIO(quick))
    assert held[name][cell.replace("$", "")].value == "every check passes"
