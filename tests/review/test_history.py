"""The history: numbered, chained, written whole, and every harm to it is named."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from unittest import mock

import pytest

from planner.errors import InvalidData
from planner.review.disk import CannotKeep, digest_of
from planner.review.entry import FIRST
from planner.review.history import ATTACHMENTS, History
from tests.cli.command import called

DAY = date(2026, 11, 21)


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Three entries, the last with an attachment."""
    bill = tmp_path / "bill.CSV"
    bill.write_text("amount\n1\n")
    kept = History(tmp_path / "reports" / "history")
    kept.append("quote", {"price_usd": 1.5}, at=DAY, by="Ann")
    kept.append("review", {"name": "quarterly"}, at=DAY, once="quarterly 2027-01-01")
    kept.append("actuals", {"rows": [1, None]}, at=DAY, attachments=[bill])
    return kept


def codes(history: History) -> list[str]:
    return [problem.code for problem in history.verify()]


def spoil(path: Path, change: Callable[[bytes], bytes]) -> None:
    content = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(change(content))


def test_each_entry_holds_the_hash_of_the_bytes_of_the_one_before(history: History) -> None:
    first, second, third = history.entries()
    assert (first.previous, second.previous) == (FIRST, digest_of(history.path(1).read_bytes()))
    assert third.previous == second.digest
    assert [entry.seq for entry in (first, second, third)] == [1, 2, 3]
    assert history.verify() == []


def test_what_append_returns_is_what_is_read_back(history: History) -> None:
    entry = history.append("approval", {"role": "cfo", "usd": None}, at=DAY, by="Bo")
    assert history.entries("approval") == [entry]
    assert (entry.by, entry.at, entry.body) == ("Bo", DAY, {"role": "cfo", "usd": None})


def test_the_same_thing_told_again_is_the_entry_already_there(history: History) -> None:
    again = history.append("review", {"name": "other"}, at=DAY, once="quarterly 2027-01-01")
    assert again == history.entries()[1]
    other = history.append("review", {}, at=DAY, once="quarterly 2027-04-01")
    assert other.seq == 4


def test_an_attachment_is_kept_under_its_own_hash_and_once(
    history: History, tmp_path: Path
) -> None:
    [kept] = history.entries("actuals")[0].attachments
    assert (kept.name, kept.suffix) == ("bill.CSV", ".csv")
    assert history.attachment(kept).read_text() == "amount\n1\n"
    history.append("actuals", {}, at=DAY, attachments=[tmp_path / "bill.CSV"])
    assert len(list((history.folder / ATTACHMENTS).iterdir())) == 1


def test_an_attachment_that_is_not_there_is_named_and_nothing_is_written(history: History) -> None:
    with pytest.raises(InvalidData, match="REV008"):
        history.append("quote", {}, at=DAY, attachments=[history.folder / "gone.xlsx"])
    assert len(history.entries()) == 3


def test_nan_is_refused_and_nothing_is_written(history: History) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        history.append("quote", {"price_usd": float("nan")}, at=DAY)
    assert len(history.entries()) == 3


HARMS: dict[str, tuple[Callable[[History], None], str]] = {
    "shortened": (lambda h: spoil(h.path(2), lambda b: b[:40]), "REV001"),
    "no object": (lambda h: spoil(h.path(2), lambda b: b"[]"), "REV001"),
    "a date that is none": (lambda h: spoil(h.path(2), lambda b: b.replace(b"2026-11-21", b"2026-13-21")), "REV001"),
    "missing": (lambda h: h.path(2).unlink(), "REV002"),
    "renumbered": (lambda h: h.path(3).rename(h.path(9)), "REV002"),
    "another name signed": (lambda h: spoil(h.path(1), lambda b: b.replace(b"Ann", b"Bob")), "REV003"),
    "a space added": (lambda h: spoil(h.path(1), lambda b: b + b" "), "REV003"),
    "newer": (lambda h: spoil(h.path(2), lambda b: b.replace(b'version": 1', b'version": 9')), "REV004"),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARMS)
