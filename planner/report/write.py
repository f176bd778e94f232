"""Write a report in one format: to a temporary name, then renamed, so that none is half there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from planner.plan.store import CannotWrite
from planner.report import memo
from planner.report.content.piece import Report
from planner.report.page import render as page

FORMATS: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "html": ("report.html", lambda report: page.render(report).encode()),
    "md": ("memo.md", lambda report: memo.render(report).encode()),
}
"""Format -> file name in the run folder, and what renders it."""


def write(report: Report, style: str, target: Path) -> Path:
    """Render and write; raises CannotWrite (RUN007) where the file cannot be made."""
    content = FORMATS[style][1](report)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as scratch:
            scratch.write(content)
        os.chmod(scratch.name, 0o644)
        os.replace(scratch.name, target)
    except OSError as error:
        raise CannotWrite(f"RUN007: cannot write {target}: {error.strerror}") from error
    return target
