"""The memo as PDF: its Markdown set as a page and printed by a browser without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from html import escape
from itertools import pairwise
from pathlib import Path

from planner.errors import Failure
from planner.report import memo
from planner.report.content.piece import Report
from planner.report.content.shown import DATE, UNBROKEN

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_SECONDS = 120
_STYLE = """
@page { size: A4; margin: 16mm; }
body { font: 9.5pt/1.35 "DejaVu Sans", Verdana, sans-serif; color: #1c2127; }
h1 { font-size: 15pt; margin: 0; } h2 { font-size: 11pt; margin: 9pt 0 2pt; border-bottom: 1px solid #d7dde3; }
p { margin: 3pt 0; } table { border-collapse: collapse; font-size: 7.5pt; }
th, td { text-align: left; padding: 1.5pt 6pt 1.5pt 0; border-bottom: 1px solid #d7dde3; vertical-align: top; }
table, li { break-inside: avoid; } h2 { break-after: avoid; }
.word, td[style*="right"] { white-space: nowrap; }
"""


class NoBrowser(Failure):
    """No browser to print with."""

    exit_code = 2
    code = "RUN010"


def render(report: Report) -> bytes:
    """The memo as PDF; raises NoBrowser (RUN010)."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise NoBrowser("RUN010: printing needs Chromium: apt-get install chromium, or take --format md")  # fmt: skip
    page = _page(report.title, memo.render(report))
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


def _page(title: str, text: str) -> str:
    """The memo as a page; words of tables, and dates, stay on one line."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for cell, held in pairwise(tokens):
        if cell.type == "td_open" and " " not in held.content:
            cell.attrJoin("class", "word")
    body = DATE.sub(UNBROKEN, reader.renderer.render(tokens, reader.options, {}))
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style><body>{body}</body></html>'
