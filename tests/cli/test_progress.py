"""The progress bar: on a terminal alone, with the time that is left at the pace so far."""

from __future__ import annotations

import io
import sys

import pytest

from planner.cli import output
from planner.cli.output import Progress


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


def drawn(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, kept: int = 0) -> str:
    """What is shown when 16 of 64 draws, less what was kept, took ten seconds."""
    seconds = iter([0.0, 0.0, 10.0, 11.0])
    monkeypatch.setattr(output, "perf_counter", lambda: next(seconds))
    monkeypatch.setattr(sys, "stderr", stream)
    progress = Progress()
    progress.tell(kept, 64, kept)
    progress.tell(kept + 16, 64, kept)
    progress("done")
    return stream.getvalue()


def test_a_bar_tells_what_is_done_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """16 draws in 10 s: 48 more take 30 s."""
    assert "16/64 draws 30 s left" in drawn(Terminal(), monkeypatch)


def test_draws_kept_from_before_do_not_count_as_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """16 in 10 s on top of 32 that were kept: the last 16 take 10 s."""
    assert "48/64 draws 10 s left" in drawn(Terminal(), monkeypatch, kept=32)


def test_a_file_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    told = drawn(io.StringIO(), monkeypatch)
    assert "draws" not in told
    assert told.endswith("done\n")
