"""``planner review report``: a review as a workbook, a page or a memo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli.output import Json, Progress, emit_json, line
from planner.cli.report import Formats, To
from planner.cli.review_sign import Id
from planner.cli.run import REPORTS, Out

if TYPE_CHECKING:
    from pathlib import Path


def report(
    id_: Id = "latest",
    format_: Formats = None,
    to: To = None,
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """Write a review as a workbook, a page and a memo: what to decide, what fired, why the plan changed, who signed.

    Without --format all three; without --to beside the run's own reports.

    Example: planner review report latest --format md
    """
    progress = Progress()
    from planner.errors import UnknownName
    from planner.report.write import DEFAULT, FORMATS
    from planner.report.write import write as written
    from planner.review.approval import find, standing
    from planner.review.history import HISTORY, History
    from planner.review.report import review_report

    wanted = format_ or DEFAULT
    for style in wanted:
        if style not in FORMATS:
            raise UnknownName("format", style, FORMATS)
    entries = History(out / HISTORY).entries()
    stands = standing(entries, find(entries, id_))
    material, content = review_report(stands, out)
    progress(f"read and recomputed {material.run.folder}")
    files: dict[str, Path] = {}
    for style in wanted:
        suffix = FORMATS[style][0].rpartition(".")[2]
        target = (to or material.run.folder) / f"review.{suffix}"
        files[style] = written(material, content, style, target)
        progress(f"wrote {target}")
    if json:
        paths = {style: str(path) for style, path in files.items()}
        emit_json({"id": stands.review.body["id"], "sound": content.sound, "files": paths})
        return
    for path in files.values():
        line(f"Wrote {path}")
