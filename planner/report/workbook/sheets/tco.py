"""TCO: present value by account, by site and by what it is spent on, each adding up to the whole."""

from __future__ import annotations

from planner.report.workbook.line import (
    Among,
    Constant,
    Down,
    Formula,
    Line,
    Name,
    Reference,
    Sheet,
)
from planner.report.workbook.sheets.cashflow import down
from planner.report.workbook.stuff import Stuff, heading

ORDER = 130
CUTS = {"account": "by account", "site": "by site", "subject": "by offer, configuration, workload or pool"}  # fmt: skip
_ELSEWHERE = "no site"


def sheet(stuff: Stuff) -> Sheet:
    lines: list[Line] = []
    for head, title in CUTS.items():
        cut = _cut(stuff, head)
        lines += [heading(f"tco {head}", f"Present value {title}"), *cut, _sum(head, cut)]
    return Sheet("TCO", "Total cost of ownership, present value", lines=tuple(lines), pictures=(by_account(stuff),))  # fmt: skip


def by_account(stuff: Stuff) -> Among:
    """The picture of the first cut."""
    cut = _cut(stuff, "account")
    return Among("Present value by account", cut[0].id, cut[-1].id, "USD", "account")


def _cut(stuff: Stuff, head: str) -> list[Line]:
    at = ("account", "subject", "site").index(head)
    worth: dict[str, float] = {}
    for line in stuff.money.cash:
        worth[line.names[at]] = worth.get(line.names[at], 0.0) + float(line.constant or 0.0)
    lines = []
    for name, usd in sorted(worth.items(), key=lambda item: (-item[1], item[0])):
        own = f"tco|{head}|{name}"
        names = [""] * 3
        names[at] = name
        of: dict[str, Reference] = {
            "names": down(stuff, head),
            "own": Name(own, head),
            "worth": down(stuff, "constant"),
        }
        text = "SUMIF({names},{own},{worth})"
        if not name:
            text = "SUMPRODUCT(({names}={own})*{worth})"
        lines.append(
            Line(
                own,
                tuple(names),
                "USD",
                style="usd",
                constant=usd,
                constant_formula=Formula(text, of),
                constant_tone="formula",
                note=_ELSEWHERE if not name else "",
            )
        )
    return lines


def _sum(head: str, cut: list[Line]) -> Line:
    return Line(
        f"tco|{head}",
        ("together",),
        "USD",
        style="usd",
        constant=sum(float(line.constant or 0.0) for line in cut),
        constant_formula=Formula("SUM({cut})", {"cut": Down(cut[0].id, cut[-1].id, "constant")}),
        constant_tone="formula",
    )


def together(head: str) -> Constant:
    """The sum of one cut."""
    return Constant(f"tco|{head}")
