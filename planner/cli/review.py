"""``planner review``: what is due, what changed, what must be decided, who signed."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.day import On, day_of
from planner.cli.output import Json, Progress, emit_json, line
from planner.cli.run import REPORTS, Out

if TYPE_CHECKING:
    from datetime import date

    from planner.review.entry import Entry
    from planner.review.index.store import Store
    from planner.review.settings import Settings

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


Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[REVIEW]...", help="Names in reviews/, or files; without any, all."),
]


@app.command()
def tick(
    review: Names = None,
    today: On = "",
    wait: Annotated[
        float, typer.Option(help="Seconds to wait for another tick that still runs.")
    ] = 600.0,
    out: Out = REPORTS,
    store: StoreAddress = "",
    json: Json = False,
) -> None:
    """Hold every review that is due since the last recorded one, each once, however late it is.

    Safe to call at any time, again after a crash, and several times at once.

    Example: planner review tick quickstart
    """
    progress = Progress()
    from planner.review.cycle import tick as hold
    from planner.review.settings import chosen

    asked = chosen(review or [])
    index = store_of(out, store)
    held = hold(asked, index, out, day_of(today), wait_s=wait, say=progress)
    _announce(held, {one.settings.name: one.settings for one in asked}, index, out, day_of(today))
    if json:
        emit_json({"held": [summary(entry) for entry in held]})
        return
    for entry in held:
        body = entry.body
        fired, signs = len(body["triggers"]), ", ".join(body["required"])
        line(f"{body['id']}: run {body['run_id']}, {fired} triggers fired, to be signed by {signs}")
        line(f"Next:  planner review show {body['id']}")
    if not held:
        line("Nothing is due")


def _announce(
    held: list[Entry], settings: dict[str, Settings], index: Store, out: Path, today: date
) -> None:
    """Tell of every review held; what a channel could not take is said on stderr and kept."""
    import os

    from planner.review.announce import announce

    for entry in held:
        named = settings[entry.body["name"]]
        for told in announce(named, entry, index.history, out, os.environ, on=today):
            if not told.sent:
                typer.echo(f"notice of {entry.body['id']} by {told.channel}: {told.why}", err=True)


def summary(entry: Entry) -> dict[str, Any]:
    """A recorded review as JSON answers tell it."""
    return {"seq": entry.seq, "at": entry.at.isoformat(), **entry.body}


@app.command()
def schedule(
    review: Names = None,
    format_: Annotated[
        str, typer.Option("--format", help="cron, systemd, github, airflow or kubernetes.")
    ] = "cron",
    folder: Annotated[
        str, typer.Option("--folder", help="Working folder there; absent: this one.")
    ] = "",
    command: Annotated[
        str, typer.Option("--command", help="How planner is called there; absent: its path here.")
    ] = "",
    at: Annotated[str, typer.Option("--at", help="Time of day in UTC.")] = "06:00",
    to: Annotated[
        Path | None, typer.Option("--to", help="Folder to write the files to; absent: print them.")
    ] = None,
    json: Json = False,
) -> None:
    """Print ready files that call planner review tick every day; it does what is due and nothing twice.

    Example: planner review schedule --format systemd --to /etc/systemd/system
    """
    import planner.review.schedule  # noqa: F401  (importing the package registers every form)
    from planner.review.schedule.form import Job, printed
    from planner.review.settings import find

    names = tuple(find(name).settings.name for name in review or [])
    where = PurePosixPath(folder or Path.cwd())
    job = Job(command or _own_path(), where, names, *_clock(at))
    files = printed(format_, job)
    if json:
        emit_json({"format": format_, "files": files})
    elif to is None:
        for name, text in files.items():
            line(f"# {name}\n{text}" if len(files) > 1 else text.rstrip("\n"))
    else:
        from planner.plan.store import prepare

        prepare(to)
        for name, text in files.items():
            (to / name).write_text(text, encoding="utf-8")
            line(f"Wrote {to / name}")


def _own_path() -> str:
    """A scheduler has no PATH of ours."""
    import shutil

    return shutil.which("planner") or "planner"


def _clock(text: str) -> tuple[int, int]:
    from datetime import time

    from planner.errors import Usage

    try:
        found = time.fromisoformat(text)
    except ValueError as error:
        raise Usage(f"CLI003: --at is a time such as 06:00, not '{text}'") from error
    return found.hour, found.minute
