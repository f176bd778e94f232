"""The cycle: hold every review that is due since the last recorded one, each once.

A review is known by its name and the day it was planned for, never by when it was run; its run by
the hash of its inputs. So a call that is killed loses only work that the next repeats to the same
bytes, and of two at once the second finds nothing due.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from planner.errors import Failure, InvalidData
from planner.plan.make import make_plan
from planner.plan.solved import Settings as Solving
from planner.plan.store import find as find_run
from planner.plan.store import run_id, run_inputs, save
from planner.review.approval import approved, reviews
from planner.review.cadence.rhythm import Due, due
from planner.review.carry import Carried, carried
from planner.review.entry import Entry
from planner.review.index.store import Store
from planner.review.lock import alone
from planner.review.result import KIND, Result, result, review_id
from planner.review.roll import rolled
from planner.review.seal import problems_of, seal, seals_in
from planner.review.settings import LAST_APPROVED, Review
from planner.scenario.inherit import resolve
from planner.scenario.load import Loaded, of_document

Say = Callable[[str], None]
WAIT_S = 600.0


def pending(review: Review, entries: Sequence[Entry], today: date) -> list[Due]:
    """What is due of one review since the last recorded one, the oldest first."""
    recorded = [date.fromisoformat(entry.body["planned"]) for entry in reviews(entries, review.settings.name)]  # fmt: skip
    return due(review.settings.cadence, max(recorded, default=None), today)


def tick(
    asked: Sequence[Review],
    store: Store,
    out: Path,
    today: date,
    *,
    wait_s: float = WAIT_S,
    say: Say = lambda text: None,
) -> list[Entry]:
    """Hold everything that is due; the entries written, oldest first.

    A review that cannot be planned stops its own later ones, not the others'; its failure is raised
    when those are done. Raises Overlaps where another call does not end in time.
    """
    history = store.history
    held: list[Entry] = []
    failures: list[Failure] = []
    with alone(out, wait_s), store.alone("planner review tick"):
        store.open()
        waiting = [(one.day, review) for review in asked for one in pending(review, history.entries(), today)]  # fmt: skip
        broken: set[str] = set()
        for _, review in sorted(waiting, key=lambda pair: (pair[0], pair[1].settings.name)):
            if review.settings.name in broken:
                continue
            one = pending(review, history.entries(), today)[0]
            try:
                held.append(_hold(review, one, store, out, today, say))
            except Failure as failure:
                say(f"{review_id(review.settings.name, one.planned)} failed")
                broken.add(review.settings.name)
                failures.append(failure)
        store.open()
    if failures:
        raise failures[0]
    return held


def _hold(review: Review, one: Due, store: Store, out: Path, today: date, say: Say) -> Entry:
    name = review_id(review.settings.name, one.planned)
    late_days = (today - one.day).days
    say(f"{name} is due" + (f", {late_days} days late" if late_days else ""))
    entries = store.history.entries()
    found = look(review, one, out, entries, say)
    body = found.body(out)
    entry = store.history.append(KIND, body, at=today, once=f"{KIND} {name}")
    say(f"{name} recorded as {entry.key}")
    return entry


def look(review: Review, one: Due, out: Path, entries: Sequence[Entry], say: Say) -> Result:
    """Plan a scenario as it stands on the day of a review and hold it against the approved plan."""
    loaded, known = as_of(review, one.day, entries)
    folder = planned(loaded, Solving(targets=review.settings.targets), out, say)
    base = baseline(review, entries, out)
    return result(review.settings, one, folder, base, entries, known, say)


def as_of(review: Review, day: date, entries: Sequence[Entry]) -> tuple[Loaded, Carried]:
    """The review's scenario on a day: time passed, and what the history knows carried into it."""
    path = review.scenario_file
    document = rolled(resolve(path, review.settings.overrides), day, review.settings.horizon)
    known = carried(document, entries, day)
    return of_document(known.document, path.parent), known


def planned(loaded: Loaded, solving: Solving, out: Path, say: Say) -> Path:
    """The run folder of a scenario; one that is there already, whole and untouched, is the answer."""
    inputs = run_inputs(loaded, solving)
    folder = out / loaded.scenario.name / run_id(inputs)
    if folder.is_dir():
        try:
            seal(folder, out)
        except (Failure, OSError):
            say(f"{folder} is not whole: made again")
        else:
            return folder
    return save(make_plan(loaded, solving, say), inputs, out)


def baseline(
    review: Review, entries: Sequence[Entry], out: Path
) -> tuple[Entry | None, Path] | None:
    """What a review is told against: the last approved one, or the run its settings name.

    Raises InvalidData where the approved run is gone or was edited: nothing is told against that.
    """
    if review.settings.baseline != LAST_APPROVED:
        return None, find_run(review.settings.baseline, out)
    entry = approved(entries, review.settings.name)
    if entry is None:
        return None
    [sealed] = seals_in(entry.body)
    problems = list(problems_of(sealed, out, entry.key))
    if problems:
        raise InvalidData(problems)
    return entry, out / sealed.path
