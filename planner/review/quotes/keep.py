"""Quotes in the history: one entry for each workbook, with the workbook itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.review.disk import digest_of
from planner.review.entry import Entry
from planner.review.history import History
from planner.review.quotes.quote import Quote, from_data

KIND = "quotes"
"""Kind of the entry."""


@dataclass(frozen=True)
class Kept:
    """A quote with the number of the entry that brought it."""

    quote: Quote
    seq: int


def known_file(history: History, path: Path) -> Entry | None:
    """The entry that brought this very file, or None."""
    word = once(path)
    return next((entry for entry in history.entries(KIND) if entry.once == word), None)


def keep(history: History, path: Path, quotes: list[Quote], *, at: date, by: str = "") -> Entry:
    """Write the quotes of a workbook, all of them, with the workbook attached."""
    body = {"file": path.name, "quotes": [quote.as_data() for quote in quotes]}
    return history.append(KIND, body, at=at, by=by, attachments=[path], once=once(path))


def once(path: Path) -> str:
    """The word by which a file is known, whatever it is called."""
    return f"{KIND}:{digest_of(path.read_bytes())}"


def all_quotes(entries: Iterable[Entry]) -> list[Kept]:
    """Every quote of some entries, in their order."""
    return [
        Kept(from_data(data), entry.seq)
        for entry in entries
        if entry.kind == KIND
        for data in entry.body["quotes"]
    ]


def newest(kept: Iterable[Kept]) -> list[Kept]:
    """Quotes that no later one of the same vendor and number replaced."""
    found: dict[tuple[str, str], Kept] = {}
    for one in kept:
        key = (one.quote.vendor, one.quote.number)
        if key not in found or one.quote.quoted_on >= found[key].quote.quoted_on:
            found[key] = one
    return list(found.values())


def standing(kept: Iterable[Kept], on: date) -> list[Kept]:
    """Quotes that hold on a day: made by then, not expired and not replaced by then."""
    made = [one for one in kept if one.quote.quoted_on <= on]
    return [one for one in newest(made) if on <= one.quote.valid_until]
