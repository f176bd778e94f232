"""The cycle: what is due is held once, however often, late, killed or many at once it is called."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from sqlalchemy import func, select

from planner.errors import Failure, InvalidData
from planner.review.index import tables
from planner.review.lock import LOCK, Overlaps
from tests.cli.command import called
from tests.review.forked import Forks, forks
from tests.review.small import QUARTERS, Case, case

SECOND = QUARTERS[1]
WEEKLY = (
    "{every: quarter, first: 2026-12-15, roll: none}",
    '{every: cron, expression: "0 6 * * 2", first: 2026-12-15, roll: none}',
)
LEVEL = (("growth: 40 %/year", "growth: 0 %/year"), ("service_level: 99 %", "service_level: 0 %"))


@pytest.fixture(scope="module")
def mother() -> Iterator[Forks]:
    with forks() as started:
        yield started


def bytes_of(made: Case) -> dict[str, bytes]:
    """Everything a history and its runs hold, times of work aside."""
    paths = [*made.out.rglob("*.json"), *made.out.rglob("*.csv")]
    return {
        str(path.relative_to(made.out)): path.read_bytes()
        for path in paths
        if path.name != "timings.json"
    }


def whole(made: Case) -> None:
    """The chain holds, the store tells the same, and nothing half done lies about."""
    assert made.history.verify() == []
    made.store.open()
    with made.store.reading() as connection:
        known = connection.execute(select(tables.reviews.c.due)).scalars().all()
        count = connection.execute(select(func.count()).select_from(tables.entries)).scalar_one()
    entries = made.history.entries("review")
    assert sorted(known) == [date.fromisoformat(entry.body["due"]) for entry in entries]
    assert count == len(made.history.entries())
    assert len({entry.body["planned"] for entry in entries}) == len(entries)


def test_what_is_due_is_held_once_and_a_missed_quarter_is_held_late(tmp_path: Path) -> None:
    """Called first in the second quarter: both are held, each as of its own day; called again: none."""
    made = case(tmp_path)
    said: list[str] = []
    entries = made.tick(SECOND + timedelta(days=3), say=said.append)
    assert [entry.body["due"] for entry in entries] == ["2026-12-15", "2027-03-15"]
    assert "small-2026-12-15 is due, 93 days late" in said
    assert made.tick(SECOND + timedelta(days=3)) == []
    assert made.held() == ["small-2026-12-15", "small-2027-03-15"]
    whole(made)


def test_nothing_is_held_before_its_day(tmp_path: Path) -> None:
    made = case(tmp_path)
    assert made.tick(QUARTERS[0] - timedelta(days=1)) == []
    assert len(made.tick(QUARTERS[0])) == 1


def test_two_reviews_are_held_oldest_first_and_one_that_fails_stops_only_itself(
    tmp_path: Path,
) -> None:
    made = case(tmp_path)
    other = made.file.with_name("other.yaml")
    text = made.file.read_text().replace("name: small", "name: other")
    other.write_text(text.replace("scenario: scenario.yaml", "scenario: gone.yaml"))
    from planner.review.cycle import tick
    from planner.review.settings import load

    with pytest.raises(Failure, match="CLI002"):
        tick([load(other), made.review], made.store, made.out, SECOND)
    assert made.held() == ["small-2026-12-15", "small-2027-03-15"]
    whole(made)


def test_a_run_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    """On time, or a year late: the run folders are the same to the byte; the entry tells the day."""
    on_time, late = case(tmp_path / "a"), case(tmp_path / "b")
    on_time.tick(QUARTERS[0])
    late.tick(QUARTERS[0] + timedelta(days=80))
    runs = [{k: v for k, v in bytes_of(c).items() if not k.startswith("history")} for c in (on_time, late)]  # fmt: skip
    assert runs[0] == runs[1]


def test_a_scenario_whose_horizon_is_over_is_named(tmp_path: Path) -> None:
    made = case(tmp_path, review=[("horizon: rolling", "horizon: fixed end")])
    with pytest.raises(InvalidData, match="REV022"):
        made.tick(date(2028, 1, 1))
    assert made.held()[-1] == "small-2027-09-15"


def test_a_tick_that_overlaps_another_is_named_and_begins_nothing(tmp_path: Path) -> None:
    made = case(tmp_path)
    made.out.mkdir()
    with (made.out / LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Overlaps, match="REV023"):
            made.tick(SECOND, wait_s=0.2)
    assert made.held() == []
    assert len(made.tick(SECOND)) == 2


STEPS = {
    "plan": "planner.review.cycle.make_plan",
    "run folder": "planner.review.cycle.save",
    "result": "planner.review.cycle.result",
    "entry": "planner.review.history.write_new",
    "index": "planner.review.index.store.rows_of",
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bytes of two reviews that nothing disturbed."""
    made = case(tmp_path_factory.mktemp("clean"))
    made.tick(SECOND)
    return bytes_of(made)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_fault_at_any_step_loses_and_doubles_nothing(
    step: str, moment: str, tmp_path: Path, clean: dict[str, bytes]
) -> None:
    """The disk is full just before or just after a step; called again, everything is as if it never was."""
    made = case(tmp_path)
    with mock.patch(STEPS[step], faulty(STEPS[step], moment)):
        with pytest.raises((Failure, OSError)):
            made.tick(SECOND)
        assert len(made.held()) == (
            2 if step == "index" else 1 if (step, moment) == ("entry", "after") else 0
        )
    made.tick(SECOND)
    assert bytes_of(made) == clean
    whole(made)


