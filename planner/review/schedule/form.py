"""What every printed schedule says: call tick once a day, for it does what is due and nothing twice.

A quarter that rolls over a weekend has no cron line of its own, and a machine that was off on the
one day would wait another quarter. A daily call that mostly finds nothing due has neither flaw.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from planner.errors import UnknownName


@dataclass(frozen=True)
class Job:
    """The call to print.

    command: how planner is called there, a path where the scheduler has none. folder: working
    folder. names: reviews to hold, none for all. hour, minute: of the day, in UTC.
    """

    command: str
    folder: PurePosixPath
    names: tuple[str, ...]
    hour: int
    minute: int

    @property
    def words(self) -> list[str]:
        """The command line, word by word."""
        return [self.command, "review", "tick", *self.names]


Printed = dict[str, str]
"""File name -> content."""
_FORMS: dict[str, Callable[[Job], Printed]] = {}


def form(name: str) -> Callable[[Callable[[Job], Printed]], Callable[[Job], Printed]]:
    """Register a printed form under its name."""

    def register(printer: Callable[[Job], Printed]) -> Callable[[Job], Printed]:
        _FORMS[name] = printer
        return printer

    return register


def names() -> list[str]:
    """Every form, by name."""
    return sorted(_FORMS)


def printed(name: str, job: Job) -> Printed:
    """The files of one form; CLI002 for a form there is none of."""
    if name not in _FORMS:
        raise UnknownName("format", name, _FORMS)
    return _FORMS[name](job)
