"""``planner review``: what is due, what changed, what must be decided, who signed."""

from __future__ import annotations

import typer

from planner.cli.output import Json, emit_json, line
from planner.cli.run import REPORTS, Out

app = typer.Typer(
    help="Reviews of a plan, their history and their approvals.\n\nExample: planner review verify",
    no_args_is_help=True,
)


@app.callback()
def _group() -> None:
    """Reviews of a plan, their history and their approvals."""


@app.command()
def verify(out: Out = REPORTS, json: Json = False) -> None:
    """Prove the history unbroken: every entry, every attachment, every run that an entry names.

    Ends with 6 where something does not hold. The head it prints is the hash of the last entry:
    noted elsewhere, it proves later that nothing was cut off.

    Example: planner review verify
    """
    from planner.errors import CheckFailed
    from planner.review.history import HISTORY, History

    history = History(out / HISTORY)
    problems = history.verify()
    entries = [] if problems else history.entries()
    head = entries[-1].digest if entries else None
    if json:
        found = [{"code": p.code, "place": p.place, "what": p.what} for p in problems]
        emit_json({"entries": len(entries), "head": head, "problems": found})
    elif not problems:
        line(f"{len(entries)} entries, unbroken; head {head or 'none yet'}")
    if problems:
        told = "\n".join(map(str, problems))
        raise CheckFailed(f"{problems[0].code}: the history in {history.folder} does not hold:\n{told}")  # fmt: skip
