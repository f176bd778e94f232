"""The ``planner`` command."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

import typer

from planner.cli import (
    actuals,
    alternatives,
    calendar,
    catalog,
    diff,
    explain,
    fabric,
    quotes,
    report,
    review,
    review_known,
    review_report,
    review_sign,
    risk,
    run,
    scenario,
    serve,
    setup,
    sweep,
    tco,
    what_if,
)
from planner.cli.frontier import frontier
from planner.errors import Failure

app = typer.Typer(
    name="planner",
    help="Which AI fleet to buy, from whom, for which site, by when.\n\nStart with: planner run quickstart",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command()(setup.init)
app.command()(setup.check)
app.add_typer(catalog.app, name="catalog")
app.add_typer(scenario.app, name="scenario")
app.add_typer(fabric.app, name="fabric")
app.add_typer(serve.app, name="serve")
app.add_typer(risk.app, name="risk")
app.add_typer(report.app, name="report")
app.add_typer(quotes.app, name="quotes")
app.add_typer(review.app, name="review")
review.app.command()(actuals.actuals)
review_sign.add_to(review.app)
review.app.command()(calendar.calendar)
review.app.command()(review_report.report)
review.app.command()(review_known.known)
review.app.command()(review_known.notify)
app.command()(frontier)
app.command()(run.run)
app.command()(run.verify)
app.command()(explain.explain)
app.command()(tco.tco)
app.command()(diff.diff)
app.command("what-if")(what_if.what_if)
app.command()(alternatives.alternatives)
app.command()(sweep.sweep)
app.command()(setup.doctor)


class Interrupted(BaseException):
    """Ctrl-C, or a polite request to end; no handler of errors may swallow it."""

    exit_code = 130


def main() -> NoReturn:
    """Run the command line; a failure prints its message and ends with its exit code."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupted)
    try:
        app()
    except Interrupted as interrupted:
        sys.stderr.write(f"{interrupted}\n")
        sys.stderr.flush()
        os._exit(interrupted.exit_code)  # the solver may still run beside us; leave it no farewell
    except Failure as failure:
        sys.stderr.write(f"{failure}\n")
        sys.exit(failure.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("PLANNER_DEBUG"):
            raise
        sys.stderr.write(
            f"internal error: {type(error).__name__}: {error}\n"
            "run again with PLANNER_DEBUG=1 for the traceback, and please report it\n"
        )
        sys.exit(1)
    sys.exit(0)


def _interrupted(number: int, frame: FrameType | None) -> NoReturn:
    raise Interrupted("interrupted")
