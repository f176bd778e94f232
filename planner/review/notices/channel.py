"""What a channel is: it carries a notice, takes its secrets from the environment, and never shows them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeVar

from planner.catalog.fact import Strict

SECONDS = 10.0
"""How long a channel may take to answer before the notice counts as failed."""
_HIDDEN = "***"
_PARTS = re.compile(r"[/?#&=@]")
"""What divides an address."""
_TELLING = 4
"""Letters from which a part of an address could give it away."""


@dataclass(frozen=True)
class Notice:
    """What is told: a subject, lines below it, and the day it speaks of."""

    subject: str
    lines: tuple[str, ...]
    day: date

    @property
    def heading(self) -> str:
        """The subject on one line, whatever was written."""
        return " ".join(self.subject.split())


class NoticeError(Exception):
    """A notice that did not go out, with the code of its page."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code}: {why}")


class Channel(Strict, ABC):
    """Base of every channel: a schema that names variables of the environment, never their values."""

    label: ClassVar[str]

    @abstractmethod
    def secrets(self) -> tuple[str, ...]:
        """Names of the variables it reads."""

    @abstractmethod
    def message(self, notice: Notice) -> str:
        """What would go out, as ``--dry-run`` shows it; no secret is in it."""

    @abstractmethod
    def send(self, notice: Notice, environment: Mapping[str, str]) -> None:
        """Send it; raises NoticeError, or what the network raises."""

    def value(self, name: str, environment: Mapping[str, str]) -> str:
        """A secret; NoticeError (REV070) where its variable is not set."""
        found = environment.get(name, "")
        if not found:
            raise NoticeError("REV070", f"the variable {name} is not set")
        return found


REGISTERED: list[type[Channel]] = []
"""Every kind of channel, in order of its file's name."""
_Kind = TypeVar("_Kind", bound=type[Channel])


def channel(kind: _Kind) -> _Kind:
    """Register a kind of channel."""
    REGISTERED.append(kind)
    return kind


@dataclass(frozen=True)
class Told:
    """How one notice went: through which channel, whether it was sent, and why not."""

    channel: str
    subject: str
    sent: bool
    why: str = ""
    message: str = ""

    def as_data(self) -> dict[str, Any]:
        """Plain data for the history: how it went, without what was said."""
        return {"channel": self.channel, "subject": self.subject, "sent": self.sent, "why": self.why}  # fmt: skip


def tell(
    notice: Notice,
    channels: Iterable[Channel],
    environment: Mapping[str, str],
    dry_run: bool = False,
) -> list[Told]:
    """Send a notice through every channel; a failure is an answer, never an exception.

    dry_run: only say what would go out, and which variables are missing.
    """
    return [
        _shown(kind, notice, environment) if dry_run else _sent(kind, notice, environment)
        for kind in channels
    ]


def _shown(kind: Channel, notice: Notice, environment: Mapping[str, str]) -> Told:
    missing = [name for name in kind.secrets() if not environment.get(name)]
    why = f"REV070: not set: {', '.join(missing)}" if missing else "dry run"
    return Told(kind.label, notice.heading, False, why, kind.message(notice))


def _sent(kind: Channel, notice: Notice, environment: Mapping[str, str]) -> Told:
    try:
        kind.send(notice, environment)
    except NoticeError as error:
        return Told(kind.label, notice.heading, False, _redacted(str(error), kind, environment))
    except Exception as error:  # whatever a channel meets, the review it tells of stands
        why = f"REV071: {type(error).__name__}: {error}"
        return Told(kind.label, notice.heading, False, _redacted(why, kind, environment))
    return Told(kind.label, notice.heading, True)


def _redacted(text: str, kind: Channel, environment: Mapping[str, str]) -> str:
    """The text without any secret of the channel, whole or as the parts of an address."""
    for name in kind.secrets():
        secret = environment.get(name, "")
        _, is_address, rest = secret.partition("://")
        parts = _PARTS.split(rest) if is_address else []
        for part in (secret, rest, *(part for part in parts if len(part) >= _TELLING)):
            text = text.replace(part, _HIDDEN) if part else text
    return text