def test_a_harmed_history_is_named_and_nothing_is_built_on_it(history: History, harm: str) -> None:
    do, code = HARMS[harm]
    do(history)
    assert codes(history) == [code]
    before = sorted(history.folder.iterdir())
    with pytest.raises(InvalidData, match=code):
        history.entries()
    with pytest.raises(InvalidData, match=code):
        history.append("quote", {}, at=DAY)
    assert sorted(history.folder.iterdir()) == before


def test_a_lost_or_changed_attachment_is_named(history: History) -> None:
    [kept] = (history.folder / ATTACHMENTS).iterdir()
    spoil(kept, lambda content: content + b"2\n")
    assert codes(history) == ["REV007"]
    kept.unlink()
    assert codes(history) == ["REV006"]


def test_a_forged_second_telling_is_named(history: History) -> None:
    """Entry 4 repeats entry 2 with a right number and hash, which the planner itself never does."""
    data = json.loads(history.path(2).read_bytes())
    data |= {"seq": 4, "previous": history.entries()[-1].digest}
    history.path(4).write_text(json.dumps(data))
    assert codes(history) == ["REV009"]


def test_a_full_disk_is_named_and_leaves_the_history_as_it_was(history: History) -> None:
    before = sorted(history.folder.iterdir())
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with mock.patch("os.fsync", side_effect=full), pytest.raises(CannotKeep, match="No space left"):
        history.append("quote", {}, at=DAY)
    assert sorted(history.folder.iterdir()) == before
    assert history.append("quote", {}, at=DAY).seq == 4


def test_writers_at_once_lose_and_double_nothing(history: History) -> None:
    def write(name: int) -> None:
        for n in range(5):
            history.append("note", {"name": name, "n": n}, at=DAY)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    notes = [(entry.body["name"], entry.body["n"]) for entry in history.entries("note")]
    assert sorted(notes) == [(name, n) for name in range(6) for n in range(5)]
    assert history.verify() == []


def test_two_machines_without_a_shared_lock_still_take_different_numbers(history: History) -> None:
    """The other machine writes number 4 between our reading and our linking: we become 5."""
    other = History(history.folder)
    raced: list[int] = []

    def read_then_lose() -> list[object]:
        known = History.entries(history)
        if not raced:
            raced.append(1)
            with mock.patch("fcntl.flock"):
                other.append("theirs", {}, at=DAY)
        return list(known)

    with mock.patch.object(history, "entries", read_then_lose):
        ours = history.append("ours", {}, at=DAY)
    assert [entry.kind for entry in history.entries()[3:]] == ["theirs", "ours"]
    assert ours.seq == 5
    assert history.verify() == []


def test_what_a_killed_writer_left_is_swept(history: History) -> None:
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True,
        text=True,
        check=True,
    )
    from planner.review.disk import _HOST

    leftover = history.folder / f".000004.json-{dead.stdout.strip()}-{_HOST}"
    leftover.write_text("{")
    assert history.append("quote", {}, at=DAY).seq == 4
    assert not leftover.exists()


def test_verify_tells_the_head_and_ends_with_6_when_broken(history: History) -> None:
    out = history.folder.parent
    told = called("review", "verify", "--out", out, "--json")
    assert (told.code, told.json["entries"]) == (0, 3)
    assert told.json["head"] == digest_of(history.path(3).read_bytes())
    spoil(history.path(1), lambda content: content + b" ")
    broken = called("review", "verify", "--out", out, "--json")
    assert broken.code == 6
    assert [problem["code"] for problem in broken.json["problems"]] == ["REV003"]
    assert "000002.json" in broken.err


def test_a_folder_without_a_history_verifies_as_empty(tmp_path: Path) -> None:
    told = called("review", "verify", "--out", tmp_path, "--json")
    assert (told.code, told.json["entries"], told.json["head"]) == (0, 0, None)
