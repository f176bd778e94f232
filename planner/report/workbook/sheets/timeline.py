"""Timeline: the periods, and what a dollar paid in each is worth at the start of the first."""

from __future__ import annotations

from planner.report.workbook.line import Constant, Formula, Here, Line, Reference, Sheet
from planner.report.workbook.stuff import Stuff

ORDER = 40
RATE, YEARS, NUMBER = "discount rate", "years per period", "period number"


def sheet(stuff: Stuff) -> Sheet:
    timeline = stuff.options.timeline
    count = range(timeline.count)
    starts = tuple(period.start.isoformat() for period in timeline.periods)
    lines = [
        Line("starts", ("first day",), style="date", values=starts),
        Line(NUMBER, (NUMBER,), "periods", values=tuple(float(t) for t in count)),
        Line(YEARS, (YEARS,), "years", constant=timeline.years),
    ]
    for moment, share in sorted(stuff.money.moments.items(), key=lambda pair: pair[1]):
        name = f"discount|{moment}"
        of: dict[str, Reference] = {"rate": Constant(RATE), "years": Constant(YEARS), "number": Here(NUMBER), "share": Constant(name)}  # fmt: skip
        lines.append(
            Line(
                name,
                ("worth of 1 USD", "", "", "", "", "", moment),
                "USD",
                "formula",
                "fine",
                values=tuple(timeline.discount(t) * timeline.waited(share) for t in count),
                formula=Formula("(1+{rate})^-({years}*({number}+{share}))", of),
                constant=share,
                note="constant: periods after the start of its own",
            )
        )
    return Sheet("Timeline", "Periods and discounting", lines=tuple(lines))
