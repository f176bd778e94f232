"""What somebody typed into a workbook comes back as a scenario that says the same, or is refused by its cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook

from planner.options.join import join
from planner.options.units import MUSD
from planner.plan.saved import load_run
from planner.program.build import build as build_program
from planner.report.amended import amended
from planner.report.workbook.amend import Change
from planner.report.workbook.levers import first_offering, levers_of
from planner.report.workbook.money import AS_ACCOUNTED
from planner.report.workbook.place import FIRST, NOTE
from planner.scenario.load import load
from tests.cli.command import called
from tests.plan.plans import options
from tests.report.books import EXACT, edited, keyed, named, run_folder, workbook
from tests.report.office import recalculated

DEARER = 1.25


def dearer(*keys: str, since: int = 0) -> Callable[[Any], None]:
    """Somebody raises inputs by a quarter from a period on."""

    def change(held: Any) -> None:
        for key in keys:
            for cell in list(keyed(held["Inputs"], key))[since:]:
                cell.value *= DEARER

    return change


def back(path: Path, out: Path, to: Path) -> Any:
    return called("scenario", "from-workbook", str(path), "--to", str(to), "--out", str(out), "--json")  # fmt: skip


def test_changed_cells_come_back_as_a_scenario_that_costs_what_the_workbook_says(
    out: Path, quick: bytes, tmp_path: Path
) -> None:
    """A bought price from its third quarter on, with the network that is a share of it, a tariff, the
    facility and the discount rate are raised: LibreOffice's NPV is that of the written scenario's own
    program at the old decisions."""
    run = load_run(run_folder("quickstart", out))
    keys = ("offers.b200-buy.price", "sites.columbus.tariff.peak", "sites.columbus.facility")

    def change(held: Any) -> None:
        dearer(*keys, since=2)(held)
        named(held["Inputs"], "discount rate").value = 0.11

    path = edited(quick, change, tmp_path / "report.xlsx")
    computed, target = recalculated(path, tmp_path), tmp_path / "dearer.yaml"
    answer = back(computed, out, target)
    assert answer.code == 0, answer.err
    later = run.options.timeline.count - 2
    assert len(answer.json["changes"]) == later * len(keys) + 1
    again = join(load(target))
    was, now = (o.offerings["b200-buy"].price_usd for o in (run.options, again))
    assert now == pytest.approx([*was[:2], *(DEARER * usd for usd in was[2:])], rel=EXACT)
    expected = -float(np.dot(build_program(again).cost, run.x)) * MUSD
    sheet = load_workbook(computed, data_only=True)["Summary"]
    assert named(sheet, "NPV").value == pytest.approx(expected, rel=EXACT)
    assert expected < run.plan["headline"]["npv_usd"] - 1e4


@pytest.mark.parametrize("factor", [1.0, 0.8])
def test_a_price_comes_back_as_typed_whatever_the_offer_makes_of_it(
    factor: float, out: Path, tmp_path: Path
) -> None:
    """An offer at four fifths of its price: what is typed is after that, what is written before it."""
    sets = (f"offers.b200-buy.price_factor={factor}",)
    was = load_run(run_folder("quickstart", out, *sets)).options.offerings["b200-buy"].price_usd
    change = dearer("offers.b200-buy.price")
    path = edited(workbook("quickstart", out, *sets), change, tmp_path / "report.xlsx")
    answer = back(path, out, tmp_path / "dearer.yaml")
    assert answer.code == 0, answer.err
    loaded = load(tmp_path / "dearer.yaml")
    assert loaded.scenario.offers["b200-buy"].price_factor == factor
    now = join(loaded).offerings["b200-buy"].price_usd
    assert now == pytest.approx([DEARER * usd for usd in was], rel=EXACT)


def test_a_scenario_is_written_once_and_never_over_another_file(
    out: Path, quick: bytes, tmp_path: Path
) -> None:
    path = edited(quick, dearer("offers.b200-buy.price"), tmp_path / "report.xlsx")
    target = tmp_path / "mine.yaml"
    target.write_text("mine")
    refused = back(path, out, target)
    assert refused.code == 2
    assert "RUN007" in refused.err
    assert target.read_text() == "mine"


def test_a_typed_price_that_no_scenario_may_have_is_refused_and_nothing_is_written(
    out: Path, quick: bytes, tmp_path: Path
) -> None:
    """A negative price passes through a sheet, not through the scenario's own check."""

    def change(held: Any) -> None:
        for cell in keyed(held["Inputs"], "offers.b200-buy.price"):
            cell.value = -1.0

    path = edited(quick, change, tmp_path / "report.xlsx")
    told = back(path, out, tmp_path / "free.yaml")
    assert told.code == 3
    assert "offers.b200-buy.price" in told.err
    assert not (tmp_path / "free.yaml").exists()


