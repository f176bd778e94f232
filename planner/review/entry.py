"""One entry of the history: what happened, when, by whom, and the hash of the entry before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from planner.errors import InvalidData, Problem
from planner.plan.store import dumped
from planner.review.disk import digest_of

FORMAT_VERSION = 1
FIRST = ""
"""What stands for the entry before the first."""


@dataclass(frozen=True)
class Attachment:
    """A file that came with an entry, kept under its own hash.

    name: as it was called when it came. sha256: of its bytes. suffix: of its kept name.
    """

    name: str
    sha256: str
    suffix: str

    @property
    def kept_as(self) -> str:
        return f"{self.sha256}{self.suffix}"


@dataclass(frozen=True)
class Entry:
    """One thing that happened.

    seq: its number, from 1. kind: such as ``review`` or ``approval``. at: the day, given by who
    wrote it. by: a name, or nothing. body: plain data, its meaning the kind's own. once: the word
    by which the same thing is known when it is told again, or nothing. previous: SHA-256 of the
    bytes of the entry before. digest: SHA-256 of this entry's own bytes.
    """

    seq: int
    kind: str
    at: date
    by: str
    body: Mapping[str, Any]
    attachments: tuple[Attachment, ...]
    once: str
    previous: str
    digest: str

    @property
    def key(self) -> str:
        """Number and kind, as messages call it: ``#17 approval``."""
        return f"#{self.seq} {self.kind}"


def encoded(
    seq: int,
    kind: str,
    body: Mapping[str, Any],
    at: date,
    by: str,
    attachments: tuple[Attachment, ...],
    once: str,
    previous: str,
) -> bytes:
    """The bytes of an entry; they depend on its content alone. NaN raises ValueError."""
    return dumped(
        {
            "format_version": FORMAT_VERSION,
            "seq": seq,
            "kind": kind,
            "at": at.isoformat(),
            "by": by,
            "once": once,
            "body": dict(body),
            "attachments": [asdict(attachment) for attachment in attachments],
            "previous": previous,
        }
    )


def decoded(content: bytes, path: Path) -> Entry:
    """An entry read back.

    Raises InvalidData where no history wrote this (REV001), or a newer planner did (REV004).
    """
    try:
        data = json.loads(content)
        version = int(data["format_version"])
    except (ValueError, LookupError, TypeError) as error:
        raise InvalidData([_unreadable(path, str(error))]) from error
    if version > FORMAT_VERSION:
        what = f"format {version} is newer than this planner's {FORMAT_VERSION}"
        raise InvalidData([Problem("REV004", str(path), "format_version", what, "update the planner")])  # fmt: skip
    try:
        return Entry(
            seq=int(data["seq"]),
            kind=str(data["kind"]),
            at=date.fromisoformat(data["at"]),
            by=str(data["by"]),
            body=dict(data["body"]),
            attachments=tuple(Attachment(**item) for item in data["attachments"]),
            once=str(data["once"]),
            previous=str(data["previous"]),
            digest=digest_of(content),
        )
    except (ValueError, LookupError, TypeError) as error:
        raise InvalidData([_unreadable(path, str(error))]) from error


def _unreadable(path: Path, why: str) -> Problem:
    hint = "bring the file back from a copy; entries are never edited, a correction is another entry"  # fmt: skip
    return Problem("REV001", str(path), "", f"is no entry that a history wrote: {why}", hint)
