"""Read a file of actuals, whole or not at all, and keep it in the history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from planner.errors import InvalidData, Problem, UnknownName
from planner.review.actuals import KINDS
from planner.review.actuals.kind import ENTRY, Fact, Kind, World, from_data
from planner.review.cells import Grid, csv_heads, read_csv, read_sheet, sheets
from planner.review.columns import read_rows
from planner.review.disk import digest_of
from planner.review.entry import Entry
from planner.review.history import History

_CSV = ".csv"


def read_actuals(path: Path, world: World, kind: str = "") -> list[Fact]:
    """Every fact of a file: a CSV of one kind, or a workbook with a sheet for each.

    kind: of a CSV; without it, told from the heads. Orders of a workbook are known to its other
    sheets. Raises InvalidData with every problem, each with its line or cell: REV040 to REV050 as
    for quotes, REV055 for a file without rows, REV057 for a currency without a rate, REV060 for a
    file of no known kind, REV061 to REV066 for what does not go together.
    """
    problems: list[Problem] = []
    facts: list[Fact] = []
    for card, grid in _grids(path, world, kind):
        seen = replace(world, known=(*world.known, *facts))
        reading = read_rows(grid, card.columns(seen))
        problems += [*reading.problems, *card.check(seen, reading.rows)]
        if not grid.rows:
            problems.append(Problem("REV055", grid.place, "", "holds no row", "fill at least one"))
        if not problems:
            facts += [Fact(card.name, *card.fact(seen, values)) for _, values in reading.rows]
    if problems:
        raise InvalidData(problems)
    return facts


def keep(history: History, path: Path, facts: list[Fact], *, at: date, by: str = "") -> Entry:
    """Write the facts of a file as one entry, with the file attached."""
    body = {"file": path.name, "facts": [fact.as_data() for fact in facts]}
    return history.append(ENTRY, body, at=at, by=by, attachments=[path], once=once(path))


def once(path: Path) -> str:
    """The word by which a file is known, whatever it is called."""
    return f"{ENTRY}:{digest_of(path.read_bytes())}"


def known_file(history: History, path: Path) -> Entry | None:
    """The entry that brought this very file, or None."""
    word = once(path)
    return next((entry for entry in history.entries(ENTRY) if entry.once == word), None)


def facts_in(entries: Iterable[Entry]) -> list[Fact]:
    """Every fact of some entries, in the order in which they came."""
    return [
        from_data(data, entry.seq)
        for entry in entries
        if entry.kind == ENTRY
        for data in entry.body["facts"]
    ]


def _grids(path: Path, world: World, kind: str) -> Iterator[tuple[Kind, Grid]]:
    if kind and kind not in KINDS:
        raise UnknownName("kind of actual", kind, KINDS)
    if path.suffix.lower() == _CSV:
        card = KINDS[kind] if kind else _told_by(path, world)
        names = [column.name for column in card.columns(world)]
        yield card, read_csv(path, names, card.others)
        return
    named = sheets(path)
    found = [name for name in named if name in KINDS and name == (kind or name)]
    if not found:
        what = f"no sheet bears the name of a kind; there are {', '.join(named)}"
        hint = f"call each sheet one of {', '.join(KINDS)}"
        raise InvalidData([Problem("REV060", str(path), "", what, hint)])
    for name in sorted(found, key=lambda name: (not KINDS[name].begins, name)):
        names = [column.name for column in KINDS[name].columns(world)]
        yield KINDS[name], read_sheet(path, name, names, KINDS[name].others)


def _told_by(path: Path, world: World) -> Kind:
    """The kind whose needed columns all stand in a CSV; REV060 where none or several do."""
    heads = csv_heads(path)
    fitting = [
        card
        for card in KINDS.values()
        if {column.name for column in card.columns(world) if column.needed} <= set(heads)
    ]
    if len(fitting) == 1:
        return fitting[0]
    several = ", ".join(card.name for card in fitting)
    what = f"its heads could be those of {several}" if fitting else "its heads are those of no kind"
    hint = f"say --kind; kinds: {', '.join(KINDS)}"
    raise InvalidData([Problem("REV060", f"{path.name}:1", ", ".join(heads), what, hint)])
