"""``make docs``: write the generated pages and schemas; tests fail when they are stale."""

from __future__ import annotations

import sys
from pathlib import Path

from planner.cli.app import app
from planner.report.reference import write_all
from planner.review.settings import Settings


def generate(root: Path) -> list[Path]:
    """Write everything that is generated under ``root``."""
    return write_all(root, app, {"review": Settings})


if __name__ == "__main__":
    for written in generate(Path.cwd()):
        sys.stdout.write(f"{written.relative_to(Path.cwd())}\n")
