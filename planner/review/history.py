"""The history: a folder of numbered entries, each holding the hash of the one before.

Entry N is the file ``000017.json``. It is made by linking a whole file to that name, which fails
where the name exists, so of two writers one wins and the other takes the next number. Nothing is
changed or removed: a correction is another entry.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from planner.errors import InvalidData, Problem
from planner.review.disk import digest_of, kept, sweep, write_new
from planner.review.entry import FIRST, Attachment, Entry, decoded, encoded
from planner.review.seal import problems_of, seals_in

HISTORY = "history"
"""Folder of the history among run folders."""
ATTACHMENTS = "attachments"
_DIGITS = 6


class History:
    """The entries in a folder such as ``reports/history``; run folders stand beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def append(
        self,
        kind: str,
        body: Mapping[str, Any],
        *,
        at: date,
        by: str = "",
        attachments: Sequence[Path] = (),
        once: str = "",
    ) -> Entry:
        """Write the next entry and return it as it is read back.

        once: where an entry already bears this word, that entry is returned and nothing written,
        so that telling the same thing twice is safe. Raises InvalidData where the history is
        broken or an attachment cannot be read (REV008), CannotKeep where the disk refuses.
        """
        files = [(path.name, path.suffix.lower(), _content(path)) for path in attachments]
        with kept(self.folder), self._alone():
            sweep(self.folder)
            while True:
                known = self.entries()
                if found := [entry for entry in known if once and entry.once == once]:
                    return found[0]
                # attachments first: an entry never names a file that is not there
                brought = tuple(self._attach(name, suffix, data) for name, suffix, data in files)
                seq, previous = (known[-1].seq + 1, known[-1].digest) if known else (1, FIRST)
                path = self.path(seq)
                content = encoded(seq, kind, body, at, by, brought, once, previous)
                if write_new(path, content):
                    return decoded(content, path)

    def entries(self, kind: str | None = None) -> list[Entry]:
        """Every entry in order, or those of one kind.

        Raises InvalidData where an entry is missing, changed or not ours: nothing may be built
        on a history that does not hold together.
        """
        entries, problems = self._read()
        if problems:
            raise InvalidData(problems)
        return [entry for entry in entries if kind is None or entry.kind == kind]

    def verify(self) -> list[Problem]:
        """Everything that does not hold: the chain, the attachments, the runs that entries name."""
        entries, problems = self._read()
        told: dict[str, Entry] = {}
        for entry in entries:
            where = str(self.path(entry.seq))
            if entry.once and (first := told.setdefault(entry.once, entry)) is not entry:
                what = f"tells again what {first.key} told: {entry.once}"
                problems.append(Problem("REV009", where, "once", what))
            problems += self._missing(entry, where)
            for sealed in seals_in(entry.body):
                problems += problems_of(sealed, self.folder.parent, where)
        return problems

    def attachment(self, attachment: Attachment) -> Path:
        """Where a file that came with an entry is kept."""
        return self.folder / ATTACHMENTS / attachment.kept_as

    def path(self, seq: int) -> Path:
        """The file of one entry."""
        return self.folder / f"{seq:0{_DIGITS}}.json"

    def _read(self) -> tuple[list[Entry], list[Problem]]:
        entries: list[Entry] = []
        problems: list[Problem] = []
        previous: str | None = FIRST
        for expected, path in enumerate(sorted(self.folder.glob("[0-9]*.json")), start=1):
            try:
                entry = decoded(_content(path), path)
            except InvalidData as error:
                problems += error.problems
                previous = None
                continue
            if (path, entry.seq) != (self.path(expected), expected):
                what = f"stands where entry {expected} should"
                hint = "bring back what is missing from a copy"
                return entries, [*problems, Problem("REV002", str(path), "seq", what, hint)]
            if previous is not None and entry.previous != previous:
                what = f"does not hold the hash of entry {expected - 1} as that now stands"
                hint = "one of the two was changed: bring both back from a copy"
                problems.append(Problem("REV003", str(path), "previous", what, hint))
            entries.append(entry)
            previous = entry.digest
        return entries, problems

    def _missing(self, entry: Entry, where: str) -> Iterator[Problem]:
        hint = "bring it back from a copy"
        for attachment in entry.attachments:
            path = self.attachment(attachment)
            if not path.is_file():
                yield Problem("REV006", where, "attachments", f"{path} is gone", hint)
            elif digest_of(path.read_bytes()) != attachment.sha256:
                yield Problem("REV007", where, "attachments", f"{path} is not as it came", hint)

    def _attach(self, name: str, suffix: str, content: bytes) -> Attachment:
        attachment = Attachment(name, digest_of(content), suffix)
        write_new(self.attachment(attachment), content)
        return attachment

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer of this machine at a time; the lock dies with its holder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".append.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise InvalidData([Problem("REV008", str(path), "", what)]) from error
