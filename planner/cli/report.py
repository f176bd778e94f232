"""``planner report``: a saved run as a page or a memo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.output import Json, Progress, emit_json, line
from planner.cli.run import REPORTS, Out

Formats = Annotated[
    list[str] | None,
    typer.Option("--format", help="html or md; may be given more than once. Without it: both."),
]
To = Annotated[
    Path | None, typer.Option("--to", help="Folder for the files; without it, the run's own.")
]


def report(
    run: Annotated[str, typer.Argument(help="A run folder, an id prefix, or latest.")],
    format_: Formats = None,
    to: To = None,
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """Write the reports of a run: a page for engineers, a memo for a board.

    Example: planner report latest --format html
    """
    progress = Progress()
    from planner.errors import UnknownName
    from planner.plan.store import find
    from planner.report.content.build import build
    from planner.report.content.material import gather
    from planner.report.write import FORMATS, write

    wanted = format_ or list(FORMATS)
    for style in wanted:
        if style not in FORMATS:
            raise UnknownName("format", style, FORMATS)
    folder = find(run, out)
    content = build(gather(folder))
    progress(f"read and recomputed {folder}")
    written = {style: write(content, style, (to or folder) / FORMATS[style][0]) for style in wanted}
    if json:
        files = {style: str(path) for style, path in written.items()}
        emit_json({"run_dir": str(folder), "sound": content.sound, "files": files})
        return
    for path in written.values():
        line(f"Wrote {path}")
    if not content.sound:
        line("A check of this run failed: the reports say so. See: planner verify " + folder.name)