def test_an_untouched_workbook_comes_back_without_a_change(out: Path, quick: bytes, tmp_path: Path) -> None:  # fmt: skip
    path = tmp_path / "report.xlsx"
    path.write_bytes(quick)
    answer = called("scenario", "from-workbook", str(path), "--out", str(out), "--json")
    assert answer.json["changes"] == []


def test_periods_that_move_alike_are_told_in_one_line() -> None:
    """Two quarters up by a tenth and one by a fifth: two lines; the rate has no period."""
    moved = [("2027Q1", 100.0, 110.0), ("2027Q2", 90.0, 99.0), ("2027Q3", 80.0, 96.0)]
    changed = [Change("a", period, "USD", before, after) for period, before, after in moved]
    changed.append(Change("discount_rate", "", "1/year", 0.1, 0.12))
    assert amended(changed) == [
        ("a", "2027Q1 to 2027Q2", 100.0, 110.0, "USD", "+10.00%"),
        ("a", "2027Q3", 80.0, 96.0, "USD", "+20.00%"),
        ("discount_rate", "", 0.1, 0.12, "1/year", "+20.00%"),
    ]


@pytest.mark.parametrize("value", ["about 2", None, True, "#DIV/0!", "=1/0"])
def test_a_cell_without_a_number_is_named_by_its_address(
    value: Any, out: Path, quick: bytes, tmp_path: Path
) -> None:
    where = []

    def change(held: Any) -> None:
        cell = named(held["Inputs"], "discount rate")
        cell.value = value
        where.append(f"Inputs!{cell.coordinate}")

    path = edited(quick, change, tmp_path / "report.xlsx")
    told = called("scenario", "from-workbook", str(path), "--out", str(out))
    assert told.code == 3
    assert "RUN009" in told.err
    assert where[0] in told.err


def prices_as_accounted(held: Any) -> list[Any]:
    """First dated cells of the prices that no scenario states by themselves."""
    return [row[FIRST] for row in held["Workings"].iter_rows() if row[NOTE].value == AS_ACCOUNTED]


def test_a_price_that_no_scenario_states_is_refused_by_its_cell(
    out: Path, quick: bytes, tmp_path: Path
) -> None:
    where = []

    def change(held: Any) -> None:
        cell = prices_as_accounted(held)[0]
        cell.value += 1.0
        where.append(f"Workings!{cell.coordinate}")

    path = edited(quick, change, tmp_path / "report.xlsx")
    told = back(path, out, tmp_path / "dearer.yaml")
    assert told.code == 3
    assert "RUN023" in told.err
    assert where[0] in told.err


def test_a_workbook_that_lost_a_row_is_refused(out: Path, quick: bytes, tmp_path: Path) -> None:
    def change(held: Any) -> None:
        held["Workings"].delete_rows(prices_as_accounted(held)[0].row)

    told = back(edited(quick, change, tmp_path / "report.xlsx"), out, tmp_path / "dearer.yaml")
    assert told.code == 3
    assert "RUN008" in told.err


def test_a_file_that_is_no_workbook_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.xlsx").write_text("no zip")
    Workbook().save(tmp_path / "other.xlsx")
    for name in ("notes.xlsx", "other.xlsx"):
        told = called("scenario", "from-workbook", str(tmp_path / name))
        assert told.code == 3
        assert "RUN008" in told.err


def test_every_price_of_the_workbook_has_the_key_of_what_it_is_the_price_of() -> None:
    """Offers wired by several fabrics share one price; what stands has its own; all are the scenario's keys."""
    wired = options("photonic-copper")
    assert any("@" in name for name in wired.offerings)
    keys = [lever.key for lever in levers_of(wired) if first_offering(wired, lever)]
    assert len(keys) == len(set(keys)) < len(wired.offerings)
    for key in keys:
        root, name, _ = key.split(".")
        assert root in ("offers", "installed")
        assert "@" not in name
    standing = {lever.key for lever in levers_of(options("reference")) if lever.key.startswith("installed")}  # fmt: skip
    assert standing == {"installed.h100-standing.price"}
