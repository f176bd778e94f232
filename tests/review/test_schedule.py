"""Printed schedules: each is read by something else than what wrote it."""

from __future__ import annotations

import ast
import json
import shlex
import shutil
import subprocess
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema
import pytest
from cronsim import CronSim
from ruamel.yaml import YAML

import planner.review.schedule  # noqa: F401  (importing the package registers every form)
from planner.review.schedule.form import Job, names, printed
from tests.cli.command import called

JOB = Job("/opt/pl anner/bin/planner", PurePosixPath("/srv/our plans, 100%"), ("quickstart",), 6, 5)
SCHEMAS = Path(__file__).parent


def only(form: str) -> str:
    [text] = printed(form, JOB).values()
    return text


def read(text: str) -> Any:
    return YAML(typ="safe").load(text)


def daily(expression: str) -> None:
    """Every day at five past six."""
    [first, second] = [moment for moment, _ in zip(CronSim(expression, datetime(2027, 1, 1)), range(2), strict=False)]  # fmt: skip
    assert (first, second) == (datetime(2027, 1, 1, 6, 5), datetime(2027, 1, 2, 6, 5))


def test_the_forms_are_those_of_the_interface() -> None:
    assert names() == ["airflow", "cron", "github", "kubernetes", "systemd"]


def test_the_crontab_line_fires_daily_and_its_command_survives_the_shell() -> None:
    """Cron ends a command at an unescaped percent sign; the shell splits what is left at spaces."""
    [line] = [line for line in only("cron").splitlines() if not line.startswith("#")]
    fields, command = line.split(" ", 5)[:5], line.split(" ", 5)[5]
    daily(" ".join(fields))
    assert "%" not in command.replace(r"\%", "")
    words = shlex.split(command.replace(r"\%", "%"))
    assert words == ["cd", str(JOB.folder), "&&", JOB.command, "review", "tick", "quickstart"]


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze: apt-get install systemd")
    command = tmp_path / "a planner, 100%"
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    job = Job(str(command), PurePosixPath(tmp_path), ("quickstart",), 6, 5)
    files = printed("systemd", job)
    assert set(files) == {"planner-review.service", "planner-review.timer"}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    verified = verify(tmp_path, files)
    assert (verified.returncode, verified.stderr) == (0, "")
    timer = tmp_path / "planner-review.timer"
    timer.write_text(timer.read_text().replace("06:05:00", "26:05:00"))
    assert verify(tmp_path, files).stderr
    asked = subprocess.run(
        ["systemd-analyze", "calendar", "--base-time=2027-01-01 00:00:00 UTC", "*-*-* 06:05:00 UTC"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "2027-01-01 06:05:00 UTC" in asked.stdout


def verify(folder: Path, files: dict[str, str]) -> subprocess.CompletedProcess[str]:
    paths = [folder / name for name in files]
    return subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_workflow_meets_the_schema_of_workflows() -> None:
    workflow = read(only("github"))
    jsonschema.validate(workflow, json.loads((SCHEMAS / "workflow.json").read_text()))
    daily(workflow["on"]["schedule"][0]["cron"])
    runs = [step["run"] for step in workflow["jobs"]["tick"]["steps"] if "run" in step]
    assert "planner review tick quickstart" in runs
    assert workflow["concurrency"]["cancel-in-progress"] is False


def test_the_cronjob_meets_the_schema_of_cronjobs() -> None:
    job = read(only("kubernetes"))
    jsonschema.validate(job, json.loads((SCHEMAS / "cronjob.json").read_text()))
    daily(job["spec"]["schedule"])
    [container] = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    assert container["command"] == ["planner", "review", "tick", "quickstart"]
    assert container["workingDir"] == str(JOB.folder)
    assert job["spec"]["concurrencyPolicy"] == "Forbid"


def test_a_broken_workflow_would_not_meet_the_schema() -> None:
    workflow = read(only("github"))
    del workflow["jobs"]["tick"]["runs-on"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(workflow, json.loads((SCHEMAS / "workflow.json").read_text()))


def test_the_dag_is_python_that_fires_daily_without_catching_up() -> None:
    tree = ast.parse(only("airflow"))
    calls = {ast.unparse(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    dag = {key.arg: ast.unparse(key.value) for key in calls["DAG"].keywords}
    daily(ast.literal_eval(dag["schedule"]))
    assert (dag["catchup"], dag["max_active_runs"]) == ("False", "1")
    operator = {key.arg: key.value for key in calls["BashOperator"].keywords}
    words = shlex.split(ast.literal_eval(operator["bash_command"]))
    assert words == ["cd", str(JOB.folder), "&&", JOB.command, "review", "tick", "quickstart"]


@pytest.mark.parametrize("form", ["cron", "systemd", "github", "airflow", "kubernetes"])
def test_the_command_prints_and_writes_the_same_files(form: str, tmp_path: Path) -> None:
    shared = ("review", "schedule", "quickstart", "--format", form, "--at", "06:05", "--command", "planner")  # fmt: skip
    files = called(*shared, "--json").json["files"]
    shown = called(*shared).out
    assert all(text.strip() in shown for text in files.values())
    assert called(*shared, "--to", tmp_path).code == 0
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == files


def test_an_unknown_form_review_or_time_is_named() -> None:
    assert "did you mean 'systemd'" in called("review", "schedule", "--format", "sytemd").err
    assert called("review", "schedule", "no-such-review").code == 2
    assert called("review", "schedule", "--at", "25:00").code == 2
