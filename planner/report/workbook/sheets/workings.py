"""Workings: what each decision pays for, per unit of it: the quantity and the price."""

from __future__ import annotations

from planner.report.workbook.line import Sheet
from planner.report.workbook.stuff import Stuff, heading

ORDER = 110


def sheet(stuff: Stuff) -> Sheet:
    money = stuff.money
    return Sheet(
        "Workings",
        "Quantities and unit prices",
        ("Cash is decision times quantity times unit price, line by line.",),
        lines=(
            heading("quantities", "Quantity that one unit of a decision pays for"),
            *money.quantities,
            heading("prices", "Price of one unit of that quantity"),
            *money.prices,
        ),
    )
