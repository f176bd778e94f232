"""``planner explain``: an error code, or a decision of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.output import Json, emit_json, line, table

if TYPE_CHECKING:
    from planner.plan.price.case import Case

_REPORTS = Path("reports")


def explain(
    subject: Annotated[str, typer.Argument(metavar="CODE|RUN", help="An error code, or a run.")],
    offer: Annotated[str, typer.Argument(help="With a run: the offer or system to explain.")] = "",
    curve: Annotated[
        bool, typer.Option("--curve", help="How much the plan takes at each price.")
    ] = False,
    levers: Annotated[
        bool, typer.Option("--levers", help="What else would let it in: speed, power, lead time.")
    ] = False,
    picture: Annotated[
        Path | None, typer.Option(help="Draw the curve to this .svg or .png file.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder of run folders.")] = _REPORTS,
    json: Json = False,
) -> None:
    """Explain an error code with a bad and a good example, or why a run took or left an offer.

    Examples: planner explain DOC003 · planner explain latest b200-buy --curve
    """  # fmt: skip
    if not offer:
        _error(subject, json)
    else:
        _decision(subject, offer, out, json, curve or picture is not None, levers, picture)


def _error(code: str, as_json: bool) -> None:
    from planner.report.pages import page

    text = page(code)
    if as_json:
        emit_json({"code": code.upper(), **text})
        return
    line(f"{code.upper()}: {text['title']}\n")
    line(f"{text['meaning'].strip()}\n")
    for heading in ("bad", "good"):
        line(f"{heading}:")
        line("\n".join(f"    {part}" for part in text[heading].strip("\n").splitlines()))


def _decision(
    run: str, offer: str, out: Path, as_json: bool, curve: bool, levers: bool, picture: Path | None
) -> None:
    from planner.plan.inputs import load_inputs
    from planner.plan.price.case import cases
    from planner.plan.store import find
    from planner.report.case import as_json as data_of
    from planner.report.case import offers_of
    from planner.report.decision import decision

    folder = find(run, out)
    found = decision(folder, offer)
    told = cases(load_inputs(folder), offers_of(folder, found), curve, levers)
    if picture is not None:
        _draw(told, picture)
    if as_json:
        emit_json({**found, "cases": [data_of(case) for case in told]})
        return
    _print_found(found)
    for case in told:
        _print_case(case)
    if picture is not None:
        line(f"Files: {picture}")


def _print_found(found: dict[str, Any]) -> None:
    """Verdicts, and what of it was ordered and would be served."""
    for option in found["options"]:
        line(f"{option['id']}: {option['verdict']}. {option['why']}")
    if found["deliveries"]:
        heads = tuple(found["deliveries"][0])
        table("Orders", heads, [tuple(row.values()) for row in found["deliveries"]])
    if found["rates"]:
        heads = tuple(found["rates"][0])
        table("What it would serve", heads, [tuple(row.values()) for row in found["rates"]])


def _draw(told: list[Case], picture: Path) -> None:
    from planner.errors import Usage
    from planner.report.case import curve_chart
    from planner.report.charts.draw import write

    drawn = [case for case in told if case.curve]
    if not drawn:
        raise Usage("CLI003: nothing of it has a price to draw a curve of")
    write(curve_chart(drawn), picture)


def _print_case(case: Case) -> None:
    from planner.plan.price.curve import sparkline
    from planner.report.case import CURVE_HEADS, bind_rows, curve_rows, money_rows

    if case.negotiation is not None:
        line(f"{case.offer}: {case.negotiation.sentence}")
    if case.money:
        table(f"Money of {case.offer}, present value", ("account", "USD"), money_rows(case))
    if case.binds:
        heads = ("limit", "of", "worth of what one takes")
        table(f"What holds {case.offer}", heads, bind_rows(case))
    if case.curve:
        table(f"{case.offer} at other prices", CURVE_HEADS, curve_rows(case))
        line(f"systems, cheap to dear: {sparkline([point.systems for point in case.curve])}")
    for lever in case.levers:
        line(f"At its price it would enter with {lever.sentence}" if lever.needed else f"{lever.name}: {lever.sentence}")  # fmt: skip
