"""Inputs: what may be changed, with where the scenario says it; below, the catalog's figures."""

from __future__ import annotations

from planner.report.workbook.grounds import HEADS
from planner.report.workbook.line import Line, Sheet
from planner.report.workbook.sheets.timeline import RATE
from planner.report.workbook.stuff import Stuff, heading

ORDER = 30
RATE_KEY = "discount_rate"
"""Where a scenario states the discount rate."""


def sheet(stuff: Stuff) -> Sheet:
    rate = Line(
        RATE,
        (RATE, "money"),
        "per year",
        "input",
        "share",
        constant=stuff.options.timeline.discount_rate,
        constant_tone="input",
        key=RATE_KEY,
        note="scenario",
        ground=(
            None,
            None,
            f"scenario {stuff.material.plan['scenario']}",
            stuff.options.timeline.as_of.isoformat(),
            "stated",
        ),
    )
    return Sheet(
        "Inputs",
        "Inputs that the money follows",
        (
            "Blue cells may be changed. Figures of the catalog below are shown with their sources; they decided the plan and do not move it here.",
        ),
        heads=HEADS,
        lines=(rate, heading("levers", "Prices and tariffs by period"), *stuff.money.levers),
        tables=stuff.tables("sources"),
    )
