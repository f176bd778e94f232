"""Write a report in one format: to a temporary name, then renamed, so that none is half there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from planner.errors import Failure
from planner.plan.store import CannotWrite
from planner.report import memo, printed
from planner.report.charts import draw
from planner.report.charts.chart import Chart
from planner.report.content.material import Material, as_saved
from planner.report.content.piece import Report
from planner.report.page import render as page
from planner.report.workbook import render as workbook
from planner.report.workbook.book import book
from planner.report.workbook.stamp import untouched

FORMATS: dict[str, tuple[str, Callable[[Material, Report], bytes]]] = {
    "xlsx": ("report.xlsx", lambda material, report: workbook.render(book(material, report))),
    "html": ("report.html", lambda material, report: page.render(report).encode()),
    "pdf": ("memo.pdf", lambda material, report: printed.render(report)),
    "md": ("memo.md", lambda material, report: memo.render(report).encode()),
}
"""Format -> file name in the run folder, and what renders it."""
PICTURES: dict[str, Callable[[Chart], bytes]] = {
    "svg": lambda chart: draw.svg(chart).encode(),
    "png": draw.png,
}
"""Format -> what draws one chart of a report in it."""
CHARTS = "charts"
"""Folder of the pictures, beside the other reports."""
DEFAULT = ("xlsx", "html", "md")
"""What is written where no format is asked for."""


class EditedWorkbook(Failure):
    """A workbook that somebody has changed stands where a new one would go."""

    exit_code = 2
    code = "RUN022"


def write(material: Material, report: Report, style: str, target: Path) -> Path:
    """Render and write.

    Raises CannotWrite (RUN007) where the file cannot be made, EditedWorkbook (RUN022) where it would
    take somebody's changes away, InvalidData (RUN001) where an edited run lacks something.
    """
    if target.suffix == ".xlsx" and target.exists() and not untouched(target):
        raise EditedWorkbook(f"RUN022: {target} was changed since it was written; move it away, or write elsewhere with --to")  # fmt: skip
    with as_saved(material):
        content = FORMATS[style][1](material, report)
    put(content, target)
    return target


def pictures(report: Report, style: str, folder: Path) -> Path:
    """Draw every chart of a report into a file of its own; the folder. Raises CannotWrite (RUN007)."""
    for section in report.sections:
        for chart in section.charts:
            put(PICTURES[style](chart), folder / f"{chart.id}.{style}")
    return folder


def put(content: bytes, target: Path) -> None:
    """Make a file whole or not at all, in place of what stood there; raises CannotWrite (RUN007)."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as scratch:
            scratch.write(content)
        os.chmod(scratch.name, 0o644)
        os.replace(scratch.name, target)
    except OSError as error:
        raise CannotWrite(f"RUN007: cannot write {target}: {error.strerror}") from error
