"""The exception tree and its exit codes (0 ok, 1 internal, 130 interrupted are the shell's own)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Problem:
    """One thing wrong in the user's data.

    code: stable, explained by ``planner explain CODE``.
    place: ``file:line`` where it stands, or the command-line flag it came from.
    key: dotted path inside the document.
    what: what is wrong, in a sentence.
    hint: what to write instead.
    """

    code: str
    place: str
    key: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.place} {self.key}".strip()
        text = f"{self.code} {where}: {self.what}"
        return f"{text}\n    {self.hint}" if self.hint else text


class Failure(Exception):
    """A command that ends without its result, with the exit code that says how."""

    exit_code = 1
    code = "RUN000"


class Usage(Failure):
    """The command line itself is wrong."""

    exit_code = 2
    code = "CLI001"


class UnknownName(Usage):
    """A name on the command line that nothing bears."""

    def __init__(self, kind: str, name: str, known: Iterable[str], code: str = "CLI002") -> None:
        self.code = code
        known = sorted(known)
        hint = did_you_mean(name, known) or f"known: {', '.join(known[:12])}"
        super().__init__(f"{code}: no {kind} called '{name}'; {hint}")


class InvalidData(Failure):
    """Everything wrong with one stage of the input, gathered."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        self.code = self.problems[0].code
        count = len(self.problems)
        heading = "1 problem" if count == 1 else f"{count} problems"
        super().__init__("\n".join([heading, *map(str, self.problems)]))


class MissingFigure(InvalidData):
    """A formula needs a figure that no usable fact gives on the as-of date."""

    def __init__(self, entity: str, figure: str, as_of: date) -> None:
        what = f"no usable fact for '{figure}' on {as_of}"
        hint = "add a dated fact to the catalog, or plan from a later as-of date"
        super().__init__([Problem("CAT012", entity, figure, what, hint)])


class NotANumber(Failure, ValueError):
    """A cost, coefficient or bound of the program is not a finite number; nothing was solved."""

    exit_code = 3
    code = "PRG003"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{self.code}: {what}; look for an absurd price, rate or size in the input"
        )


class InfeasibleScenario(Failure):
    """No plan meets the scenario; ``shortages`` say in words what is short, where and when.

    instead: other ways out, and how the shortages were weighed.
    """

    exit_code = 4
    code = "PRG001"

    def __init__(self, shortages: Sequence[str], instead: Sequence[str] = ()) -> None:
        self.shortages, self.instead = tuple(shortages), tuple(instead)
        lines = "\n".join([*(f"  - {line}" for line in self.shortages), *self.instead])
        super().__init__(f"{self.code}: no plan can meet this scenario. Short:\n{lines}")


class NoProof(Failure):
    """The time limit ended the search before the answer was proven."""

    exit_code = 5
    code = "RUN005"


class Unservable(Failure):
    """A system cannot serve what was asked of it; the code names the reason."""

    exit_code = 4

    def __init__(self, code: str, why: str) -> None:
        self.code = code
        super().__init__(f"{code}: {why}")


class CheckFailed(Failure):
    """A check or policy gate failed."""

    exit_code = 6
    code = "RUN006"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``did you mean 'x'?`` for the nearest known name, or an empty string.

    >>> did_you_mean("sties", ["sites", "offers"])
    "did you mean 'sites'?"
    """
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""
