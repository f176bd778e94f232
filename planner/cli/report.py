"""``planner report``: a saved run as a workbook, a page or a memo; and the workbook linter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from planner.cli.output import Json, Progress, emit_json, line, table
from planner.cli.run import REPORTS, Out

Formats = Annotated[
    list[str] | None,
    typer.Option("--format", help="xlsx, html, md or pdf; may be given more than once."),
]
Drawn = Annotated[
    list[str] | None,
    typer.Option("--format", help="xlsx, html, md, pdf, svg or png; may be given more than once."),
]
To = Annotated[
    Path | None, typer.Option("--to", help="Folder for the files; without it, the run's own.")
]


class _RunFirst(TyperGroup):
    """``planner report RUN`` means ``planner report write RUN``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["write", *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed


app = typer.Typer(
    cls=_RunFirst,
    help="Reports of a saved run.\n\nExample: planner report latest --format html",
    no_args_is_help=True,
)


@app.callback()
def _group() -> None:
    """Reports of a saved run."""


@app.command()
def write(
    run: Annotated[str, typer.Argument(help="A run folder, an id prefix, or latest.")],
    format_: Drawn = None,
    to: To = None,
    against: Annotated[
        str,
        typer.Option("--against", metavar="RUN", help="An earlier run to tell the changes from."),
    ] = "",
    risk: Annotated[
        list[str] | None,
        typer.Option(
            "--risk",
            metavar="RISK",
            help="A risk run to show; without it, those of the same scenario.",
        ),
    ] = None,
    frontier: Annotated[
        Path | None,
        typer.Option("--frontier", metavar="FILE", help="What planner frontier --json answered."),
    ] = None,
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """Write the reports of a run: a workbook for a treasurer, a page for engineers, a memo for a board.

    Without --format: workbook, page and memo. "write" may be left out. svg and png draw every chart
    into a folder of its own.

    Example: planner report write latest --format html
    """
    progress = Progress()
    from planner.errors import UnknownName
    from planner.plan.store import find
    from planner.report.content.build import build
    from planner.report.content.material import gather
    from planner.report.write import CHARTS, DEFAULT, FORMATS, PICTURES, pictures
    from planner.report.write import write as written
    from planner.risk import record

    wanted = format_ or DEFAULT
    for style in wanted:
        if style not in FORMATS and style not in PICTURES:
            raise UnknownName("format", style, [*FORMATS, *PICTURES])
    folder = find(run, out)
    risks = [record.find(name, out) for name in risk or ()]
    material = gather(folder, find(against, out) if against else None, risks, frontier)
    content = build(material)
    progress(f"read and recomputed {folder}")
    files = {}
    for style in wanted:
        if style in PICTURES:
            files[style] = pictures(content, style, (to or folder) / CHARTS)
        else:
            files[style] = written(material, content, style, (to or folder) / FORMATS[style][0])
        progress(f"wrote {files[style]}")
    if json:
        paths = {style: str(path) for style, path in files.items()}
        emit_json({"run_dir": str(folder), "sound": content.sound, "files": paths})
        return
    for path in files.values():
        line(f"Wrote {path}")
    if not content.sound:
        line("A check of this run failed: the reports say so. See: planner verify " + folder.name)


@app.command()
def lint(
    file: Annotated[Path, typer.Argument(help="A workbook.")],
    json: Json = False,
) -> None:
    """Check a workbook for what makes a model hard to trust; ends with 6 where something is found.

    Example: planner report lint report.xlsx
    """
    from planner.errors import CheckFailed
    from planner.report.workbook.lint import lint as findings_of

    findings = findings_of(file)
    if json:
        rows = [{"rule": f.rule, "place": f.place, "what": f.what} for f in findings]
        emit_json({"file": str(file), "findings": rows})
    elif findings:
        table(str(file), ("rule", "where", "what"), [(f.rule, f.place, f.what) for f in findings])
    else:
        line(f"{file}: nothing found")
    if findings:
        raise CheckFailed(f"RUN006: {len(findings)} findings in {file}")
