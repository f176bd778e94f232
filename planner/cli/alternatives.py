"""``planner alternatives``: who must be in the plan, who may, and who is a real choice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.output import Json, Overrides, Progress, Sets, emit_json, line, table
from planner.cli.subject import loaded_from

_REPORTS = Path("reports")


def alternatives(
    subject: Annotated[str, typer.Argument(metavar="RUN|SCENARIO", help="A run, or a scenario.")],
    slack: Annotated[str, typer.Option(help="How much dearer a plan may be than the best.")] = "2%",
    shares: Annotated[
        bool,
        typer.Option(help="Smallest and largest shares too, not only who can be done without."),
    ] = True,
    override: Overrides = None,
    set_: Sets = None,
    out: Annotated[Path, typer.Option("--out", help="Folder of run folders.")] = _REPORTS,
    json: Json = False,
) -> None:
    """Within a slack of the best cost: the smallest and largest share of each vendor, gradient and fabric.

    Example: planner alternatives reference --slack 2%
    """  # fmt: skip
    from planner.errors import Usage
    from planner.options.join import join
    from planner.plan.alternatives import alternatives as freedoms
    from planner.plan.hot import Hot
    from planner.plan.solved import solve
    from planner.quantities import UnitError, convert
    from planner.report.alternatives import HEADS, as_json, rows, title

    try:
        share = convert(slack, "")
    except UnitError as error:
        raise Usage(f"CLI003: --slack {error}; write 2% or 0.02") from error
    if not 0 <= share < 1:
        raise Usage("CLI003: --slack lies in [0, 1); write 2% or 0.02")
    progress = Progress()
    loaded = loaded_from(subject, out, tuple(override or ()), tuple(set_ or ()))
    hot = Hot.of(solve(join(loaded)))
    progress(f"plan solved; one base solve takes {hot.base_seconds:.2f} s")
    found = freedoms(hot, share, shares, progress)
    if json:
        emit_json(as_json(found))
        return
    table(title(found), HEADS, rows(found))
    line(
        "Work counts each token at what one more of it costs in this plan; what stands already is kept"
    )
    line(f"Without each: {found.without_effort:.1f} base solves; shares: {found.share_effort:.1f}")
