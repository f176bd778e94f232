"""``planner run`` and ``planner verify``: what they answer, and the code they end with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import Called, called
from tests.support import GOOD, edited, written

FIGURES = {"usd_per_mtok", "npv_usd", "capex_usd", "peak_mw", "served_share"}
RUN_KEYS = {"run_id", "run_dir", "status", "gap", "solve_s", "bau", *FIGURES}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="module")
def quick(out: Path) -> Called:
    return called("run", "quickstart", "--json", "--out", out)


def test_run_answers_with_the_keys_of_the_interface(quick: Called) -> None:
    answer = quick.json
    assert quick.code == 0
    assert set(answer) >= {"format_version", *RUN_KEYS}
    assert set(answer["bau"]) >= {"status", "gap", "solve_s", *FIGURES}
    assert answer["status"] == "optimal"
    assert answer["gap"] == 0
    assert answer["npv_usd"] < 0
    assert 0 < answer["served_share"] <= 1


def test_json_alone_is_on_stdout_and_progress_on_stderr(quick: Called) -> None:
    assert quick.out.count("\n") == 1
    assert "columns" in quick.err
    assert "saved" in quick.err


def test_the_folder_named_holds_the_figures_answered(quick: Called) -> None:
    answer = quick.json
    saved = json.loads((Path(answer["run_dir"]) / "plan.json").read_bytes())
    for name in FIGURES:
        assert saved["headline"][name] == answer[name]
        assert saved["bau"][name] == answer["bau"][name]
    assert Path(answer["run_dir"]).name == answer["run_id"]


def test_for_people_run_prints_tables_and_what_to_do_next(out: Path) -> None:
    told = called("run", "quickstart", "--out", out)
    assert told.code == 0
    for part in (
        "USD per Mtok",
        "business as usual",
        "What holds it back",
        "Next:  planner verify",
    ):
        assert part in told.out


@pytest.mark.parametrize("name", ["quickstart", "quickstart.yaml", "scenarios/quickstart.yaml"])
def test_a_scenario_is_a_name_or_a_path(name: str, quick: Called, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    from tests.support import ROOT

    monkeypatch.chdir(ROOT)
    assert called("run", name, "--json", "--out", out).json["run_id"] == quick.json["run_id"]


def test_a_setting_with_a_unit_changes_the_answer_and_the_id(quick: Called, out: Path) -> None:
    same = called("run", "quickstart", "--set", "sites.columbus.power=300 kW", "--json", "--out", out).json  # fmt: skip
    assert same["run_id"] != quick.json["run_id"]
    assert same["peak_mw"] <= 0.3 + 1e-9
    in_mw = called("run", "quickstart", "--set", "sites.columbus.power=0.3 MW", "--json", "--out", out).json  # fmt: skip
    assert in_mw["npv_usd"] == pytest.approx(same["npv_usd"], rel=1e-9)


def test_whole_units_are_asked_for_by_a_flag(out: Path, quick: Called) -> None:
    whole = called("run", "quickstart", "--integer", "--gap", "0.02", "--json", "--out", out).json
    assert whole["npv_usd"] <= quick.json["npv_usd"] + 1e-6 * abs(quick.json["npv_usd"])
    assert 0 <= whole["gap"] <= 0.02
    assert whole["run_id"] != quick.json["run_id"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("run", "quickstrat"), "did you mean 'quickstart'?"),
        (("run", "quickstart", "--integr"), "--integer"),
        (("verify",), "Missing argument"),
        (("runn", "quickstart"), "run"),
        (("run", "quickstart", "--gap", "5"), "CLI003"),
        (("run", "quickstart", "--gap", "-0.1"), "CLI003"),
        (("run", "quickstart", "--gap", "nan"), "CLI003"),
        (("run", "quickstart", "--gap", "much"), "--gap"),
        (("run", "quickstart", "--time-limit", "0"), "CLI003"),
        (("verify", "no-such-run"), "RUN002"),
        (("explain", "DOC03"), "did you mean 'DOC003'?"),
        (("catalog", "list", "chps"), "did you mean 'chips'?"),
        (("catalog", "show", "etched-sohoo"), "did you mean 'etched-sohu'?"),
        (("catalog", "list", "--catalog", "defalt"), "did you mean 'default'?"),
        (("catalog", "stale", "--as-of", "soon"), "not a date"),
        (("scenario", "show", "quickstart", "--explain", "sites.columbus.pwer"), "did you mean"),
    ],
)
def test_a_command_line_that_makes_no_sense_ends_with_2_and_says_why(
    arguments: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    told = called(*arguments, *(("--out", tmp_path) if arguments[0] in ("run", "verify") else ()))
    assert told.code == 2
    assert says in told.err
    assert told.out == ""
    assert list(tmp_path.iterdir()) == []


def test_bad_data_ends_with_3_and_names_file_line_key_and_code(tmp_path: Path) -> None:
    path = written(tmp_path, edited(GOOD, ("service_level: 99 %", "sevice_level: 99 %")))
    for command in ("run", "check"):
        told = called(command, path, *(("--out", tmp_path) if command == "run" else ()))
        assert told.code == 3
        line = path.read_text().splitlines().index("  sevice_level: 99 %") + 1
        assert f"DOC003 {path}:{line} policy.sevice_level" in told.err
        assert "did you mean 'service_level'?" in told.err
        assert told.out == ""


@pytest.mark.parametrize(
    "text", ["sites.columbus.power=24 kg", "sites.columbus.power", "=5", "sites.columbus.power='"]
)
def test_a_setting_that_makes_no_sense_ends_with_3(text: str, tmp_path: Path) -> None:
    told = called("check", "quickstart", "--set", text)
    assert told.code == 3
    assert "--set" in told.err


def test_an_infeasible_scenario_ends_with_4_and_names_what_is_short(tmp_path: Path) -> None:
    """900 times the demand on one small site and little hosted: power, places or systems are short."""
    text = edited(GOOD, ("start: 100 ktok/s", "start: 90 Mtok/s"), ("sites: [cloud]}", "sites: [cloud], max_per_period: 5}"))  # fmt: skip
    told = called("run", written(tmp_path, text), "--json", "--out", tmp_path / "reports")
    assert told.code == 4
    assert "PRG001" in told.err
    assert "short" in told.err
    assert "2027Q" in told.err
    assert told.out == ""
    assert not list(tmp_path.glob("reports/*/*"))


def test_verify_ends_with_0_then_6_for_an_edited_run(quick: Called, out: Path) -> None:
    folder = Path(quick.json["run_dir"])
    good = called("verify", quick.json["run_id"], "--out", out, "--json")
    assert (good.code, good.json["passed"]) == (0, True)
    plan = folder / "plan.json"
    before = plan.read_bytes()
    plan.write_bytes(before.replace(b'"served_share": 1.0', b'"served_share": 0.9', 1))
    spoilt = called("verify", folder, "--json")
    plan.write_bytes(before)
    assert (spoilt.code, spoilt.json["passed"]) == (6, False)
    assert "RUN004" in spoilt.err


def test_verify_ends_with_3_for_a_run_without_its_plan(tmp_path: Path, quick: Called) -> None:
    import shutil

    copy = shutil.copytree(quick.json["run_dir"], tmp_path / "copy")
    (copy / "plan.json").unlink()
    told = called("verify", copy)
    assert told.code == 3
    assert "RUN001" in told.err


def test_a_folder_that_cannot_be_written_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = called("run", "quickstart", "--out", tmp_path / "file")
    assert told.code == 2
    assert "RUN007" in told.err