def faulty(target: str, moment: str) -> Callable[..., Any]:
    """The real step, with a full disk at one moment of it."""
    module, _, name = target.rpartition(".")
    real = getattr(__import__(module, fromlist=[name]), name)
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def step(*arguments: Any, **options: Any) -> Any:
        if moment == "after":
            real(*arguments, **options)
        raise full

    return step


def test_eight_ticks_at_once_hold_each_review_once(
    mother: Forks, store_url: str, tmp_path: Path, clean: dict[str, bytes]
) -> None:
    made = case(tmp_path, store_url)
    assert mother.tick(made, SECOND, ways=8) == [0] * 8
    assert bytes_of(made) == clean
    whole(made)


def killed(mother: Forks, made: Case, times: int) -> int:
    """Kill a tick at a random moment, week after week; how many were killed at work."""
    dice = random.Random(8)
    struck = 0
    for week in range(times):
        today = date(2026, 12, 15) + timedelta(weeks=week)
        [code] = mother.tick(made, today, kill_after_s=dice.uniform(0.0, 1.2))
        assert code in (0, -9)
        struck += code == -9
    return struck


def one_kill_after_another(
    mother: Forks, made: Case, twin: Case, times: int, check: Callable[[int], None]
) -> None:
    check(killed(mother, made, times))
    last = date(2026, 12, 15) + timedelta(weeks=times)
    assert mother.tick(made, last) == [0]
    weeks = [date(2026, 12, 15) + timedelta(weeks=week) for week in range(times + 1)]
    assert made.held() == [f"small-{week.isoformat()}" for week in weeks]
    whole(made)
    assert mother.tick(twin, last) == [0]
    assert without_days(bytes_of(made)) == without_days(bytes_of(twin))


def without_days(found: dict[str, bytes]) -> dict[str, object]:
    """An entry tells the day it was written on, and with it the hash of the one before."""
    plain: dict[str, object] = {}
    for name, content in found.items():
        if name.startswith("history"):
            plain[name] = {**json.loads(content), "at": "", "previous": ""}
        else:
            plain[name] = content
    return plain


def test_twenty_five_kills_lose_and_double_nothing(
    mother: Forks, store_url: str, tmp_path: Path
) -> None:
    """What 25 killed ticks and one that may end leave is what one undisturbed tick leaves."""
    made = case(tmp_path, store_url, review=[WEEKLY], scenario=LEVEL)
    twin = case(tmp_path / "twin", review=[WEEKLY], scenario=LEVEL)

    def enough(struck: int) -> None:
        assert struck >= 5

    one_kill_after_another(mother, made, twin, 25, enough)


@pytest.mark.soak
def test_five_hundred_kills_lose_and_double_nothing(
    mother: Forks, store_url: str, tmp_path: Path
) -> None:
    made = case(tmp_path, store_url, review=[WEEKLY], scenario=LEVEL)
    twin = case(tmp_path / "twin", review=[WEEKLY], scenario=LEVEL)

    def enough(struck: int) -> None:
        assert struck >= 100

    one_kill_after_another(mother, made, twin, 500, enough)


def test_a_server_lost_midway_loses_nothing(
    server: Any, tmp_path: Path, clean: dict[str, bytes]
) -> None:
    """The server stops while the first review is planned: its entry is written, the index catches up later."""
    from planner.plan.make import make_plan
    from planner.review.index.faults import StoreAway

    made = case(tmp_path, server.fresh("lost_in_tick"))

    def stopping(*arguments: Any, **options: Any) -> Any:
        server.stop()
        return make_plan(*arguments, **options)

    try:
        with mock.patch("planner.review.cycle.make_plan", stopping), pytest.raises(StoreAway):
            made.tick(SECOND)
    finally:
        server.start()
    made.tick(SECOND)
    assert bytes_of(made) == clean
    whole(made)


def test_through_the_command_line(tmp_path: Path) -> None:
    made = case(tmp_path)
    arguments = ("review", "tick", made.file, "--out", made.out, "--today", "2026-12-15")
    told = called(*arguments, "--json")
    assert told.code == 0
    [held] = told.json["held"]
    assert (held["id"], held["due"], held["seq"]) == ("small-2026-12-15", "2026-12-15", 1)
    assert called(*arguments, "--json").json["held"] == []
    assert "Nothing is due" in called(*arguments).out
    assert called(*arguments[:-1], "soon").code == 2
