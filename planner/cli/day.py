"""The day a command is called on: given, or today; nothing below the command line reads the clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

On = Annotated[
    str, typer.Option("--on", metavar="DATE", help="The day this is done, as 2027-03-31; without it, today.")
]  # fmt: skip


def day_of(text: str) -> date:
    """The day that was given, else today; a usage error (CLI003) for what is no day."""
    if not text:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"CLI003: '{text}' is no day: write 2027-03-31") from error
