"""Run folders: the same bytes for the same inputs, found by name, and proof against later edits."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.cli.output import emit_json
from planner.errors import InvalidData, UnknownName
from planner.plan.store import MANIFEST, PLAN, dumped, find, run_id, run_inputs, runs
from planner.plan.verify import Check, verify
from tests.plan.plans import SETTINGS, loaded, saved


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved("quickstart", tmp_path_factory.mktemp("reports"))


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """A run folder to spoil."""
    return shutil.copytree(folder, tmp_path / "quickstart" / folder.name)


def failed(folder: Path) -> list[Check]:
    return [check for check in verify(folder) if not check.passed]


def forge(folder: Path) -> None:
    """Make the manifest say what the files now hold."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    for name in manifest["files"]:
        manifest["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / MANIFEST).write_bytes(dumped(manifest))


def test_a_fresh_run_verifies_and_the_folder_holds_nothing_half_done(folder: Path) -> None:
    assert failed(folder) == []
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    manifest = json.loads((folder / MANIFEST).read_bytes())
    files = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert files == {*manifest["files"], MANIFEST, "timings.json"}


def test_the_plan_holds_no_wall_clock_and_its_keys_no_nan(folder: Path) -> None:
    def refuse(word: str) -> float:
        raise AssertionError(f"{word} in JSON")

    for path in folder.rglob("*.json"):
        json.loads(path.read_bytes(), parse_constant=refuse)
    text = (folder / PLAN).read_text()
    assert "solve_s" not in text
    assert "seconds" not in text


def test_nan_never_reaches_json() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        dumped({"figure": float("nan")})


def test_truths_and_counts_of_numpy_reach_json_as_such() -> None:
    """And so they do on the command line."""
    assert dumped({"proven": np.bool_(True), "runs": np.int64(3)}) == b'{\n "proven": true,\n "runs": 3\n}\n'  # fmt: skip
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        emit_json({"proven": np.bool_(False)})
    assert json.loads(said.getvalue())["proven"] is False


def test_the_id_depends_on_every_input_and_on_nothing_else() -> None:
    inputs = run_inputs(loaded("melange"), SETTINGS)
    plain = run_id(inputs)
    changes = {
        "code": "0.0.0+older",
        "solver": "HiGHS 0.0",
        "settings": {"time_limit_s": 1.0, "gap": 0.5},
        "catalog": {},
    }
    others = [run_id({**inputs, name: value}) for name, value in changes.items()]
    texts = ("discount_rate=9.5 %/year", "whole_units=true", "sites.cloud.title=Another")
    others += [run_id(run_inputs(loaded("melange", text), SETTINGS)) for text in texts]
    assert plain == run_id(run_inputs(loaded("melange"), SETTINGS))
    assert len({plain, *others}) == len(others) + 1


def test_saving_the_same_run_again_replaces_it_by_the_same_bytes(tmp_path: Path) -> None:
    first = saved("quickstart", tmp_path)
    bytes_of = {p.relative_to(first): p.read_bytes() for p in first.rglob("*.*")}
    second = saved("quickstart", tmp_path)
    assert second == first
    assert {p.relative_to(second): p.read_bytes() for p in second.rglob("*.*")} == bytes_of
    assert [path.name for path in first.parent.iterdir()] == [first.name]


def test_a_report_added_to_a_run_does_not_spoil_it(copy: Path) -> None:
    (copy / "report.html").write_text("<p>a report</p>")
    assert failed(copy) == []


def test_a_run_is_found_by_folder_prefix_and_latest(folder: Path, tmp_path: Path) -> None:
    out = folder.parents[1]
    assert find(str(folder), tmp_path) == folder
    assert find(folder.name[:5], out) == folder
    assert find("latest", out) == folder
    with pytest.raises(UnknownName, match="RUN002"):
        find("nothing-like-it", out)
    with pytest.raises(UnknownName, match="RUN002"):
        find("latest", tmp_path)


def test_temporary_folders_are_no_runs(copy: Path) -> None:
    shutil.copytree(copy, copy.with_name(f".{copy.name}-1234-abc"))
    assert list(runs(copy.parents[1])) == [copy]


def edit_csv(name: str, column: str, row: Callable[[pd.DataFrame], int]) -> Callable[[Path], None]:
    """Add 1 and a tenth to one figure of a table."""

    def edit(folder: Path) -> None:
        path = folder / "tables" / name
        frame = pd.read_csv(path)
        position = row(frame)
        frame.loc[position, column] = frame.loc[position, column] * 1.1 + 1.0
        frame.to_csv(path, index=False, lineterminator="\n")

    return edit


def largest(column: str) -> Callable[[pd.DataFrame], int]:
    return lambda frame: int(frame[column].abs().idxmax())


def edit_plan(*keys: str) -> Callable[[Path], None]:
    """Change one figure of plan.json by a hundredth."""

    def edit(folder: Path) -> None:
        data = json.loads((folder / PLAN).read_bytes())
        inner = data
        for key in keys[:-1]:
            inner = inner[int(key) if key.isdigit() else key]
        inner[keys[-1]] = inner[keys[-1]] * 1.01 + 1e-3
        (folder / PLAN).write_bytes(dumped(data))

    return edit


EDITS = {
    "a served rate in columns.csv": edit_csv("columns.csv", "value", largest("value")),
    "a payment in ledger.csv": edit_csv("ledger.csv", "pv_usd", largest("pv_usd")),
    "a price in rows.csv": edit_csv("rows.csv", "dual", largest("dual")),
    "npv in plan.json": edit_plan("headline", "npv_usd"),
    "the objective in plan.json": edit_plan("objective_musd"),
    "usd per mtok in plan.json": edit_plan("headline", "usd_per_mtok"),
}
UNSEEN = {
    "a payment as paid in ledger.csv": edit_csv("ledger.csv", "usd", largest("usd")),
    "an activity in rows.csv": edit_csv("rows.csv", "activity", largest("activity")),
    "an order in plan.json": edit_plan("deliveries", "0", "systems"),
    "a fleet in fleet.csv": edit_csv("fleet.csv", "systems", largest("systems")),
}


@pytest.mark.parametrize("edit", [EDITS["npv in plan.json"], UNSEEN["a fleet in fleet.csv"]])
def test_an_edited_file_no_longer_matches_its_hash(
    copy: Path, edit: Callable[[Path], None]
) -> None:
    edit(copy)
    assert failed(copy)[0].name == "files are as the run wrote them"


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_forged_manifest_does_not_help(copy: Path, edit: Callable[[Path], None]) -> None:
    """The figures are computed again from the inputs, so the hash alone is not what is trusted."""
    edit(copy)
    forge(copy)
    found = failed(copy)
    assert found
    assert found[0].name != "files are as the run wrote them"


@pytest.mark.parametrize("edit", UNSEEN.values(), ids=UNSEEN)
def test_every_figure_of_the_answer_is_recomputed(copy: Path, edit: Callable[[Path], None]) -> None:
    edit(copy)
    forge(copy)
    assert failed(copy)


@pytest.mark.parametrize("name", [MANIFEST, PLAN, "inputs/scenario.json", "inputs/catalog.json"])
def test_a_run_without_one_of_its_documents_is_bad_data(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(InvalidData, match="RUN001"):
        verify(copy)


@pytest.mark.parametrize("name", [MANIFEST, PLAN])
def test_a_newer_format_is_refused(copy: Path, name: str) -> None:
    data = json.loads((copy / name).read_bytes())
    (copy / name).write_bytes(dumped({**data, "format_version": data["format_version"] + 1}))
    with pytest.raises(InvalidData, match="RUN003"):
        verify(copy)
