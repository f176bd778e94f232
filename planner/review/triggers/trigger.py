"""What every trigger sees, and what it says when it fires."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from planner.review.drift import Drift
from planner.review.entry import Entry
from planner.review.held import Held
from planner.review.settings import Settings


@dataclass(frozen=True)
class Seen:
    """One review in the making.

    old, drift: the approved plan and the distance from it, None where nothing is approved yet.
    entries: the history so far. day: the review's own.
    """

    settings: Settings
    day: date
    new: Held
    old: Held | None
    drift: Drift | None
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Fired:
    """One trigger that fired: which, on what, and the sentence that says it."""

    trigger: str
    subject: str
    sentence: str

    def as_data(self) -> dict[str, str]:
        return asdict(self)


Watcher = Callable[[Seen], Iterator[tuple[str, str]]]
_WATCHERS: dict[str, Watcher] = {}


def trigger(name: str) -> Callable[[Watcher], Watcher]:
    """Register what yields (subject, sentence) of everything that is beyond its threshold."""

    def register(watcher: Watcher) -> Watcher:
        _WATCHERS[name] = watcher
        return watcher

    return register


def fired(seen: Seen) -> list[Fired]:
    """Every trigger that fired, by name and subject."""
    return [
        Fired(name, subject, sentence)
        for name, watcher in sorted(_WATCHERS.items())
        for subject, sentence in sorted(watcher(seen))
    ]


def names() -> list[str]:
    """Every trigger there is."""
    return sorted(_WATCHERS)
