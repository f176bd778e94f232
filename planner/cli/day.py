"""The day a command is called on: given, or today; nothing below the command line reads the clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

On = Annotated[
    str, typer.Option("--today", help="The day it is, such as 2027-04-01; absent: the clock's.")
]


def day_of(text: str) -> date:
    """The day that was given, else today; a usage error (CLI003) for what is no day."""
    if not text:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"CLI003: '{text}' is no day: write 2027-04-01") from error
