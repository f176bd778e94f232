"""Tell people of a review through its channels, and keep in the history how that went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from planner.plan.scarcity import money
from planner.review.dates import events, upcoming
from planner.review.entry import Entry
from planner.review.history import History
from planner.review.notices.channel import Notice, Told, tell
from planner.review.seal import seals_in
from planner.review.settings import Settings
from planner.review.told import drift_sentence

KIND = "notice"
"""Kind of the entry."""
_AHEAD_DAYS = 90
"""How far ahead a notice names days; a review comes about as often."""
_MOST_LINES = 12
"""Days a notice names before it counts the rest."""


def announce(
    settings: Settings,
    review: Entry,
    history: History,
    out: Path,
    environment: Mapping[str, str],
    *,
    on: date,
    dry_run: bool = False,
) -> list[Told]:
    """Send the notice of a recorded review; how each channel took it is kept, unless nothing was sent.

    A channel that fails is told and kept like any other: the review stands whatever happens here.
    """
    told = tell(notice_of(review, out, on), settings.notifications, environment, dry_run)
    if told and not dry_run:
        body = {"review": review.body["id"], "told": [one.as_data() for one in told]}
        history.append(KIND, body, at=on)
    return told


def notice_of(review: Entry, out: Path, on: date) -> Notice:
    """What a review is told by: what it found, who must sign, and the days that come."""
    body = review.body
    lines = [
        f"Run {body['run_id']}: NPV {money(body['npv_usd'])}, orders to place now {money(body['amount_usd'])}",
        f"Held against the approved plan: {drift_sentence(body)}",
        f"To be signed by {', '.join(body['required']) or 'nobody'}",
        *(f"Fired: {sentence}" for sentence in _fired(body)),
    ]  # fmt: skip
    [sealed] = seals_in(body)
    folder = out / sealed.path
    days = upcoming(events(folder), on, _AHEAD_DAYS) if folder.is_dir() else []
    lines += [f"{event.day}: {event.title}" for event in days[:_MOST_LINES]]
    if len(days) > _MOST_LINES:
        lines.append(f"and {len(days) - _MOST_LINES} days more: planner review calendar {body['run_id']}")  # fmt: skip
    return Notice(f"Review {body['id']}", tuple(lines), on)


def _fired(body: Mapping[str, Any]) -> list[str]:
    return [one["sentence"] for one in body["triggers"]]
