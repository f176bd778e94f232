"""One output policy: data to stdout, everything else to stderr, tables that fit a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

FORMAT_VERSION = 1
_SHORT = 12
"""Columns up to this width are never wrapped."""
_BAR = 30
"""Width of a progress bar."""
_WIDEST = 200
"""Columns of characters beyond which a table wraps even in a file."""

Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout, for machines.")]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Set one key, such as sites.ohio.power='24 MW'."),
]  # fmt: skip
Overrides = Annotated[
    list[str] | None,
    typer.Option("--override", metavar="NAME", help="Switch on a named override of the scenario."),
]


def emit_json(data: dict[str, Any]) -> None:
    """Print one JSON object; missing is null, NaN raises."""
    from planner.plan.plain import plain

    text = json.dumps({"format_version": FORMAT_VERSION, **data}, allow_nan=False, default=plain)
    sys.stdout.write(text + "\n")


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table; numbers align right. Long texts wrap on a terminal, and nothing in a file or pipe."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    rows = [list(row) for row in rows]
    numeric = [all(_is_number(row[k]) for row in rows) for k in range(len(heads))]
    widest = [max([len(head), *(len(_cell(row[k])) for row in rows)]) for k, head in enumerate(heads)]  # fmt: skip
    console = _console()
    needed = (
        sum(widest) + 2 * len(heads) + 1
    )  # a space beside each cell, an edge beside each column
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = max(console.width, min(needed, _WIDEST))
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for position, (head, right) in enumerate(zip(heads, numeric, strict=True)):
        first = position == 0 and needed <= console.width
        whole = widest[position] if first or widest[position] <= _SHORT else None
        grid.add_column(
            head,
            justify="right" if right else "left",
            overflow="fold",
            no_wrap=whole is not None,
            min_width=whole,
        )
    for row in rows:
        grid.add_row(*(_cell(value) for value in row))
    if title:  # on its own: a table's title is folded to the table's width
        console.print(title, style="italic", markup=False, soft_wrap=True)
    console.print(grid)


def _console() -> Console:
    """Rich ends with 1 where a reader stops early; ``main`` knows that it is no error."""
    from rich.console import Console

    class Plain(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Plain(file=sys.stdout, highlight=False)


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _cell(value: Any) -> str:
    from rich.markup import escape

    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return escape(str(value))


def line(text: str = "") -> None:
    """Print a line of data."""
    sys.stdout.write(text + "\n")


class Progress:
    """What is going on, on stderr, with the time since the command began."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet
        self.begun = perf_counter()
        self.drawn = False
        self.since: tuple[float, int] | None = None

    def __call__(self, text: str) -> None:
        if not self.quiet:
            over = "\r\x1b[K" if self.drawn else ""
            self.drawn = False
            sys.stderr.write(f"{over}[{perf_counter() - self.begun:5.1f} s] {text}\n")
            sys.stderr.flush()

    def tell(self, done: int, count: int, kept: int) -> None:
        """How far a long evaluation is: a bar on a terminal, else nothing; ``kept`` were done before.

        The time left is that of the rest at the pace of what was done since it began.
        """
        now = perf_counter()
        if not self.since or done - kept <= self.since[1]:
            self.since = (now, done - kept)
        begun, first = self.since
        if self.quiet or not sys.stderr.isatty():
            return
        pace = (done - kept - first) / (now - begun) if now > begun else 0.0
        left = f"{(count - done) / pace:,.0f} s left" if pace > 0 else ""
        bar = "█" * (_BAR * done // count)
        sys.stderr.write(f"\r\x1b[K{bar:<{_BAR}} {done}/{count} draws {left}")
        sys.stderr.flush()
        self.drawn = True
