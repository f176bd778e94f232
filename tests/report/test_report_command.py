"""``planner report`` through the command line, on a saved run and on spoilt ones."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.report import memo
from planner.report.content.piece import Column, Report, Section, Table
from tests.cli.command import called
from tests.components import program
from tests.plan.plans import saved
from tests.report.asked import FRONTIER, asked_beside


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved("quickstart", tmp_path_factory.mktemp("runs"))


def test_every_format_is_written_into_the_run_and_the_run_still_verifies(run: Path) -> None:
    answer = called("report", str(run), "--json")
    assert answer.code == 0
    assert {path.name for path in run.iterdir()} >= {"report.xlsx", "report.html", "memo.md"}
    assert answer.json["sound"] is True
    assert called("verify", str(run)).code == 0


def test_the_same_run_gives_the_same_bytes_twice(run: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        called("report", str(run), "--to", str(tmp_path / name))
    for name in ("report.xlsx", "report.html", "memo.md"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_every_chart_of_the_page_is_drawn_into_a_file_of_its_own(run: Path, tmp_path: Path) -> None:
    """As many files as the page has charts, in either format, and the same bytes twice."""
    for name in ("one", "two"):
        called("report", run, "--format", "svg", "--format", "png", "--to", tmp_path / name)
    called("report", run, "--format", "html", "--to", tmp_path)
    charts = (tmp_path / "report.html").read_text().count("<figure")
    drawn = {path.name: path.read_bytes() for path in (tmp_path / "one" / "charts").iterdir()}
    again = {path.name: path.read_bytes() for path in (tmp_path / "two" / "charts").iterdir()}
    assert drawn == again
    assert len(drawn) == 2 * charts > 0
    for name, content in drawn.items():
        assert content.startswith(b"<svg" if name.endswith(".svg") else b"\x89PNG")


def test_the_memo_says_the_figures_of_the_run(run: Path) -> None:
    """The headline of ``run`` and of the memo are one number."""
    called("report", str(run), "--format", "md")
    said = (run / "memo.md").read_text()
    shown = called("report", str(run), "--format", "md", "--json").json
    assert shown["files"] == {"md": str(run / "memo.md")}
    assert f"run {run.name}" in said
    assert "## What is not modelled" in said


def test_an_edited_run_is_reported_as_one_not_to_act_on(run: Path, tmp_path: Path) -> None:
    """A dollar changed in the ledger: the memo says which check failed; untouched it says nothing."""
    copy = shutil.copytree(run, tmp_path / "copy")
    ledger = copy / "tables/ledger.csv"
    ledger.write_text(ledger.read_text().replace("purchase", "Purchase", 1))
    answer = called("report", str(copy), "--format", "md", "--json")
    assert answer.json["sound"] is False
    assert "Do not act on this run" in (copy / "memo.md").read_text()
    called("report", str(run), "--format", "md")
    assert "Do not act" not in (run / "memo.md").read_text()


def test_a_run_without_its_plan_ends_with_3_and_writes_nothing(run: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(run, tmp_path / "copy", ignore=shutil.ignore_patterns("*.html", "*.md"))
    (copy / "plan.json").unlink()
    told = called("report", str(copy))
    assert told.code == 3
    assert "RUN001" in told.err
    assert not list(copy.glob("*.html"))


@pytest.mark.parametrize("key", ["scarcities", "options", "headline", "bau", "counterfactuals"])
def test_a_run_whose_plan_lost_a_part_ends_with_3_and_names_it(
    key: str, run: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(run, tmp_path / "copy", ignore=shutil.ignore_patterns("*.html", "*.md"))
    plan = json.loads((copy / "plan.json").read_text())
    del plan[key]
    (copy / "plan.json").write_text(json.dumps(plan))
    told = called("report", str(copy))
    assert told.code == 3
    assert "RUN001" in told.err
    assert key in told.err
    assert not list(copy.glob("*.html"))


@pytest.mark.parametrize("table", ["cash", "deliveries", "fleet", "workloads", "sites"])
def test_a_run_whose_table_was_replaced_is_refused_or_not_to_act_on(
    table: str, run: Path, tmp_path: Path
) -> None:
    """Rows of another table where a section reads its own: never an internal error."""
    copy = shutil.copytree(run, tmp_path / "copy", ignore=shutil.ignore_patterns("*.html", "*.md"))
    (copy / f"tables/{table}.csv").write_text("colour,taste\nblue,sour\n")
    told = called("report", str(copy))
    assert told.code == 3
    assert "RUN001" in told.err


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "<img src=x onerror=alert(1)>"])
def test_a_scenario_named_like_a_formula_or_a_tag_is_shown_as_it_is(
    name: str, tmp_path: Path
) -> None:
    """Through the command: no cell computes it, the page holds it escaped, the linter finds nothing."""
    run = saved("quickstart", tmp_path, f"title={name!r}")
    assert called("report", str(run)).code == 0
    cells = [cell for sheet in load_workbook(run / "report.xlsx") for row in sheet.iter_rows() for cell in row]  # fmt: skip
    held = [cell for cell in cells if cell.value == name]
    assert held
    assert {cell.data_type for cell in held} == {"s"}
    assert called("report", "lint", str(run / "report.xlsx")).code == 0
    assert f"<h1>{escape(name)}</h1>" in (run / "report.html").read_text().replace("&#39;", "&#x27;")  # fmt: skip


def test_a_run_of_a_newer_format_ends_with_3_and_writes_nothing(run: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(run, tmp_path / "copy", ignore=shutil.ignore_patterns("*.html", "*.md"))
    plan = copy / "plan.json"
    plan.write_text(re.sub(r'"format_version": \d+', '"format_version": 99', plan.read_text()))
    told = called("report", str(copy))
    assert told.code == 3
    assert "RUN003" in told.err
    assert not list(copy.glob("*.html"))


def test_a_workbook_that_was_edited_is_not_overwritten_and_an_untouched_one_is(
    run: Path, tmp_path: Path
) -> None:
    """Written twice without a word; after somebody saved it, it stays as they left it."""
    for _ in range(2):
        assert called("report", str(run), "--format", "xlsx", "--to", str(tmp_path)).code == 0
    path = tmp_path / "report.xlsx"
    held = load_workbook(path)
    held["Inputs"]["A1"].value = "mine"
    held.save(path)
    mine = path.read_bytes()
    told = called("report", str(run), "--format", "xlsx", "--to", str(tmp_path))
    assert told.code == 2
    assert "RUN022" in told.err
    assert path.read_bytes() == mine


def test_an_unknown_format_ends_with_2_and_names_the_known_ones(run: Path) -> None:
    told = called("report", str(run), "--format", "docx")
    assert told.code == 2
    assert "html" in told.err


def test_a_name_cannot_become_markdown() -> None:
    """Stars, bars and brackets in a name stay what they are."""
    table = Table("t", "T", (Column("a", "a"),), ({"a": "*|[x](y)|*"},))
    report = Report(
        "_t_",
        "q",
        "a",
        (),
        (Section("summary", "S", (), (), (replace(table, id="headline"),)),),
        (),
        (),
    )
    assert r"\*\|\[x\](y)\|\*" in memo.render(report)
    assert r"# \_t\_" in memo.render(report)


def test_the_memo_prints_as_two_pages(run: Path) -> None:
    """Two sheets of paper at most: the long tables stay in the page and the workbook."""
    program("chromium", "chromium-browser", "google-chrome", package="chromium")
    answer = called("report", str(run), "--format", "pdf", "--json")
    assert answer.code == 0, answer.err
    content = (run / "memo.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", content)) <= 2


def test_the_memo_of_a_run_with_risk_and_a_frontier_prints_as_two_pages_too(tmp_path: Path) -> None:
    program("chromium", "chromium-browser", "google-chrome", package="chromium")
    run = saved("quickstart", tmp_path)
    for mode in ("hold", "adapt", "hedge"):
        asked_beside(run, mode)
    (run / "frontier.json").write_text(json.dumps(FRONTIER))
    answer = called("report", str(run), "--format", "pdf", "--format", "md", "--json")
    assert answer.code == 0, answer.err
    assert "leaves the orders at a hazard" in (run / "memo.md").read_text()
    content = (run / "memo.pdf").read_bytes()
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", content)) <= 2


def test_without_a_browser_printing_is_refused_with_what_to_do(
    run: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    told = called("report", str(run), "--format", "pdf", "--to", str(tmp_path / "out"))
    assert told.code == 2
    assert "RUN010" in told.err
    assert not (tmp_path / "out").exists()


def test_changes_are_told_against_an_earlier_run_and_only_then(
    run: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Ten percent dearer money: the memo names the key and the move of the NPV."""
    other = saved("quickstart", tmp_path_factory.mktemp("other"), "discount_rate=12 %/year")
    answer = called("report", str(other), "--against", str(run), "--format", "md", "--json")
    assert answer.code == 0, answer.err
    said = (other / "memo.md").read_text()
    assert f"Against {run.name} the NPV moves by" in said
    assert "discount\\_rate" in said
    called("report", str(other), "--format", "md")
    assert "Against" not in (other / "memo.md").read_text()


def test_a_run_over_years_is_reported_though_its_labels_look_like_numbers(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    yearly = saved("published-gb200-hour", tmp_path_factory.mktemp("yearly"))
    answer = called("report", str(yearly), "--json")
    assert answer.code == 0, answer.err
    assert set(answer.json["files"]) == {"xlsx", "html", "md"}
