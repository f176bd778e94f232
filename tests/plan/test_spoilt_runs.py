"""A run folder spoilt in ways no run ever writes still gets a verdict, never a traceback."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from planner.errors import Failure
from planner.plan.store import MANIFEST, dumped
from planner.plan.verify import require_passed, verify
from tests.cli.command import called
from tests.plan.plans import saved

SERVING = "tables/serving.csv"
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


def of_another_version(copy: Path) -> None:
    """Make the folder what an older program wrote: its code in the manifest, and hashes that hold."""
    manifest = json.loads((copy / MANIFEST).read_bytes())
    for name in manifest["files"]:
        manifest["files"][name] = hashlib.sha256((copy / name).read_bytes()).hexdigest()
    (copy / MANIFEST).write_bytes(dumped({**manifest, "code": "0.0.9+0123456789ab"}))


def test_a_run_of_another_version_that_recomputes_is_sound(copy: Path) -> None:
    """Another code in the manifest alone is no reason to refuse it."""
    of_another_version(copy)
    assert called("verify", copy).code == 0


def test_a_run_of_another_version_that_comes_out_otherwise_says_whose_it_is(copy: Path) -> None:
    """A table that the older program wrote with one column less; the same edit under our own name is RUN004."""
    lines = [line.rpartition(",")[0] for line in (copy / SERVING).read_text().splitlines()]
    (copy / SERVING).write_text("\n".join(lines) + "\n")
    edited = called("verify", copy)
    assert (edited.code, "RUN004" in edited.err) == (6, True)
    of_another_version(copy)
    told = called("verify", copy)
    assert told.code == 6
    assert "RUN011: version 0.0.9+0123456789ab of the planner made it, and this is" in told.err
    assert "table serving recomputes" in told.err


def test_inputs_that_only_another_version_reads_say_whose_they_are(copy: Path) -> None:
    """A key of the older scenario that is no longer known: every command that reads a run says so."""
    path = copy / "inputs/scenario.json"
    path.write_bytes(dumped({**json.loads(path.read_bytes()), "colour": "blue"}))
    assert "DOC003" in called("verify", copy).err
    of_another_version(copy)
    asked = (("verify", copy), ("tco", copy), ("diff", copy, copy), ("what-if", copy, "ban x"), ("sweep", copy, "--vary", "a=1"))  # fmt: skip
    for words in asked:
        told = called(*words)
        assert told.code == 3
        assert "RUN011" in told.err
        assert "which cannot read it: unknown key" in told.err
        assert "make the run again with this version" in told.err


def test_an_edited_run_of_another_version_is_an_edited_run(copy: Path) -> None:
    of_another_version(copy)
    (copy / "plan.json").write_text("{}")
    assert "RUN001" in called("verify", copy).err
