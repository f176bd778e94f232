"""iCalendar (RFC 5545): days on which something falls due, as all-day events with stable ids."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_OCTETS = 75
"""Longest line, its break aside (section 3.1)."""
_PRODUCT = "-//planner//reviews//EN"
_ID_LENGTH = 32
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
"""How texts write what ends them elsewhere (section 3.3.11)."""


@dataclass(frozen=True)
class Event:
    """One day to remember.

    kind: what falls due, such as ``order by``. subject: what it is about, in words that stay when
    the day moves; kind and subject together are the event. remind_days: days before it to be told,
    0 for never. cancelled: it stood in an earlier plan and no longer does.
    """

    kind: str
    subject: str
    day: date
    title: str
    detail: str = ""
    remind_days: int = 0
    cancelled: bool = False

    def uid(self, owner: str) -> str:
        """The id that calendars know it by: the same for the same matter in every plan of ``owner``."""
        told = "\0".join((owner, self.kind, self.subject)).encode()
        return f"{hashlib.sha256(told).hexdigest()[:_ID_LENGTH]}@planner"


def calendar(events: Iterable[Event], owner: str, made: date) -> bytes:
    """An iCalendar file of some events, the same bytes for the same events in any order.

    owner: the scenario whose plan it is. made: the day the plan speaks of; a later one replaces what
    an earlier one said under the same id.
    """
    unique = {event.uid(owner): event for event in events}
    ordered = sorted(unique.items(), key=lambda pair: (pair[1].day, pair[0]))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_escaped(owner)}",
        f"X-WR-CALNAME:{_escaped(owner)}",
        *(line for uid, event in ordered for line in _event(event, uid, made)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(event: Event, uid: str, made: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield f"DTSTAMP:{made:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{made.toordinal()}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.title)}"
    if event.detail:
        yield f"DESCRIPTION:{_escaped(event.detail)}"
    yield f"CATEGORIES:{_escaped(event.kind)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    if event.remind_days and not event.cancelled:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_escaped(event.title)}"
        yield f"TRIGGER:-P{event.remind_days}D"
        yield "END:VALARM"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    r"""A text as a property holds it.

    >>> _escaped("a, b; c")
    'a\\, b\\; c'
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_ESCAPES.get(letter, letter) for letter in plain)


def _folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, each after the first begun by a space, no letter split."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
