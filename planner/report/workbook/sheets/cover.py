"""Cover: question, answer, what identifies the run, whether every check passes, and how to read on."""

from __future__ import annotations

from planner.report.workbook.line import Constant, Formula, Line, Sheet
from planner.report.workbook.sheets.checks import ALL
from planner.report.workbook.stuff import Stuff, heading

ORDER = 10
LIGHT = "light"
_GOOD, _BAD = "every check passes", "A CHECK FAILS: see Checks"


def sheet(stuff: Stuff) -> Sheet:
    report = stuff.report
    facts = tuple(
        Line(f"fact|{name}", (name,), style="text", constant=value) for name, value in report.facts
    )
    return Sheet(
        name="Cover",
        title=report.title,
        sentences=(report.question, report.answer),
        lines=(
            *facts,
            Line(f"{LIGHT}|good", ("words where all is well",), style="text", constant=_GOOD),
            Line(f"{LIGHT}|bad", ("words where it is not",), style="text", constant=_BAD),
            Line(
                LIGHT,
                ("checks",),
                style="text",
                constant=_GOOD if report.sound else _BAD,
                constant_tone="formula",
                constant_formula=Formula(
                    "IF({all}=1,{good},{bad})",
                    {
                        "all": Constant(ALL),
                        "good": Constant(f"{LIGHT}|good"),
                        "bad": Constant(f"{LIGHT}|bad"),
                    },
                ),
            ),
            heading("legend", "How to read this workbook"),
            Line("legend|input", ("blue: an input; change it and the money follows",), tone="input"),
            Line("legend|pasted", ("grey: a decision or figure of the run, pasted; it does not move",)),
            Line("legend|formula", ("black: a formula on this sheet; green: one that looks at another",), tone="formula"),
            Line("legend|limits", ("decisions stay those of the run: at other prices another plan may be better; planner scenario from-workbook makes an override to solve again",), tone="head"),
        ),
    )  # fmt: skip
