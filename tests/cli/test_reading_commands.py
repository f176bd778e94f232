"""Commands that show, check and explain; none of them solves anything."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from planner.cli.app import app
from tests.cli.command import called
from tests.support import ROOT

VERBS = {
    "init",
    "check",
    "run",
    "verify",
    "explain",
    "doctor",
    "risk",
    "scenario",
    "catalog",
    "tco",
    "diff",
    "what-if",
    "alternatives",
    "sweep",
    "quotes",
    "review",
}


def leaves(command: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command under one, by the words that call it."""
    children = getattr(command, "commands", None)
    if not children:
        return [path]
    shown = {name: child for name, child in children.items() if not child.hidden}
    return [leaf for name, child in shown.items() for leaf in leaves(child, (*path, name))]


COMMANDS = leaves(get_command(app))


@pytest.fixture(autouse=True)
def _from_the_project_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_helps_with_an_example(command: tuple[str, ...]) -> None:
    told = called(*command, "--help")
    assert told.code == 0
    assert re.search(rf"Examples?:.*planner {' '.join(command)}", told.out, re.DOTALL)


def test_the_verbs_of_the_interface_are_there() -> None:
    assert {command[0] for command in COMMANDS} >= VERBS


def test_planner_alone_shows_where_to_start() -> None:
    told = called()
    assert "planner run quickstart" in told.out + told.err


@pytest.mark.parametrize("name", ["quickstart", "reference", "as-claimed"])
def test_check_counts_what_a_scenario_holds_without_solving(name: str) -> None:
    answer = called("check", name, "--json").json
    assert answer["ok"] is True
    assert answer["offers"] >= answer["usable_offers"] - 1 > 0
    assert all(answer["excluded"].values())


def test_init_writes_a_scenario_that_checks_and_never_overwrites(tmp_path: Path) -> None:
    told = called("init", "north", "--folder", tmp_path)
    path = tmp_path / "north.yaml"
    assert told.code == 0
    assert "name: north" in path.read_text()
    assert called("check", path, "--json").json["scenario"] == "north"
    path.write_text("mine")
    again = called("init", "north", "--folder", tmp_path)
    assert again.code == 2
    assert "exists already" in again.err
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["North", "../north", "no rth", ""])
def test_init_refuses_what_is_no_name(name: str, tmp_path: Path) -> None:
    told = called("init", name, "--folder", tmp_path / "in")
    assert told.code == 2
    assert list(tmp_path.rglob("*")) == []


def test_a_key_is_traced_to_the_file_and_line_that_set_it() -> None:
    lines = (ROOT / "scenarios/as-claimed.yaml").read_text().splitlines()
    line = lines.index("claims: at their word") + 1
    told = called("scenario", "show", "as-claimed", "--explain", "claims")
    assert told.code == 0
    assert f"scenarios/as-claimed.yaml:{line}" in told.out
    inherited = called("scenario", "show", "as-claimed", "--explain", "horizon.periods", "--json")
    assert inherited.json["set_at"]["horizon.periods"].startswith("scenarios/reference.yaml:")


def test_a_setting_is_traced_to_the_command_line() -> None:
    told = called("scenario", "show", "quickstart", "--set", "discount_rate=5 %/year", "--explain", "discount_rate")  # fmt: skip
    assert "--set" in told.out
    assert "5 %/year" in told.out


def test_show_merges_parents() -> None:
    data = called("scenario", "show", "as-claimed", "--json").json["scenario"]
    assert (data["name"], data["claims"], data["horizon"]["periods"]) == ("as-claimed", "at their word", 20)  # fmt: skip
    assert "extends" not in data


def test_the_catalog_lists_and_shows_by_id_and_alias() -> None:
    entries = called("catalog", "list", "--json").json["entries"]
    ids = {entry["id"] for entry in entries}
    assert {entry["kind"] for entry in entries} == {"systems"}
    assert {"nvidia-hgx-b200", "cerebras-cs-3", "taalas-hc1"} <= ids
    everything = called("catalog", "list", "all", "--json").json["entries"]
    assert len(everything) > len(entries)
    by_id = called("catalog", "show", "aws-inferentia2", "--json").json
    by_alias = called("catalog", "show", "inf2.48xlarge", "--json").json
    assert by_id == by_alias
    assert by_id["entry"]["chips"][0]["source"]
    assert by_id["entry"]["chips"][0]["source"] in called("catalog", "show", "inf2.48xlarge").out


def test_the_audit_holds_the_sohu_claim_against_its_bound() -> None:
    claims = [
        row for row in called("catalog", "audit", "--json").json["rows"] if row["kind"] == "claim"
    ]
    assert all(set(row) >= {"claim", "bound", "verdict", "explanation", "resolution"} for row in claims)  # fmt: skip
    sohu = [row for row in claims if row["system"] == "etched-sohu"]
    assert {row["verdict"] for row in sohu} & {"impossible", "rejected"}
    bounds = [row["bound"] for row in sohu if row["scenario"] == "per user"]
    assert bounds == [pytest.approx(549, rel=0.01)]
    assert "60,000" in called("catalog", "audit").out


def test_figures_grow_stale_with_time() -> None:
    early = called("catalog", "stale", "--as-of", "2024-01-01", "--json").json["stale"]
    late = called("catalog", "stale", "--as-of", "2030-01-01", "--json").json["stale"]
    assert len(early) < len(late)
    assert all(row["review_by"] < "2030-01-01" for row in late)


def test_the_schemas_are_written_where_asked(tmp_path: Path) -> None:
    told = called("catalog", "schema", "--out", tmp_path / "schemas")
    names = {path.name for path in (tmp_path / "schemas").iterdir()}
    assert told.code == 0
    assert {"scenario.json", "chip.json", "system.json", "throughput.json"} <= names
    assert {Path(line).name for line in told.out.splitlines()} == names


def test_an_error_code_is_explained_with_a_bad_and_a_good_example() -> None:
    told = called("explain", "DOC003")
    assert told.code == 0
    for part in ("unknown key", "bad:", "sevice_level", "good:", "service_level"):
        assert part.lower() in told.out.lower()
    assert called("explain", "doc003").out == told.out
    assert set(called("explain", "DOC003", "--json").json) >= {"code", "title", "meaning", "bad", "good"}  # fmt: skip


def test_a_decision_of_a_run_is_explained(tmp_path: Path) -> None:
    run = called("run", "quickstart", "--json", "--out", tmp_path).json["run_id"]
    told = called("explain", run, "b200-buy", "--out", tmp_path, "--json").json
    assert [option["id"] for option in told["options"]] == ["b200-buy"]
    assert {rate["workload"] for rate in told["rates"]} == {"chat-70b", "batch-8b"}
    by_system = called("explain", "latest", "nvidia-hgx-b200", "--out", tmp_path, "--json").json
    assert len(by_system["options"]) == 3
    unknown = called("explain", "latest", "b200-by", "--out", tmp_path)
    assert unknown.code == 2
    assert "did you mean 'b200-buy'?" in unknown.err


def test_the_doctor_names_every_part_and_is_content_here() -> None:
    told = called("doctor", "--json")
    parts = {check["name"]: check for check in told.json["checks"]}
    assert told.code == 0
    assert {"Python", "HiGHS", "CBC", "catalog", "LibreOffice", "Chromium", "PostgreSQL"} <= set(parts)  # fmt: skip
    assert all(parts[name]["ok"] for name in ("Python", "HiGHS", "catalog"))
