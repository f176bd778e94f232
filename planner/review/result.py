"""What a review says: what to decide, what fired, what changed since the approved plan and why, who must sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import planner.review.triggers  # noqa: F401  (importing the package registers every trigger)
from planner.plan.store import SCENARIO
from planner.review.attribution import Attribution, attribute
from planner.review.cadence.rhythm import Due
from planner.review.carry import Carried
from planner.review.decisions import Decision, amount_usd, decisions
from planner.review.disk import digest_of
from planner.review.drift import Drift, drift
from planner.review.entry import Entry
from planner.review.held import Held
from planner.review.seal import RUNS, seal
from planner.review.settings import Settings, required
from planner.review.triggers.trigger import Fired, Seen, fired

KIND = "review"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Result:
    """One review.

    due: when it was planned and held. amount_usd: of the orders to place now. required: roles that
    must sign that amount. known: what the history told and the plan took up. baseline: entry of the approved review, None for the first; why and drift
    are then None too.
    """

    settings: Settings
    due: Due
    folder: Path
    headline: Mapping[str, float | None]
    status: str
    decisions: Sequence[Decision]
    triggers: Sequence[Fired]
    amount_usd: float
    required: Sequence[str]
    known: Carried
    baseline: int | None = None
    baseline_run: str = ""
    why: Attribution | None = None
    drift: Drift | None = None

    def body(self, out: Path) -> dict[str, Any]:
        """What the history keeps of it, tied to the bytes of its run."""
        return {
            "name": self.settings.name,
            "id": review_id(self.settings.name, self.due.planned),
            "planned": self.due.planned.isoformat(),
            "due": self.due.day.isoformat(),
            "scenario": self.settings.scenario,
            "scenario_sha256": digest_of((self.folder / SCENARIO).read_bytes()),
            "run_id": self.folder.name,
            RUNS: [seal(self.folder, out).as_data()],
            "status": self.status,
            "npv_usd": self.headline["npv_usd"],
            "headline": dict(self.headline),
            "amount_usd": self.amount_usd,
            "required": list(self.required),
            "decisions": [decision.as_data() for decision in self.decisions],
            "triggers": [one.as_data() for one in self.triggers],
            "carried": [asdict(change) for change in self.known.changes],
            "open": list(self.known.open),
            "baseline": self.baseline,
            "baseline_run": self.baseline_run or None,
            "attribution": self.why.as_data() if self.why else None,
            "drift": self.drift.as_data() if self.drift else None,
        }


def review_id(name: str, planned: date) -> str:
    """What people and commands call one review: ``quarterly-2027-04-01``."""
    return f"{name}-{planned.isoformat()}"


def result(
    settings: Settings,
    due: Due,
    folder: Path,
    baseline: tuple[Entry | None, Path] | None,
    entries: Sequence[Entry],
    known: Carried,
    say: Say = lambda text: None,
) -> Result:
    """Read a review off its saved run.

    baseline: what it is told against, an approved review's entry (None for a run named by hand)
    and its run folder. entries: the history so far; known: what of it the run took up.
    """
    new = Held(folder)
    old = Held(baseline[1]) if baseline else None
    why = attribute(old, new, settings.horizon, say) if old else None
    far = drift(old, new, why, settings.materiality) if old and why else None
    found = decisions(new)
    amount = amount_usd(found)
    return Result(
        settings=settings,
        due=due,
        folder=folder,
        headline=new.plan["headline"],
        status=new.plan["status"],
        decisions=found,
        triggers=fired(Seen(settings, due.day, new, old, far, entries)),
        amount_usd=amount,
        required=required(settings, amount),
        known=known,
        baseline=baseline[0].seq if baseline and baseline[0] else None,
        baseline_run=baseline[1].name if baseline else "",
        why=why,
        drift=far,
    )
