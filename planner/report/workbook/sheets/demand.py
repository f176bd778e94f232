"""Demand: tokens asked for, served and not served, by workload and load block."""

from __future__ import annotations

from planner.options.units import GTOK
from planner.quantities import MEGA, SECONDS_PER_HOUR
from planner.report.workbook.line import (
    KEYS,
    Across,
    Constant,
    Down,
    Formula,
    Here,
    Line,
    Name,
    Reference,
    Sheet,
)
from planner.report.workbook.stuff import Stuff, heading

ORDER = 60
SERVED, SHED, ASKED, LEFT = "served", "shed", "asked", "left over"
_BOOKED = {SERVED: ("serve", "cohort"), SHED: ("shed", "subject")}
"""Kind of the decision, and the column of its names that holds the workload."""


def sheet(stuff: Stuff) -> Sheet:
    """Served and shed are the decisions of their blocks times the hours of the block."""
    lines: list[Line] = []
    for name, demand in stuff.options.demands.items():
        lines.append(heading(f"demand {name}", name))
        served, shed = _blocks(stuff, SERVED, name), _blocks(stuff, SHED, name)
        hours = stuff.options.timeline.hours
        asked = tuple(rate * hours * SECONDS_PER_HOUR / MEGA for rate in demand.mean_tok_per_s)
        lines += [*served, _sum(stuff, SERVED, name, served), *shed, _sum(stuff, SHED, name, shed)]
        lines.append(Line(f"{ASKED}|{name}", (ASKED, name), "Mtok", values=asked))
        lines.append(_left(name, asked, lines))
    return Sheet(
        "Demand",
        "Tokens asked for, served and not served",
        ("The constant of a block is the Mtok that 1 Gtok/h makes in it.",),
        lines=tuple(lines),
    )


def _blocks(stuff: Stuff, what: str, workload: str) -> list[Line]:
    options = stuff.options
    hours = {block: options.hours(at) for at, block in enumerate(options.blocks)}
    if what == SHED and options.demands[workload].deferrable:
        hours = {"any": options.timeline.hours}
    return [_block(stuff, what, workload, block, hours[block]) for block in hours]


def _block(stuff: Stuff, what: str, workload: str, block: str, hours: float) -> Line:
    decisions = stuff.money.decisions
    kind, head = _BOOKED[what]
    name = f"{what}|{workload}|{block}"
    named = {"account": kind, head: workload, "rate": block}
    names = tuple(named.get(key, "") for key in KEYS[:5])
    mine = [line for line in decisions if _is(line, named)]
    each = hours * GTOK / MEGA
    count = range(stuff.options.timeline.count)
    first, last = decisions[0].id, decisions[-1].id
    of: dict[str, Reference] = {"each": Constant(name), "all": Down(first, last)}
    for key, column in (("kind", "account"), ("workload", head), ("block", "rate")):
        of[f"{key}s"], of[key] = Down(first, last, column), Name(name, column)
    text = "{each}*SUMIFS({all},{kinds},{kind},{workloads},{workload},{blocks},{block})"
    return Line(
        name,
        names,
        "Mtok",
        "formula",
        values=tuple(each * sum(float(line.values[t] or 0.0) for line in mine) for t in count),
        formula=Formula(text, of),
        constant=each,
    )


def _is(line: Line, named: dict[str, str]) -> bool:
    said = dict(zip(KEYS, line.names, strict=False))
    return all(said.get(key, "") == value for key, value in named.items())


def _sum(stuff: Stuff, what: str, workload: str, blocks: list[Line]) -> Line:
    """All blocks of a workload; the constant is their worth, discounted like money."""
    name = f"{what}|{workload}"
    timeline = stuff.options.timeline
    values = tuple(
        sum(float(block.values[t] or 0.0) for block in blocks) for t in range(timeline.count)
    )
    of = {"tokens": Across(name), "discount": Across("discount|middle")}
    return Line(
        name,
        (what, workload),
        "Mtok",
        "formula",
        values=values,
        formula=Formula("SUM({blocks})", {"blocks": Down(blocks[0].id, blocks[-1].id)}),
        constant=sum(v * timeline.discount(t, "middle") for t, v in enumerate(values)),
        constant_formula=Formula("SUMPRODUCT({tokens},{discount})", of),
        constant_tone="formula",
        note="constant: discounted like money",
    )


def _left(workload: str, asked: tuple[float, ...], lines: list[Line]) -> Line:
    by = {line.id: line for line in lines}
    served, shed = by[f"{SERVED}|{workload}"], by[f"{SHED}|{workload}"]
    values = tuple(
        (asked[t] - float(served.values[t] or 0.0) - float(shed.values[t] or 0.0))
        / max(1.0, asked[t])
        for t in range(len(asked))
    )
    of = {name: Here(f"{name}|{workload}") for name in (ASKED, SERVED, SHED)}
    return Line(
        f"{LEFT}|{workload}",
        (LEFT, workload),
        "share of what is asked",
        "formula",
        "fine",
        values=values,
        formula=Formula("({asked}-{served}-{shed})/MAX(1,{asked})", of),
        constant=sum(abs(value) for value in values),
        constant_formula=Formula("SUMPRODUCT(ABS({own}))", {"own": Across(f"{LEFT}|{workload}")}),
        constant_tone="formula",
        note="nothing, but for rounding",
    )
