"""A run folder spoilt in ways no run ever writes still gets a verdict, never a traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner.errors import Failure
from planner.plan.verify import require_passed, verify
from tests.plan.plans import saved

TABLES = ("tables/columns.csv", "tables/ledger.csv", "tables/rows.csv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved("melange", tmp_path_factory.mktemp("reports"))


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(folder, tmp_path / folder.name)


def exit_code(folder: Path) -> int:
    """What ``planner verify`` would end with; an unforeseen exception is 1."""
    try:
        require_passed(verify(folder))
    except Failure as failure:
        return failure.exit_code
    except Exception:
        return 1
    return 0


def test_the_folder_unspoilt_ends_with_zero(copy: Path) -> None:
    assert exit_code(copy) == 0


@pytest.mark.parametrize("name", ["tables/columns.csv", "tables/ledger.csv"])
def test_a_table_without_its_last_line_fails_the_check(copy: Path, name: str) -> None:
    lines = (copy / name).read_text().splitlines(keepends=True)
    (copy / name).write_text("".join(lines[:-1]))
    assert exit_code(copy) == 6


@pytest.mark.parametrize("name", ["plan.json", "manifest.json"])
def test_an_empty_document_is_bad_data(copy: Path, name: str) -> None:
    (copy / name).write_text("")
    assert exit_code(copy) == 3


def test_a_scenario_that_no_longer_loads_is_bad_data(copy: Path) -> None:
    (copy / "inputs/scenario.json").write_text("{}")
    assert exit_code(copy) == 3


SPOILERS = {"an empty table": "", "a table of nothing but a heading": "nothing\n"}


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_bad_data(copy: Path, name: str) -> None:
    (copy / name).unlink()
    assert exit_code(copy) == 3


@pytest.mark.parametrize("text", SPOILERS.values(), ids=SPOILERS)
@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_something_else_is_refused(copy: Path, name: str, text: str) -> None:
    (copy / name).write_text(text)
    assert exit_code(copy) in (3, 6)


def test_prices_without_their_last_line_are_refused(copy: Path) -> None:
    lines = (copy / "tables/rows.csv").read_text().splitlines(keepends=True)
    (copy / "tables/rows.csv").write_text("".join(lines[:-1]))
    assert exit_code(copy) in (3, 6)


@pytest.mark.parametrize("name", TABLES)
def test_a_word_among_the_figures_is_refused(copy: Path, name: str) -> None:
    text = (copy / name).read_text().rstrip("\n").rsplit(",", 1)[0]
    (copy / name).write_text(f"{text},plenty\n")
    assert exit_code(copy) in (3, 6)


@pytest.mark.parametrize("name", ["plan.json", "manifest.json"])
@pytest.mark.parametrize("text", ["[]", "{}", '{"format_version": "two"}'])
def test_a_document_that_is_something_else_is_refused(copy: Path, name: str, text: str) -> None:
    (copy / name).write_text(text)
    assert exit_code(copy) in (3, 6)


def test_a_catalog_that_no_longer_loads_is_bad_data(copy: Path) -> None:
    (copy / "inputs/catalog.json").write_text("{}")
    assert exit_code(copy) == 3
