"""Quotes in the history: one entry for each workbook, with the workbook itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from planner.review.disk import digest_of
from planner.review.entry import Entry
from planner.review.history import History
from planner.review.quotes.quote import Quote, from_data

KIND = "quotes"
"""Kind of the entry."""


@dataclass(frozen=True)
class Asked:
    """What the scenario asked for an offer when a quote came in: USD per unit of the quote, weeks to deliver."""

    price_usd: float
    lead_weeks: float


@dataclass(frozen=True)
class Kept:
    """A quote with the number of the entry that brought it, and the offers it is for."""

    quote: Quote
    seq: int
    offers: Mapping[str, Asked] = field(default_factory=dict)


def known_file(history: History, path: Path) -> Entry | None:
    """The entry that brought this very file, or None."""
    word = once(path)
    return next((entry for entry in history.entries(KIND) if entry.once == word), None)


def keep(
    history: History,
    path: Path,
    quotes: Sequence[Quote],
    *,
    at: date,
    by: str = "",
    offers: Sequence[Mapping[str, Asked]] = (),
) -> Entry:
    """Write the quotes of a workbook, all of them, with the workbook attached.

    offers: for each quote, the offers it is for; empty where no scenario was named.
    """
    told = offers or [{} for _ in quotes]
    rows = [
        {**quote.as_data(), "offers": {name: asdict(asked) for name, asked in found.items()}}
        for quote, found in zip(quotes, told, strict=True)
    ]
    body = {"file": path.name, "quotes": rows}
    return history.append(KIND, body, at=at, by=by, attachments=[path], once=once(path))


def once(path: Path) -> str:
    """The word by which a file is known, whatever it is called."""
    return f"{KIND}:{digest_of(path.read_bytes())}"


def all_quotes(entries: Iterable[Entry]) -> list[Kept]:
    """Every quote of some entries, in their order."""
    return [
        Kept(
            from_data({name: value for name, value in data.items() if name != "offers"}),
            entry.seq,
            {name: Asked(**asked) for name, asked in data["offers"].items()},
        )
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
