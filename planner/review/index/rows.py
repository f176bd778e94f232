"""From an entry of the history to the rows that the index holds of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Table

from planner.review.entry import Entry
from planner.review.index import tables
from planner.review.seal import seals_in

Row = tuple[Table, dict[str, Any]]


def rows_of(entry: Entry) -> Iterator[Row]:
    """Every row of one entry; its own first, which the others point to."""
    yield (
        tables.entries,
        {
            "seq": entry.seq,
            "kind": entry.kind,
            "at": entry.at,
            "by": entry.by,
            "once": entry.once or None,
            "previous": entry.previous,
            "digest": entry.digest,
            "body": dict(entry.body),
        },
    )
    for position, sealed in enumerate(seals_in(entry.body)):
        yield tables.runs, {"seq": entry.seq, "position": position, **sealed.as_data()}
    if entry.kind in _PARTS:
        yield from _PARTS[entry.kind](entry)


def _review(entry: Entry) -> Iterator[Row]:
    body, head = entry.body, {"seq": entry.seq}
    due = date.fromisoformat(body["due"])
    figures = {key: body[key] for key in ("name", "run_id", "npv_usd", "amount_usd")}
    yield tables.reviews, {**head, "due": due, **figures}
    scenario = {"name": body["scenario"], "as_of": due, "sha256": body["scenario_sha256"]}
    yield tables.scenarios, {**head, **scenario}
    for position, fired in enumerate(body["triggers"]):
        told = {key: fired[key] for key in ("trigger", "subject", "sentence")}
        yield tables.triggers, {**head, "position": position, **told}
    for position, decision in enumerate(body["decisions"]):
        by = decision["decide_by"]
        told = {key: decision[key] for key in ("decision", "subject", "site", "systems", "usd")}
        day = date.fromisoformat(by) if by else None
        yield tables.decisions, {**head, "position": position, **told, "decide_by": day}


def _approval(entry: Entry) -> Iterator[Row]:
    words = ("review", "role", "name", "decision", "manifest_sha256")
    yield tables.approvals, {"seq": entry.seq, **{key: entry.body[key] for key in words}}


def _actuals(entry: Entry) -> Iterator[Row]:
    for position, fact in enumerate(entry.body.get("facts", ())):
        yield tables.actuals, {"seq": entry.seq, "position": position, "fact": fact}


def _quotes(entry: Entry) -> Iterator[Row]:
    for position, quote in enumerate(entry.body.get("quotes", ())):
        yield tables.quotes, {"seq": entry.seq, "position": position, "quote": quote}


_PARTS: dict[str, Callable[[Entry], Iterator[Row]]] = {
    "review": _review,
    "approval": _approval,
    "actuals": _actuals,
    "quotes": _quotes,
}
