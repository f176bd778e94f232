"""A page on a screen: shown by a real browser, with whatever it says and asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.report.charts.chart import Axis, Chart
from planner.report.content.piece import Check, Column, Report, Section, Table
from planner.report.page.render import FILTER_FROM

MOST_BYTES = 3_000_000
"""What a page may weigh."""
PATIENCE_MS = 180_000
"""Machines that run tests may be busy."""


@dataclass
class Opened:
    """A page in the browser, with whatever it said or asked for."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def opened(browser: Any, text: str, folder: Path, **looks: Any) -> Opened:
    """looks: how the browser stands to it, such as its colour scheme or the size of its window."""
    file = folder / "report.html"
    file.write_text(text, encoding="utf-8")
    shown = Opened(browser.new_page(**looks))
    shown.page.set_default_timeout(PATIENCE_MS)
    shown.page.on("console", lambda message: shown.said.append(message.text))
    shown.page.on("pageerror", lambda error: shown.said.append(str(error)))
    shown.page.on("request", lambda request: shown.asked.append(request.url))
    shown.page.goto(file.as_uri())
    shown.page.wait_for_selector(":root[data-drawn=yes]", timeout=PATIENCE_MS)
    return shown


def small(name: str = "offer", rows: int = FILTER_FROM + 1, passed: bool = True) -> Report:
    """A report of one chart and one table."""
    chart = Chart("c", name, name, "bar", ({"a": name, "b": 2.0},), Axis("a", "a", "names"), Axis("b", "b"))  # fmt: skip
    columns = (Column("offer", "offer"), Column("price", "price", "usd", source="source"))
    told = tuple({"offer": f"{name} {k}", "price": 1e6 * k, "source": name} for k in range(rows))
    section = Section("s", "S", (name,), (chart,), (Table("t", "T", columns, told),))
    facts = (("run", name),)
    return Report(name, name, name, facts, (section,), (Check("sums", passed, name),), (name,))
