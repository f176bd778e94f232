"""Cashflow: every dollar by period, and what each line is worth at the start."""

from __future__ import annotations

from planner.report.workbook.line import Down, Formula, Line, Name, Reference, Sheet
from planner.report.workbook.stuff import Stuff, heading

ORDER = 120
CLASSES = ("capital", "operating", "reckoned")


def sheet(stuff: Stuff) -> Sheet:
    cash = stuff.money.cash
    totals = tuple(_total(stuff, name) for name in CLASSES)
    return Sheet(
        "Cashflow",
        "Cash by period",
        (
            "Costs are positive. Reckoned lines are not paid: penalties for demand not served, and what the fleet is still worth at the end.",
            "What is owed past the horizon stands in the last period as it will be paid; its moment says how many periods later that is.",
        ),
        lines=(*totals, heading("cash", "Every line; the constant is its present value"), *cash),
    )


def down(stuff: Stuff, column: str = "") -> Down:
    """One column of every cash line."""
    cash = stuff.money.cash
    return Down(cash[0].id, cash[-1].id, column)


def _total(stuff: Stuff, name: str) -> Line:
    mine = [line for line in stuff.money.cash if line.names[5] == name]
    number = stuff.options.timeline.count
    values = tuple(sum(float(line.values[t] or 0.0) for line in mine) for t in range(number))
    line = f"total|{name}"
    of: dict[str, Reference] = {
        "classes": down(stuff, "class"),
        "own": Name(line, "class"),
        "cash": down(stuff),
    }
    return Line(
        line,
        ("total", "", "", "", "", name),
        "USD",
        "formula",
        "usd",
        values=values,
        formula=Formula("SUMIF({classes},{own},{cash})", of),
    )
