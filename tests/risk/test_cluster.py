"""A Dask cluster: the same bytes as here, a killed worker loses and doubles nothing, absence is named."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import numpy as np
import pytest

pytest.importorskip("distributed", reason="pip install 'planner[dask]'")

from planner.risk.chunks import CHUNK, Batch, Means, evaluate
from planner.risk.cluster import Cluster, NoCluster, OtherCode
from planner.risk.crew import Local
from tests.cli.command import called
from tests.risk.problems import newsvendor
from tests.risk.risky import RISKY
from tests.support import ROOT, written

pytestmark = pytest.mark.filterwarnings("ignore")
"""Threads of a cluster's own end as they like."""


class Machines:
    """A real scheduler and two real workers on loopback, each a process of its own."""

    def __init__(self) -> None:
        self.running: list[subprocess.Popen[str]] = []
        self.address = ""

    def start(self) -> None:
        scheduler = self._run("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")  # fmt: skip
        assert scheduler.stderr is not None
        for text in scheduler.stderr:
            found = re.search(r"tcp://127\.0\.0\.1:\d+", text)
            if found:
                self.address = found[0]
                break
        for name in ("one", "two"):
            self._run("distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", name, "--host", "127.0.0.1")  # fmt: skip

    def _run(self, module: str, *arguments: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        started = subprocess.Popen([sys.executable, "-m", module, *arguments], stderr=subprocess.PIPE, text=True, env=environment)  # fmt: skip
        self.running.append(started)
        return started

    def end(self) -> None:
        while self.running:
            process = self.running.pop()
            process.kill()
            process.communicate()


@pytest.fixture
def machines() -> Iterator[Machines]:
    made = Machines()
    try:
        made.start()
        yield made
    finally:
        made.end()


def test_a_run_on_a_cluster_is_the_same_bytes_as_here(machines: Machines, tmp_path: Path) -> None:
    """32 draws in two chunks, on this process and on two workers: every file alike."""
    scenario = written(tmp_path, RISKY)
    asked = ("risk", "run", scenario, "--draws", "32", "--seed", "3", "--json", "--out")
    here = Path(called(*asked, tmp_path / "here").json["run_dir"])
    engine = ("--engine", "dask", "--address", machines.address)
    there = Path(called(*asked, tmp_path / "there", *engine).json["run_dir"])
    assert {f.name: f.read_bytes() for f in here.iterdir()} == {f.name: f.read_bytes() for f in there.iterdir()}  # fmt: skip


def test_a_worker_killed_midway_loses_no_draw_and_doubles_none(machines: Machines) -> None:
    """Forty chunks; one of two workers is killed while they run. Every world comes back once, with
    the very cost it has here.
    """
    problem = newsvendor(1.0, 3.0, range(10, 10 + 40 * CHUNK))
    bought = np.array([200.0])
    crew = Cluster(machines.address, wait_s=30.0)
    crew.client.wait_for_workers(2, timeout=30)
    heard: list[int] = []

    def tell(done: int, count: int, kept: int) -> None:
        heard.append(done)
        if done == 4 * CHUNK:
            machines.running[-1].send_signal(signal.SIGKILL)

    try:
        there = evaluate(problem, bought, Batch(Means(crew, tell=tell)))
        assert machines.running[-1].wait(10) == -signal.SIGKILL
    finally:
        crew.close()
    here = evaluate(problem, bought, Batch(Means(Local())))
    assert heard == [CHUNK * k for k in range(41)]
    assert [f.cost for f in there] == [f.cost for f in here]


def test_a_cluster_lost_altogether_is_named(machines: Machines) -> None:
    problem = newsvendor(1.0, 3.0, range(10, 10 + 40 * CHUNK))
    crew = Cluster(machines.address, wait_s=30.0)
    timer = Timer(0.0, machines.end)

    def tell(done: int, count: int, kept: int) -> None:
        if done == CHUNK:
            timer.start()
            timer.join()

    with pytest.raises(NoCluster, match="RSK018"):
        evaluate(problem, np.array([200.0]), Batch(Means(crew, tell=tell)))


def test_workers_of_another_version_are_refused(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.risk.cluster._ours", lambda: "another digest")
    with pytest.raises(OtherCode, match="RSK019"):
        Cluster(machines.address, wait_s=30.0)


def test_a_cluster_that_does_not_answer_is_named_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cluster.__init__, "__defaults__", (0.5,))
    scenario = written(tmp_path, RISKY)
    out = tmp_path / "reports"
    engine = ("--engine", "dask", "--address", "tcp://127.0.0.1:1")
    told = called("risk", "run", scenario, "--draws", "8", "--out", out, *engine)
    assert (told.code, "RSK018" in told.err) == (1, True)
    assert not list(out.rglob("*.*"))


@pytest.mark.parametrize("flags", [("--engine", "dask"), ("--address", "tcp://127.0.0.1:8786")])
def test_an_engine_without_its_address_is_refused(flags: tuple[str, ...]) -> None:
    told = called("risk", "run", "risk-small", *flags)
    assert (told.code, "CLI003" in told.err) == (2, True)


def test_without_the_extra_the_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = called("risk", "run", "risk-small", "--engine", "dask", "--address", "tcp://127.0.0.1:1")  # fmt: skip
    assert (told.code, "RSK020" in told.err) == (2, True)
