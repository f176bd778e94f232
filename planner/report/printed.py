"""The memo as PDF: its Markdown set as a page and printed by a browser without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from planner.errors import Failure
from planner.report import memo
from planner.report.content.piece import Report

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_SECONDS = 120
_STYLE = """
@page { size: A4; margin: 16mm; }
body { font: 9.5pt/1.35 "DejaVu Sans", Verdana, sans-serif; color: #1c2127; }
h1 { font-size: 15pt; margin: 0; } h2 { font-size: 11pt; margin: 9pt 0 2pt; border-bottom: 1px solid #d7dde3; }
p { margin: 3pt 0; } table { border-collapse: collapse; font-size: 7.5pt; }
th, td { text-align: left; padding: 1.5pt 6pt 1.5pt 0; border-bottom: 1px solid #d7dde3; }
"""


class NoBrowser(Failure):
    """No browser to print with."""

    exit_code = 2
    code = "RUN010"


def render(report: Report) -> bytes:
    """The memo as PDF; raises NoBrowser (RUN010)."""
    from markdown_it import MarkdownIt

    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise NoBrowser("RUN010: printing needs Chromium: apt-get install chromium, or take --format md")  # fmt: skip
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(memo.render(report))
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{_STYLE}</style><body>{body}</body></html>'
    with tempfile.TemporaryDirectory() as scratch:
        source, target = Path(scratch, "memo.html"), Path(scratch, "memo.pdf")
        source.write_text(page, encoding="utf-8")
        command = [browser, "--headless", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={scratch}/profile", f"--print-to-pdf={target}", source.as_uri()]  # fmt: skip
        if os.geteuid() == 0:
            command.insert(1, "--no-sandbox")
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        if not target.is_file():
            raise NoBrowser(f"RUN010: {browser} did not print: {done.stderr.decode()[-300:]}")
        return target.read_bytes()
