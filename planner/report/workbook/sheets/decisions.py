"""Decisions: what the plan orders, runs and serves, pasted as it was solved."""

from __future__ import annotations

from planner.report.workbook.line import Sheet
from planner.report.workbook.stuff import Stuff

ORDER = 50


def sheet(stuff: Stuff) -> Sheet:
    return Sheet(
        "Decisions",
        "Decisions of the run",
        ("Pasted: they do not move when inputs do.",),
        lines=stuff.money.decisions,
    )
