"""A small scenario under review, in a folder of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.review.cycle import tick
from planner.review.entry import Entry
from planner.review.history import HISTORY, History
from planner.review.index.store import Store, default_url
from planner.review.settings import Review, load
from tests.support import GOOD, edited, written

REVIEW = """\
name: small
scenario: scenario.yaml
cadence: {every: quarter, first: 2026-12-15, roll: none}
horizon: rolling
targets: none
roles:
  - {role: lead}
  - {role: CFO, above: 1 MUSD}
"""
QUARTERS = (date(2026, 12, 15), date(2027, 3, 15), date(2027, 6, 15), date(2027, 9, 15))


@dataclass(frozen=True)
class Case:
    """One review, its history and its store; run folders and store lie under ``out``."""

    folder: Path
    url: str

    @property
    def out(self) -> Path:
        return self.folder / "reports"

    @property
    def file(self) -> Path:
        return self.folder / "reviews" / "small.yaml"

    @property
    def review(self) -> Review:
        return load(self.file)

    @property
    def history(self) -> History:
        return History(self.out / HISTORY)

    @property
    def store(self) -> Store:
        return Store(self.url, self.history)

    def tick(self, today: date, **options: object) -> list[Entry]:
        """Hold what is due."""
        return tick([self.review], self.store, self.out, today, **options)  # type: ignore[arg-type]

    def held(self) -> list[str]:
        """Ids of the reviews recorded, in order."""
        return [entry.body["id"] for entry in self.history.entries("review")]

    def edit(self, *edits: tuple[str, str]) -> None:
        """Change the scenario."""
        path = self.folder / "reviews" / "scenario.yaml"
        path.write_text(edited(path.read_text(encoding="utf-8"), *edits), encoding="utf-8")


def case(
    folder: Path,
    url: str = "",
    review: Sequence[tuple[str, str]] = (),
    scenario: Sequence[tuple[str, str]] = (),
) -> Case:
    """A case in an empty folder; edits change the texts it begins with."""
    made = Case(folder, url or default_url(folder / "reports"))
    made.file.parent.mkdir(parents=True)
    made.file.write_text(edited(REVIEW, *review), encoding="utf-8")
    written(made.file.parent, edited(GOOD, *scenario), "scenario")
    return made
