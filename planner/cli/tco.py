"""``planner tco``: where the money of a run goes, and what a chip-hour costs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.output import Json, Progress, emit_json, line, table

if TYPE_CHECKING:
    from planner.plan.saved import SavedRun

_REPORTS = Path("reports")


class By(StrEnum):
    """What the table is cut by."""

    account = "account"
    site = "site"
    vendor = "vendor"
    workload = "workload"


class Show(StrEnum):
    """Which view of the money."""

    tco = "tco"
    annuity = "annuity"
    cash = "cash"
    book = "book"
    returns = "returns"


def tco(
    run: Annotated[str, typer.Argument(help="A run folder, an id prefix, or latest.")],
    by: Annotated[By, typer.Option("--by", help="Rows of the table.")] = By.account,
    show: Annotated[
        Show, typer.Option("--show", help="Another view of the same ledger.")
    ] = Show.tco,
    horizon: Annotated[
        int,
        typer.Option(
            "--horizon",
            min=0,
            help="Solve again with so many periods more: regret of the first orders.",
        ),
    ] = 0,
    out: Annotated[Path, typer.Option("--out", help="Folder of run folders.")] = _REPORTS,
    json: Json = False,
) -> None:
    """Show where a run's money goes: by account, site, vendor or workload, adding up to its ledger.

    Examples: planner tco latest --by workload · planner tco latest --show annuity
    """
    progress = Progress(quiet=not horizon)
    from planner.plan.money import money
    from planner.plan.saved import load_run
    from planner.plan.store import find

    opened = load_run(find(run, out))
    views = money(opened.answer, opened.entries, opened.loaded.scenario.finance)
    regret = _regret(opened, horizon, progress) if horizon else None
    if json:
        rows = views.as_data()
        cut = rows.pop("tco")
        emit_json({"by": by.value, "rows": cut[by.value], "tco": cut, **rows, "horizon": regret})
        return
    from planner.report import money as report

    for title, heads, content in report.tables(views, show.value, by.value):
        table(title, heads, content)
    for sentence in report.sentences(views, show.value):
        line(sentence)
    if regret is not None:
        line(report.regret_sentence(regret))


def _regret(opened: SavedRun, periods: int, progress: Progress) -> dict[str, Any]:
    from dataclasses import asdict

    from planner.plan.longer import regret_of_window

    return asdict(regret_of_window(opened, periods, progress))
