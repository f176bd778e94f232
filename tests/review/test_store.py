"""The index: it catches up, refuses what it cannot understand, and is made again from the files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, func, select, text

from planner.errors import InvalidData
from planner.review.entry import Entry
from planner.review.history import HISTORY, History
from planner.review.index import tables
from planner.review.index.faults import StoreAway
from planner.review.index.rows import Row, rows_of
from planner.review.index.store import FILE, Store, default_url
from tests.cli.command import called
from tests.review.server import Server

DAY = date(2026, 11, 21)
REVIEW = {
    "name": "quarterly",
    "due": "2027-01-01",
    "scenario": "small",
    "scenario_sha256": "a" * 64,
    "run_id": "abc123",
    "npv_usd": -3.5e6,
    "amount_usd": 1e6,
    "runs": [{"run_id": "abc123", "path": "small/abc123", "manifest_sha256": "b" * 64}],
    "triggers": [{"trigger": "data stale", "subject": "acme-fast", "sentence": "is old"}],
    "decisions": [
        {"decision": "order", "subject": "fast-buy", "site": "home", "decide_by": "2027-02-01", "systems": 2.5, "usd": None}
    ],
}  # fmt: skip
APPROVAL = {"review": 2, "role": "cfo", "name": "Bo", "decision": "approve", "manifest_sha256": "b" * 64}  # fmt: skip


@pytest.fixture
def history(tmp_path: Path) -> History:
    history = History(tmp_path / "reports" / HISTORY)
    history.append("note", {}, at=DAY)
    history.append("review", REVIEW, at=DAY, once="review quarterly 2027-01-01")
    history.append("approval", APPROVAL, at=DAY)
    return history


def count(store: Store, table: object) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]


def test_the_index_adopts_what_it_lacks_and_nothing_twice(history: History, store_url: str) -> None:
    store = Store(store_url, history)
    assert store.open() == 3
    assert store.open() == 0
    history.append("note", {}, at=DAY)
    assert store.open() == 1
    assert count(store, tables.entries) == 4
    with store.reading() as connection:
        review = connection.execute(select(tables.reviews)).mappings().one()
        decision = connection.execute(select(tables.decisions)).mappings().one()
        names = connection.execute(select(tables.approvals.c.name)).scalars().all()
    assert (review["name"], review["due"], review["npv_usd"]) == ("quarterly", date(2027, 1, 1), -3.5e6)  # fmt: skip
    assert (decision["decide_by"], decision["systems"], decision["usd"]) == (date(2027, 2, 1), 2.5, None)  # fmt: skip
    assert names == ["Bo"]
    assert [count(store, t) for t in (tables.runs, tables.scenarios, tables.triggers)] == [1, 1, 1]


def test_the_steps_of_the_layout_end_at_the_tables_that_are_used(
    history: History, store_url: str
) -> None:
    store = Store(store_url, history)
    store.open()
    with store.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, tables.metadata) == []


def test_eight_open_an_empty_store_at_once(history: History, store_url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        adopted = list(pool.map(lambda _: Store(store_url, history).open(), range(8)))
    assert sorted(adopted) == [0, 0, 0, 0, 0, 0, 0, 3]


def test_a_newer_store_is_refused_and_left_as_it_is(history: History, store_url: str) -> None:
    store = Store(store_url, history)
    store.open()
    change(store_url, "UPDATE alembic_version SET version_num = '9999'")
    for attempt in (store.open, store.rebuild):
        with pytest.raises(InvalidData, match=r"REV010.*9999"):
            attempt()
    assert count(store, tables.entries) == 3


@pytest.mark.parametrize("harm", ["DROP TABLE decisions", "DELETE FROM runs"])
def test_a_damaged_store_is_made_again_from_the_history(
    history: History, store_url: str, harm: str
) -> None:
    """A dropped table is named as damage; lost rows are not seen, and come back all the same."""
    store = Store(store_url, history)
    store.open()
    change(store_url, harm)
    history.append("review", {**REVIEW, "due": "2027-04-01"}, at=DAY)
    if harm.startswith("DROP"):
        with pytest.raises(InvalidData, match="REV011"):
            store.open()
    assert store.rebuild() == 4
    assert (count(store, tables.decisions), count(store, tables.runs)) == (2, 2)


def test_a_file_that_is_no_database_is_named_and_kept_aside(
    history: History, tmp_path: Path
) -> None:
    file = tmp_path / "reports" / FILE
    file.write_bytes(b"no database at all, but long enough to be looked at " * 10)
    store = Store(default_url(tmp_path / "reports"), history)
    with pytest.raises(InvalidData, match="REV011"):
        store.open()
    assert store.rebuild() == 3
    assert file.with_name(f"{FILE}.damaged-1").read_bytes().startswith(b"no database")


def test_a_store_with_torn_pages_is_named(history: History, tmp_path: Path) -> None:
    store = Store(default_url(tmp_path / "reports"), history)
    store.open()
    file = tmp_path / "reports" / FILE
    content = bytearray(file.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    file.write_bytes(content)
    with pytest.raises(InvalidData, match="REV011"):
        store.open()
    assert store.rebuild() == 3


def test_entries_that_the_folder_lacks_are_never_dropped_silently(
    history: History, store_url: str
) -> None:
    """The store knows three entries; the folder was cut to two, which alone cannot be seen."""
    store = Store(store_url, history)
    store.open()
    history.path(3).unlink()
    assert len(history.entries()) == 2
    for attempt in (store.open, store.rebuild):
        with pytest.raises(InvalidData, match="REV012"):
            attempt()
    assert count(store, tables.entries) == 3
    assert store.rebuild(forget=True) == 2
    assert count(store, tables.entries) == 2


def test_another_history_under_the_same_store_is_refused(
    history: History, store_url: str, tmp_path: Path
) -> None:
    Store(store_url, history).open()
    other = History(tmp_path / "elsewhere")
    other.append("note", {"other": True}, at=DAY)
    with pytest.raises(InvalidData, match="REV012"):
        Store(store_url, other).open()


def test_a_server_that_is_away_is_named_without_the_password(history: History) -> None:
    url = "postgresql+psycopg://ann:s3cret@127.0.0.1:1/planner"
    with pytest.raises(StoreAway, match="REV013") as refusal:
        Store(url, history).open()
    assert "s3cret" not in str(refusal.value)
    assert "ann" in str(refusal.value)


def test_a_connection_lost_midway_loses_nothing(history: History, server: Server) -> None:
    """The server ends our connection while the third entry is adopted: the two before are undone."""
    url = server.fresh("lost_midway")
    store = Store(url, history)

    def losing(entry: Entry) -> Iterator[Row]:
        if entry.seq == 3:
            change(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'lost_midway' AND pid <> pg_backend_pid()")  # fmt: skip
        yield from rows_of(entry)

    with mock.patch("planner.review.index.store.rows_of", losing), pytest.raises(StoreAway):
        store.open()
    assert store.open() == 3


@pytest.mark.parametrize("url", ["mysql://host/db", "not an address", "sqlite://"])
def test_a_store_we_do_not_keep_is_refused(history: History, url: str) -> None:
    with pytest.raises(InvalidData, match="REV014"):
        Store(url, history)


def test_rebuild_and_verify_through_the_command_line(
    history: History, tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANNER_STORE", store_url)
    out = tmp_path / "reports"
    history.path(2).unlink()
    history.path(3).unlink()
    told = called("review", "rebuild", "--out", out, "--json")
    assert (told.code, told.json["entries"]) == (0, 1)
    history.append("note", {}, at=DAY)
    assert called("review", "verify", "--out", out, "--json").json["store"] is not None
    history.path(2).unlink()
    cut = called("review", "verify", "--out", out, "--json")
    assert cut.code == 6
    assert [problem["code"] for problem in cut.json["problems"]] == ["REV012"]


def change(url: str, statement: str) -> None:
    """Do something to the store behind its back."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.execute(statement)
        connection.commit()
        connection.close()
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
