"""Runs as processes: the same bytes from each, safe beside one another, killed at any moment."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from planner.cli.app import Interrupted
from planner.plan.store import runs
from planner.plan.verify import verify
from tests.cli.command import PROGRAM, ROOT, Called, ended, started

QUICK = ("run", "quickstart", "--json", "--out")
TINY = ("run", "tests/scenarios/melange.yaml", "--json", "--out")


def valid(out: Path) -> list[Path]:
    """Every run that would be found; each must verify."""
    found = list(runs(out))
    for folder in found:
        assert [check for check in verify(folder) if not check.passed] == []
    return found


def left_over(out: Path) -> list[str]:
    """Names of hidden folders beside the runs."""
    return [path.name for path in out.glob("*/.*")]


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Called]]:
    """Two runs of the same scenario at once, hashing strings differently, into one folder."""
    out = tmp_path_factory.mktemp("together")
    processes = [started(*QUICK, out, PYTHONHASHSEED=seed) for seed in ("1", "4242")]
    return out, [ended(process) for process in processes]


def test_two_runs_at_once_both_succeed_and_leave_one_valid_folder(
    together: tuple[Path, list[Called]],
) -> None:
    out, both = together
    assert [one.code for one in both] == [0, 0]
    assert len(valid(out)) == 1
    assert left_over(out) == []


def test_the_bytes_of_a_plan_do_not_depend_on_the_process(
    together: tuple[Path, list[Called]], tmp_path: Path
) -> None:
    """Same id from both seeds above, and the same bytes from a third process elsewhere."""
    out, both = together
    alone = ended(started(*QUICK, tmp_path, PYTHONHASHSEED="7"))
    assert len({one.json["run_id"] for one in (*both, alone)}) == 1
    here, there = Path(alone.json["run_dir"]), out / "quickstart" / alone.json["run_id"]
    for name in ("plan.json", "manifest.json", "tables/columns.csv", "tables/ledger.csv", "inputs/catalog.json"):  # fmt: skip
        assert (here / name).read_bytes() == (there / name).read_bytes()


def test_data_goes_to_stdout_and_progress_to_stderr(together: tuple[Path, list[Called]]) -> None:
    for one in together[1]:
        assert one.json["status"] == "optimal"
        assert one.out.count("\n") == 1
        assert "checked" in one.err
        assert "saved" in one.err
        assert "Warning" not in one.err


def at(word: str, out: Path) -> subprocess.Popen[str]:
    """A run that has just said ``word`` on stderr."""
    process = started(*TINY, out)
    assert process.stderr is not None
    for text in process.stderr:
        if word in text:
            return process
    raise AssertionError(f"the run never said '{word}'")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_asked_to_stop_says_so_and_leaves_no_half_folder(number: int, tmp_path: Path) -> None:
    """It stops at once, or was quick enough to have saved a valid run."""
    process = at("columns", tmp_path)
    process.send_signal(number)
    result = ended(process)
    assert result.code in (0, 130)
    assert "Traceback" not in result.err
    assert len(valid(tmp_path)) <= 1
    if result.code == 130:
        assert "interrupted" in result.err


def test_an_interrupt_is_swallowed_by_no_handler_of_errors() -> None:
    """Ctrl-C while pint converts a unit must not become 'us is not a unit of the same kind as s'."""
    assert not issubclass(Interrupted, Exception)


def test_a_run_interrupted_while_it_solves_ends_with_130(tmp_path: Path) -> None:
    """The whole-unit reference searches for minutes; seconds into it it is inside the solver."""
    process = started("run", "reference", "--integer", "--out", tmp_path)
    assert process.stderr is not None
    for text in process.stderr:
        if "usable offers" in text:
            break
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    asked = time.monotonic()
    assert ended(process).code == 130
    assert time.monotonic() - asked < 20
    assert list(runs(tmp_path)) == []


def test_killed_runs_leave_no_half_folder_and_the_next_run_sweeps_up(tmp_path: Path) -> None:
    """SIGKILL at five moments around the writing, each after its own seeded wait."""
    waits = random.Random(20261120)
    for _ in range(5):
        process = at("business as usual", tmp_path)
        time.sleep(waits.uniform(0.0, 0.25))
        process.kill()
        process.communicate(timeout=60)
        valid(tmp_path)
    last = ended(started(*TINY, tmp_path))
    assert last.code == 0
    assert Path(last.json["run_dir"]) in valid(tmp_path)
    assert left_over(tmp_path) == []


def test_help_imports_neither_pandas_nor_pulp() -> None:
    code = f"""
import sys
sys.argv = ["planner", "--help"]
try:
    {PROGRAM[2]}
except SystemExit:
    heavy = {{"pandas", "pulp", "highspy", "numpy", "scipy", "pydantic", "pint"}} & set(sys.modules)
    sys.exit(" ".join(sorted(heavy)) or 0)
"""
    done = subprocess.run([PROGRAM[0], "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "planner run quickstart" in done.stdout


def test_a_reader_that_stops_early_is_no_error() -> None:
    """``planner catalog list | head -1``."""
    line = f'{PROGRAM[0]} -c "{PROGRAM[2]}" catalog list all | head -1; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    assert "error" not in done.stderr
    assert done.stdout.splitlines()[-1] == "0"
