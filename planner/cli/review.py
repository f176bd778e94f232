"""``planner review``: what is due, what changed, what must be decided, who signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.output import Json, emit_json, line
from planner.cli.run import REPORTS, Out

if TYPE_CHECKING:
    from pathlib import Path

    from planner.review.index.store import Store

StoreAddress = Annotated[
    str,
    typer.Option(
        "--store",
        envvar="PLANNER_STORE",
        help="Address of the store, such as postgresql+psycopg://user@host/db; absent: a file in --out.",
    ),
]

app = typer.Typer(
    help="Reviews of a plan, their history and their approvals.\n\nExample: planner review verify",
    no_args_is_help=True,
)


@app.callback()
def _group() -> None:
    """Reviews of a plan, their history and their approvals."""


def store_of(out: Path, address: str) -> Store:
    """The store that indexes the history among these run folders."""
    from planner.review.history import HISTORY, History
    from planner.review.index.store import Store, default_url

    return Store(address or default_url(out), History(out / HISTORY))


@app.command()
def verify(out: Out = REPORTS, store: StoreAddress = "", json: Json = False) -> None:
    """Prove the history unbroken: every entry, every attachment, every run that an entry names.

    The store must tell the same story: what it knows and the folder lacks was cut off. Ends with 6
    where something does not hold. The head it prints is the hash of the last entry: noted elsewhere,
    it proves the same without the store.

    Example: planner review verify
    """
    from planner.errors import CheckFailed, InvalidData

    index = store_of(out, store)
    problems = index.history.verify()
    if not problems and (store or index.exists):
        try:
            index.open()
        except InvalidData as error:
            problems = list(error.problems)
    entries = [] if problems else index.history.entries()
    head = entries[-1].digest if entries else None
    if json:
        found = [{"code": p.code, "place": p.place, "what": p.what} for p in problems]
        known = index.name if store or index.exists else None
        emit_json({"entries": len(entries), "head": head, "store": known, "problems": found})
    elif not problems:
        line(f"{len(entries)} entries, unbroken; head {head or 'none yet'}")
    if problems:
        told = "\n".join(map(str, problems))
        raise CheckFailed(f"{problems[0].code}: the history in {index.history.folder} does not hold:\n{told}")  # fmt: skip


@app.command()
def rebuild(
    forget: Annotated[
        bool, typer.Option("--forget", help="Even where the store knows more than the folder.")
    ] = False,
    out: Out = REPORTS,
    store: StoreAddress = "",
    json: Json = False,
) -> None:
    """Make the store again from the history; a damaged file is set aside, not removed.

    Example: planner review rebuild
    """
    index = store_of(out, store)
    adopted = index.rebuild(forget)
    if json:
        emit_json({"store": index.name, "entries": adopted})
    else:
        line(f"{index.name} now holds the {adopted} entries of {index.history.folder}")
