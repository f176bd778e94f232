"""``planner review list | show | status | approve | check``: what was reviewed, and who signed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.day import On, day_of
from planner.cli.output import Json, Progress, emit_json, line, table
from planner.cli.review import Names, summary
from planner.cli.run import REPORTS, Out

if TYPE_CHECKING:
    from pathlib import Path

    from planner.review.approval import Standing
    from planner.review.entry import Entry
    from planner.review.history import History

Id = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="A review such as quickstart-2027-01-01, its run, or latest."
    ),
]


def add_to(group: typer.Typer) -> None:
    """Make these commands of the group."""
    group.command("list")(list_)
    for command in (show, status, approve, check):
        group.command()(command)


def _history(out: Path) -> History:
    from planner.review.history import HISTORY, History

    return History(out / HISTORY)


def list_(out: Out = REPORTS, json: Json = False) -> None:
    """List every review held, with who has still to sign.

    Example: planner review list
    """
    from planner.plan.scarcity import money
    from planner.review.approval import reviews, standing

    entries = _history(out).entries()
    found = [standing(entries, review) for review in reviews(entries)]
    if json:
        emit_json({"reviews": [_standing(one) for one in found]})
        return
    rows = [
        (
            one.review.body["id"],
            one.review.body["due"],
            one.review.body["run_id"],
            money(one.review.body["npv_usd"]),
            money(one.review.body["amount_usd"]),
            len(one.review.body["triggers"]),
            one.state,
            ", ".join(one.missing),
        )
        for one in found
    ]
    heads = ("review", "day", "run", "NPV", "to sign for", "triggers", "state", "missing")
    table("Reviews", heads, rows)


def show(id_: Id = "latest", out: Out = REPORTS, json: Json = False) -> None:
    """Show a review: what to decide by when, what fired, what changed since the approved plan and why.

    Example: planner review show latest
    """
    from planner.plan.scarcity import money
    from planner.review.approval import find, standing
    from planner.review.told import (
        attribution_rows,
        carried_rows,
        decision_rows,
        drift_sentence,
        standing_sentence,
    )

    entries = _history(out).entries()
    review = find(entries, id_)
    body, stands = review.body, standing(entries, review)
    if json:
        emit_json({**summary(review), **_signed(stands)})
        return
    line(
        f"{body['id']}, held for {body['due']}: run {body['run_id']}, NPV {money(body['npv_usd'])}"
    )
    table("To decide", ("", "what", "where", "by", "systems", "USD"), decision_rows(body))
    if body["carried"]:
        heads = ("key", "before", "after", "why")
        table("Taken up from the history", heads, carried_rows(body))
    for text in body["open"]:
        line(f"Open: {text}")
    line("What fired" if body["triggers"] else "Nothing fired")
    for fired in body["triggers"]:
        line(f"  - {fired['trigger']}: {fired['sentence']}")
    if body["attribution"]:
        title = f"Change of NPV since the approved plan {body['baseline_run']}"
        table(title, ("cause", "NPV"), attribution_rows(body))
        line(drift_sentence(body))
        line(f"Next:  planner diff {body['baseline_run']} {body['run_id']}")
    else:
        line("Nothing was approved before, so there is nothing to compare with")
    line(standing_sentence(stands))


def status(id_: Id = "latest", out: Out = REPORTS, json: Json = False) -> None:
    """Say who has signed a review and who is missing.

    Example: planner review status latest
    """
    from planner.review.approval import find, standing
    from planner.review.told import standing_sentence

    entries = _history(out).entries()
    stands = standing(entries, find(entries, id_))
    if json:
        emit_json(_standing(stands))
        return
    line(f"{stands.review.body['id']}: {standing_sentence(stands)}")
    for entry in stands.signed.values():
        told = entry.body
        note = f": {told['note']}" if told["note"] else ""
        line(f"  - {told['role']}, {told['name']}, {entry.at}: {told['decision']}{note}")


def approve(
    id_: Id,
    role: Annotated[str, typer.Option("--role", help="In which role, as the review names it.")],
    by: Annotated[str, typer.Option("--by", help="Who signs.")],
    decision: Annotated[str, typer.Option("--decision", help="approve, reject or conditions.")],
    note: Annotated[str, typer.Option("--note", help="Why, or under which conditions.")] = "",
    today: On = "",
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """Sign a review. It binds to the run's bytes: a run edited since cannot be approved.

    Example: planner review approve latest --role CFO --by 'Ann Lee' --decision approve
    """
    from planner.errors import UnknownName, Usage
    from planner.review import approval
    from planner.review.told import standing_sentence

    words = dict.fromkeys(approval.WORDS)
    word = next((known for known in words if known == decision), None)
    if word is None:
        raise UnknownName("decision", decision, words)
    if word == "conditions" and not note.strip():
        raise Usage("REV031: --decision conditions says which in --note")
    if not by.strip():
        raise Usage("CLI003: --by names a person")
    history = _history(out)
    review = approval.find(history.entries(), id_)
    roles = _roles(review)
    approval.approve(history, review, role, by, word, at=day_of(today), roles=roles, note=note)
    stands = approval.standing(history.entries(), review)
    if json:
        emit_json(_standing(stands))
    else:
        line(f"{review.body['id']}: {standing_sentence(stands)}")


def check(review: Names = None, today: On = "", out: Out = REPORTS, json: Json = False) -> None:
    """Plan again as of today and hold it against what was approved; ends with 7 where they differ materially.

    Nothing is recorded. For CI: run it when prices, catalog or scenario change.

    Example: planner review check quickstart
    """
    progress = Progress()
    from planner.review.approval import DiffersFromApproved
    from planner.review.settings import chosen
    from planner.review.today import compare
    from planner.review.told import drift_sentence

    entries = _history(out).entries()
    found = [compare(one, entries, out, day_of(today), progress) for one in chosen(review or [])]
    bodies = [one.body(out) for one in found]
    if json:
        words = ("name", "due", "run_id", "npv_usd", "attribution", "drift", "triggers")
        emit_json({"reviews": [{word: body[word] for word in words} for body in bodies]})
    else:
        for body in bodies:
            line(f"{body['name']}: {drift_sentence(body)}")
    for body in bodies:
        if body["drift"] is None or body["drift"]["material"]:
            raise DiffersFromApproved(body["name"], drift_sentence(body))


def _roles(review: Entry) -> list[str]:
    """Roles the review may be signed in: those required then, and those its settings name now."""
    from planner.errors import UnknownName
    from planner.review.settings import find

    try:
        named = [role.role for role in find(review.body["name"]).settings.roles]
    except UnknownName:
        named = []
    return [*dict.fromkeys([*review.body["required"], *named])]


def _standing(one: Standing) -> dict[str, Any]:
    return {"id": one.review.body["id"], "run_id": one.review.body["run_id"], **_signed(one)}


def _signed(one: Standing) -> dict[str, Any]:
    words = ("role", "name", "decision", "note")
    signed = [{word: entry.body[word] for word in words} for entry in one.signed.values()]
    return {"state": one.state, "signed": signed, "missing": list(one.missing)}
