"""``planner explain``: an error code, or a decision of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.output import Json, emit_json, line, table

_REPORTS = Path("reports")


def explain(
    subject: Annotated[str, typer.Argument(metavar="CODE|RUN", help="An error code, or a run.")],
    offer: Annotated[str, typer.Argument(help="With a run: the offer or system to explain.")] = "",
    out: Annotated[Path, typer.Option("--out", help="Folder of run folders.")] = _REPORTS,
    json: Json = False,
) -> None:
    """Explain an error code with a bad and a good example, or why a run took or left an offer.

    Examples: planner explain DOC003 · planner explain latest b200-buy
    """
    if not offer:
        _error(subject, json)
    else:
        _decision(subject, offer, out, json)


def _error(code: str, as_json: bool) -> None:
    from planner.report.pages import page

    text = page(code)
    if as_json:
        emit_json({"code": code.upper(), **text})
        return
    line(f"{code.upper()}: {text['title']}\n")
    line(f"{text['meaning'].strip()}\n")
    for heading in ("bad", "good"):
        line(f"{heading}:")
        line("\n".join(f"    {part}" for part in text[heading].strip("\n").splitlines()))


def _decision(run: str, offer: str, out: Path, as_json: bool) -> None:
    from planner.plan.store import find
    from planner.report.decision import decision

    found = decision(find(run, out), offer)
    if as_json:
        emit_json(found)
        return
    for option in found["options"]:
        line(f"{option['id']}: {option['verdict']}. {option['why']}")
    if found["deliveries"]:
        heads = tuple(found["deliveries"][0])
        table("Orders", heads, [tuple(row.values()) for row in found["deliveries"]])
    if found["rates"]:
        heads = tuple(found["rates"][0])
        table("What it would serve", heads, [tuple(row.values()) for row in found["rates"]])
