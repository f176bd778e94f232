"""Cover: question, answer, what identifies the run, whether every check passes, and how to read on."""

from __future__ import annotations

from planner.report.workbook.line import Constant, Formula, Line, Sheet
from planner.report.workbook.sheets.checks import ALL, BAD, GOOD
from planner.report.workbook.stuff import Stuff, heading

ORDER = 10
LIGHT = "light"


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
            Line(
                LIGHT,
                ("checks",),
                style="text",
                constant=GOOD if report.sound else BAD,
                constant_tone="formula",
                constant_formula=Formula(
                    "IF({all}=1,{good},{bad})",
                    {
                        "all": Constant(ALL),
                        "good": Constant(GOOD),
                        "bad": Constant(BAD),
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
