"""Runs that the history names: gone or edited, they are told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from planner.errors import InvalidData
from planner.plan.store import MANIFEST
from planner.review.disk import digest_of
from planner.review.history import HISTORY, History
from planner.review.seal import RUNS, seal, seals_in

DAY = date(2026, 11, 21)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run of one file, as a manifest describes it."""
    folder = tmp_path / "small" / "abc123"
    folder.mkdir(parents=True)
    (folder / "plan.json").write_bytes(b"{}")
    files = {"plan.json": digest_of(b"{}")}
    (folder / MANIFEST).write_text(json.dumps({"format_version": 1, "files": files}))
    return folder


@pytest.fixture
def history(run: Path, tmp_path: Path) -> History:
    history = History(tmp_path / HISTORY)
    history.append("review", {RUNS: [seal(run, tmp_path).as_data()]}, at=DAY)
    return history


def test_a_seal_says_where_the_run_lies_and_survives_the_history(
    history: History, run: Path
) -> None:
    [sealed] = seals_in(history.entries()[0].body)
    assert (sealed.run_id, sealed.path) == ("abc123", "small/abc123")
    assert sealed.manifest_sha256 == digest_of((run / MANIFEST).read_bytes())
    assert history.verify() == []


def test_a_report_added_to_the_run_changes_nothing(history: History, run: Path) -> None:
    (run / "report.html").write_text("later")
    assert history.verify() == []


@pytest.mark.parametrize("name", ["plan.json", MANIFEST])
def test_an_edited_run_is_told(history: History, run: Path, name: str) -> None:
    (run / name).write_bytes((run / name).read_bytes() + b" ")
    assert [problem.code for problem in history.verify()] == ["REV007"]


@pytest.mark.parametrize("name", ["plan.json", MANIFEST])
def test_a_run_that_is_gone_is_told(history: History, run: Path, name: str) -> None:
    (run / name).unlink()
    assert [problem.code for problem in history.verify()] == ["REV006"]


def test_an_edited_run_cannot_be_sealed(run: Path, tmp_path: Path) -> None:
    (run / "plan.json").write_bytes(b"{ }")
    with pytest.raises(InvalidData, match="REV007"):
        seal(run, tmp_path)
