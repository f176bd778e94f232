"""Checks: sums that must agree whatever the inputs are; Cover shows whether they all do."""

from __future__ import annotations

from planner.report.workbook.line import Constant, Down, Formula, Line, Reference, Sheet
from planner.report.workbook.sheets import demand
from planner.report.workbook.sheets.cashflow import CLASSES
from planner.report.workbook.sheets.tco import CUTS, together
from planner.report.workbook.stuff import Stuff, heading

ORDER = 190
ALL, TOLERANCE = "all checks", "tolerance"
GOOD, BAD = "every check passes", "A CHECK FAILS: see Checks"
"""What the cover says; each is the id of the line that holds it, for a formula holds no text."""
_RELATIVE = 1e-6
"""Largest difference, relative to what is compared."""


def sheet(stuff: Stuff) -> Sheet:
    compared = [*_sums(), *_tokens(stuff), _whole_run(stuff)]
    passed = [_passed(line) for line in compared]
    first, last = passed[0].id, passed[-1].id
    return Sheet(
        "Checks",
        "Checks",
        ("A check is 1 where its difference is within the tolerance, 0 where it is not.",),
        lines=(
            Line(ALL, ("every check",), constant=float(all(line.constant for line in passed)), constant_formula=Formula("MIN({passed})", {"passed": Down(first, last, "constant")}), constant_tone="formula"),
            Line(TOLERANCE, (TOLERANCE,), "relative", "input", "fine", constant=_RELATIVE, constant_tone="input", note="of the planner"),
            heading("differences", "Relative differences"),
            *compared,
            heading("passed", "Passed"),
            *passed,
            heading("words", "What the cover says"),
            Line(GOOD, ("where every check passes",), style="text", constant=GOOD),
            Line(BAD, ("where one does not",), style="text", constant=BAD),
        ),
    )  # fmt: skip


def _sums() -> list[Line]:
    """Each cut of TCO against the summary's whole."""
    lines = []
    for head in CUTS:
        of: dict[str, Reference] = {"cut": together(head), "npv": Constant("npv")}
        text = "({cut}+{npv})/MAX(1,ABS({npv}))"
        lines.append(_compared(f"TCO by {head} against NPV", text, of))
    return lines


def _tokens(stuff: Stuff) -> list[Line]:
    lines = []
    for name in stuff.options.demands:
        of: dict[str, Reference] = {
            "left": Constant(f"{demand.LEFT}|{name}"),
        }
        lines.append(_compared(f"tokens of {name}: asked, served and shed", "{left}", of))
    return lines


def _whole_run(stuff: Stuff) -> Line:
    """What the planner's own recomputation found; pasted, for it needs the program's rows."""
    failed = [check.name for check in stuff.report.checks if not check.passed]
    name = f"the run recomputes ({len(stuff.report.checks)} checks of the planner)"
    return Line(f"check|{name}", (name,), constant=float(len(failed)), note=", ".join(failed))


def _compared(name: str, text: str, of: dict[str, Reference]) -> Line:
    return Line(
        f"check|{name}",
        (name,),
        "relative",
        style="fine",
        constant=0.0,
        constant_formula=Formula(text, of),
        constant_tone="formula",
    )


def _passed(line: Line) -> Line:
    of = {"difference": Constant(line.id), "tolerance": Constant(TOLERANCE)}
    return Line(
        f"ok|{line.id}",
        (line.names[0],),
        constant=float(float(line.constant or 0.0) <= _RELATIVE),
        constant_formula=Formula("IF(ABS({difference})<={tolerance},1,0)", of),
        constant_tone="formula",
    )


__all__ = ["ALL", "CLASSES", "sheet"]
