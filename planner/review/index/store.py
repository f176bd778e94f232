"""Open the index: bring its layout up, let it catch up with the history, keep ticks apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, make_url, select, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from planner.errors import InvalidData, Problem
from planner.review.entry import Entry
from planner.review.history import History
from planner.review.index.faults import StoreAway, broken, elsewhere, faults_named, shown
from planner.review.index.layout import bring_up, tear_down
from planner.review.index.rows import rows_of
from planner.review.index.tables import entries as entries_table

FILE = "planner.sqlite"
"""Name of the index among run folders, where no server is named."""
SQLITE, POSTGRESQL = "sqlite", "postgresql"
_WAIT_S = 120.0
"""How long a writer waits for another."""


def default_url(out: Path) -> str:
    """The index that stands beside the run folders."""
    return URL.create(SQLITE, database=str(out / FILE)).render_as_string()


class Store:
    """The index of one history."""

    def __init__(self, url: str, history: History) -> None:
        self.url = _parsed(url)
        self.history = history
        self.engine = _engine(self.url)

    @property
    def name(self) -> str:
        return shown(self.url)

    @property
    def exists(self) -> bool:
        """Whether it was ever opened; of a server that is taken for granted."""
        return self.url.get_backend_name() != SQLITE or Path(str(self.url.database)).exists()

    def open(self) -> int:
        """Bring the layout up and adopt what the index lacks; how many entries were adopted.

        Raises InvalidData where the store is newer (REV010), damaged (REV011) or tells another
        story than the history (REV012), StoreAway where it cannot be reached.
        """
        entries = self.history.entries()
        with faults_named(self.url), self._transaction() as connection:
            self._sound(connection)
            bring_up(connection, self.name)
            return self._adopt(connection, entries)

    def rebuild(self, forget: bool = False) -> int:
        """Make the index again from the history; how many entries it holds.

        A damaged file is set aside under another name. forget: also where the index knows entries
        that the folder lacks, which is otherwise refused (REV012).
        """
        if not forget:
            try:
                self.open()
            except InvalidData as error:
                if error.code != "REV011":
                    raise
        self._set_aside_damage()
        entries = self.history.entries()
        with faults_named(self.url), self._transaction() as connection:
            tear_down(connection)
            bring_up(connection, self.name)
            return self._adopt(connection, entries)

    @contextmanager
    def alone(self, subject: str) -> Iterator[None]:
        """Among machines that share a server, one at a time; the lock dies with its connection."""
        if self.url.get_backend_name() != POSTGRESQL:
            yield
            return
        with faults_named(self.url), self.engine.connect() as connection:
            connection.execute(text(f"SET lock_timeout = '{_WAIT_S:g}s'"))
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _key(subject)})
            connection.commit()
            yield

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to ask questions of."""
        with faults_named(self.url), self.engine.connect() as connection:
            yield connection

    def _adopt(self, connection: Connection, entries: Sequence[Entry]) -> int:
        columns = (entries_table.c.seq, entries_table.c.digest)
        known = {int(seq): str(digest) for seq, digest in connection.execute(select(*columns))}
        folder = str(self.history.folder)
        for seq in sorted(known):
            if seq > len(entries):
                raise elsewhere(self.name, seq, folder, "is known to the store and not")
            if known[seq] != entries[seq - 1].digest:
                raise elsewhere(self.name, seq, folder, "reads otherwise in the store than")
        adopted = [entry for entry in entries if entry.seq not in known]
        for entry in adopted:
            for table, row in rows_of(entry):
                connection.execute(insert(table), row)
        return len(adopted)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """Everything or nothing, one writer at a time."""
        if self.url.get_backend_name() == SQLITE and self.url.database:
            self._make_room(Path(self.url.database).parent)
        with self.engine.begin() as connection:
            if self.url.get_backend_name() == POSTGRESQL:
                key = {"key": _key("planner index")}
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), key)
            yield connection

    def _make_room(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreAway(self.name, str(error.strerror)) from error

    def _sound(self, connection: Connection) -> None:
        if self.url.get_backend_name() == SQLITE:
            verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if verdict != "ok":
                raise broken(self.name, str(verdict))

    def _set_aside_damage(self) -> None:
        """A file that SQLite cannot read is kept under another name, for who wants to look at it."""
        if self.url.get_backend_name() != SQLITE:
            return
        try:
            with faults_named(self.url), self._transaction() as connection:
                self._sound(connection)
        except InvalidData:
            _aside(Path(str(self.url.database)))


def _aside(file: Path) -> None:
    """Rename a file, and what SQLite wrote beside it, to the next free name."""
    number = next(n for n in count(1) if not file.with_name(f"{file.name}.damaged-{n}").exists())
    for suffix in ("", "-journal", "-wal", "-shm"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.rename(file.with_name(f"{file.name}.damaged-{number}{suffix}"))


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InvalidData([_unknown("it is no address of a database")]) from error
    if parsed.get_backend_name() not in (SQLITE, POSTGRESQL):
        raise InvalidData([_unknown(f"'{parsed.get_backend_name()}' is not a store we keep")])
    if parsed.get_backend_name() == SQLITE and not parsed.database:
        raise InvalidData([_unknown("a store in memory would forget everything")])
    return parsed


def _unknown(what: str) -> Problem:
    hint = "write postgresql+psycopg://user@host/database, or sqlite:///folder/planner.sqlite"
    return Problem("REV014", "PLANNER_STORE", "", what, hint)


def _engine(url: URL) -> Engine:
    """An engine without a pool: a command opens what it needs, and a lost server is met anew."""
    if url.get_backend_name() == POSTGRESQL:
        if url.drivername == POSTGRESQL:
            url = url.set(drivername="postgresql+psycopg")
        return create_engine(url, poolclass=NullPool)
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": _WAIT_S})
    # SQLite's driver would begin late and leave changes of layout outside the transaction
    event.listen(engine, "connect", lambda raw, _: setattr(raw, "isolation_level", None))
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _key(subject: str) -> int:
    """A lock's number on a server, from its name."""
    return int.from_bytes(hashlib.sha256(subject.encode()).digest()[:7], "big")
