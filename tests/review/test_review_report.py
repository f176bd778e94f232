"""A review as a workbook, a page and a memo: its own words first, then its run's."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.report.workbook.lint import lint
from tests.cli.command import called
from tests.review.small import QUARTERS, case


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Reports of a second review, told against an approved first one after a price jump."""
    made = case(tmp_path_factory.mktemp("review"), scenario=[("start: 100 ktok/s", "start: 800 ktok/s")])  # fmt: skip
    made.tick(QUARTERS[0])
    for role in ("lead", "CFO"):
        words = ("--role", role, "--by", "Ann Lee", "--decision", "approve")
        assert called("review", "approve", "latest", *words, "--out", made.out).code == 0
    made.edit(("price: 0.4 MUSD", "price: 0.48 MUSD"))
    made.tick(QUARTERS[1])
    told = called("review", "report", "latest", "--out", made.out, "--json")
    assert told.code == 0
    assert told.json["sound"] is True
    assert made.history.verify() == []
    return {style: Path(path) for style, path in told.json["files"].items()}


def test_the_memo_says_what_to_decide_what_fired_why_and_who_signs(files: dict[str, Path]) -> None:
    memo = files["md"].read_text()
    for words in ("small-2027-03-15", "## What to decide", "| order | fast-buy |", "## What fired", "price moved", "## Why the plan changed", "| prices |", "| together |", "## Approval", "missing: lead, CFO"):  # fmt: skip
        assert words in memo
    assert memo.index("## What to decide") < memo.index("## Recommendation")


def test_the_page_draws_the_causes(files: dict[str, Path]) -> None:
    page = files["html"].read_text()
    assert "Change of NPV by cause" in page
    assert "Everything to decide" in page


def test_the_workbook_begins_with_the_review_and_lints_clean(files: dict[str, Path]) -> None:
    book = load_workbook(files["xlsx"], data_only=True)
    assert book.sheetnames[0] == "Review"
    cells = {str(cell.value) for row in book["Review"].iter_rows() for cell in row}
    assert {"order", "fast-buy", "price moved", "time", "together", "lead"} <= cells
    assert lint(files["xlsx"]) == []


def test_a_first_review_has_no_causes_to_tell(tmp_path: Path) -> None:
    made = case(tmp_path)
    made.tick(QUARTERS[0])
    told = called("review", "report", "--format", "md", "--out", made.out, "--to", tmp_path)
    assert told.code == 0
    memo = (tmp_path / "review.md").read_text()
    assert "## What to decide" in memo
    assert "Why the plan changed" not in memo
