"""The command line called as a person or a script calls it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from planner.cli.app import main
from tests.support import ROOT

PROGRAM = (sys.executable, "-c", "from planner.cli.app import main; main()")


@dataclass(frozen=True)
class Called:
    """How a command ended, and what it said where."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Its answer, which must be one JSON object and nothing else; NaN is refused."""

        def refuse(word: str) -> float:
            raise AssertionError(f"{word} in JSON")

        data = json.loads(self.out, parse_constant=refuse)
        assert isinstance(data, dict)
        return data


def called(*arguments: str | Path) -> Called:
    """Run a command in this process, wide enough that no line of a table breaks."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["planner", *map(str, arguments)]),
        mock.patch.dict(os.environ, {"COLUMNS": "300", "TERM": "dumb", "NO_COLOR": "1"}),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        _signals_kept(),
    ):
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    return Called(code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _signals_kept() -> Iterator[None]:
    """The command installs its own handlers; pytest needs its own back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def started(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    """Start a command in a process of its own, from the project root."""
    return subprocess.Popen(
        [*PROGRAM, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "300", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> Called:
    """Wait for a process."""
    out, err = process.communicate(timeout=100)
    return Called(process.returncode, out, err)
