"""A review as a report: its own sections before those of its run, shown by the same renderers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.plan.scarcity import money
from planner.plan.store import find as find_run
from planner.report.charts.chart import Axis, Chart
from planner.report.content.build import build
from planner.report.content.material import Material, gather
from planner.report.content.piece import Column, Report, Section, Table
from planner.review.approval import Standing
from planner.review.seal import seals_in
from planner.review.told import drift_sentence, shown_change, standing_sentence

_TOGETHER = "together"


def review_report(stands: Standing, out: Path) -> tuple[Material, Report]:
    """What is read, and what is said of it; raises InvalidData where the run is incomplete (RUN001)."""
    body = stands.review.body
    [sealed] = seals_in(body)
    against = find_run(body["baseline_run"], out) if body["baseline_run"] else None
    material = gather(out / sealed.path, against)
    whole = build(material)
    own = [_decisions(body), _triggers(body), _why(body), _signatures(stands)]
    facts = (("review", body["id"]), ("held for", body["due"]), *whole.facts)
    return material, replace(
        whole,
        title=f"{whole.title}: review {body['id']}",
        question="What must be decided now, what changed since the approved plan, and who must sign?",
        answer=_answer(stands),
        facts=facts,
        sections=(*(section for section in own if section is not None), *whole.sections),
    )


def _answer(stands: Standing) -> str:
    body = stands.review.body
    orders = [one for one in body["decisions"] if one["decision"] in ("order", "build")]
    head = f"{len(orders)} orders for {money(body['amount_usd'])} are to be placed now" if orders else "Nothing is to be ordered now"  # fmt: skip
    return f"{head}; {len(body['triggers'])} triggers fired; {standing_sentence(stands)}."


def _decisions(body: Mapping[str, Any]) -> Section:
    columns = (
        Column("decision", "decision"),
        Column("subject", "what"),
        Column("site", "where"),
        Column("decide_by", "by", "date", note="last day; empty where none is stated"),
        Column("systems", "systems", "count"),
        Column(
            "usd", "USD", "usd", note="cash over the horizon; for a price to ask for, the price"
        ),
    )
    rows = _rows(body["decisions"])
    table = Table("review-decisions", "Everything to decide, what is due first", columns, rows)
    says = f"Orders and ground to sign for now come to {money(body['amount_usd'])}."
    return Section("review", "What to decide", (says,), tables=(table,))


def _triggers(body: Mapping[str, Any]) -> Section | None:
    rows = _rows(body["triggers"])
    columns = (Column("trigger", "trigger"), Column("subject", "on"), Column("sentence", "says"))
    if not rows:
        return None
    table = Table("review-triggers", "Every trigger that fired", columns, rows)
    return Section("review-triggers", "What fired", tables=(table,))


def _why(body: Mapping[str, Any]) -> Section | None:
    why = body["attribution"]
    if why is None:
        return None
    parts = [(" and ".join(step["causes"]), step["npv_usd"]) for step in why["steps"]]
    rows = tuple({"cause": cause, "npv_usd": usd} for cause, usd in parts)
    total = {"cause": _TOGETHER, "npv_usd": why["change_usd"]}
    columns = (Column("cause", "cause"), Column("npv_usd", "change of NPV", "usd"))
    note = "One cause after the other, in this order; where causes meet, the order matters."
    says = f"Against the approved plan {body['baseline_run']} the NPV moves by {shown_change(why['change_usd'])}: {drift_sentence(body)}."
    table = Table("review-causes", "Change of NPV by cause", columns, (*rows, total), note)
    return Section("review-why", "Why the plan changed", (says,), (_bars(rows, says),), (table,))


def _bars(rows: Sequence[dict[str, Any]], says: str) -> Chart:
    return Chart(
        id="review-causes",
        title="Change of NPV by cause",
        sentence=says,
        mark="bar",
        rows=tuple(rows),
        x=Axis("npv_usd", "change of NPV, USD", format="~s"),
        y=Axis("cause", "", "order"),
    )


def _signatures(stands: Standing) -> Section:
    signed = [
        {"role": role, "name": entry.body["name"], "day": entry.at.isoformat(), "decision": entry.body["decision"], "note": entry.body["note"]}
        for role, entry in stands.signed.items()
    ]  # fmt: skip
    open_ = [{"role": role, "decision": "missing"} for role in stands.missing]
    columns = (
        Column("role", "role"),
        Column("name", "name"),
        Column("day", "day", "date"),
        Column("decision", "decision"),
        Column("note", "note"),
    )
    table = Table("review-signatures", "Who must sign", columns, (*signed, *open_))
    says = f"The review is {standing_sentence(stands)}."
    return Section("review-signatures", "Approval", (says,), tables=(table,))


def _rows(items: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    return tuple(dict(item) for item in items)
