"""``planner risk``: what could go wrong, and what to order before it is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from planner.cli.engine import Address, Alpha, Engine, Omega, Workers, drawn, means
from planner.cli.flexibility import flexibility
from planner.cli.generality import generality
from planner.cli.output import Json, Overrides, Progress, Sets, emit_json, line, table
from planner.cli.risk_shown import show_run, show_worlds
from planner.cli.switchboard import switchboard

if TYPE_CHECKING:
    from planner.scenario.load import Loaded

REPORTS = Path("reports")
app = typer.Typer(help="What could go wrong, and what to order before it is known.", no_args_is_help=True)  # fmt: skip
app.command()(switchboard)
app.command()(flexibility)
app.command()(generality)


@app.callback()
def _group() -> None:
    """Commands on risk."""


@app.command()
def worlds(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or its name in scenarios/.")],
    omega: Omega = 0.0,
    alpha: Alpha = 0.95,
    method: Annotated[
        Literal["auto", "extensive", "l-shaped"],
        typer.Option(help="auto takes the extensive form where it is small."),
    ] = "auto",
    workers: Workers = 1,
    override: Overrides = None,
    set_: Sets = None,
    json: Json = False,
) -> None:
    """Hedge against the named worlds of a scenario: what to order before knowing which it is.

    Example: planner risk worlds tests/scenarios/lands.yaml --omega 0.5
    """
    progress = Progress()
    from planner.report.worlds import as_data
    from planner.risk.alternatives import named_worlds
    from planner.risk.chunks import Means
    from planner.risk.crew import Local
    from planner.risk.functional import Functional
    from planner.risk.hedge import hedge
    from planner.risk.lshaped import Search
    from planner.scenario.load import find_scenario, load

    functional = Functional(omega, alpha)
    loaded = load(find_scenario(scenario), tuple(override or ()), tuple(set_ or ()))
    base, problem = named_worlds(loaded)
    progress(f"{len(problem.worlds)} worlds of {problem.base.columns:,} columns")
    found = hedge(problem, functional, method, Search(means=Means(Local(workers))), say=progress)
    data = as_data(base, problem, found)
    if json:
        emit_json({"scenario": loaded.scenario.name, "omega": omega, "alpha": alpha, **data})
        return
    show_worlds(loaded.scenario.name, data)


@app.command()
def run(
    scenario: Annotated[str, typer.Argument(help="A scenario file or name, or a saved run.")],
    mode: Annotated[
        Literal["hold", "adapt", "hedge"],
        typer.Option(help="Keep the plan; let later orders adapt; or choose the window's orders."),
    ] = "hold",
    draws: Annotated[int, typer.Option(min=2, help="Draws; a power of two.")] = 256,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws.")] = 1,
    window: Annotated[
        str, typer.Option(help="Decision window, such as '9 month'; absent: the scenario's.")
    ] = "",
    omega: Omega = 0.0,
    alpha: Alpha = 0.95,
    replications: Annotated[
        int, typer.Option(min=0, help="Fresh samples to measure a hedge's gap on.")
    ] = 0,
    workers: Workers = 1,
    engine: Engine = "local",
    address: Address = "",
    out: Annotated[Path, typer.Option("--out", help="Folder for run folders.")] = REPORTS,
    override: Overrides = None,
    set_: Sets = None,
    json: Json = False,
) -> None:
    """Ask what the scenario's beliefs do to its plan: hold it, adapt it, or hedge it.

    Example: planner risk run risk-small --mode hedge --draws 64 --omega 0.5
    """
    progress = Progress()
    from planner.plan.store import prepare
    from planner.risk.outlook import run as ask
    from planner.risk.record import Asked
    from planner.risk.twins import beliefs_of

    prepare(out)
    used = drawn(draws, progress)
    loaded = _loaded(scenario, out, override, set_)
    beliefs_of(loaded)
    assert loaded.scenario.risk is not None
    years = _years(window) if window else loaded.scenario.risk.window
    asked = Asked(mode, used, seed, omega, alpha, years, replications)
    with means(engine, address, workers, progress) as by:
        done = ask(loaded, asked, out, progress, by)
    if json:
        emit_json({"risk_id": done.folder.name, "run_dir": str(done.folder), "orders": done.orders, **done.summary})  # fmt: skip
        return
    show_run(done.summary, done.orders)
    line(f"Files: {done.folder}")
    line(f"Next:  planner risk replay {done.folder.name} --draw {_dearest(done.folder)}")


@app.command()
def replay(
    run: Annotated[str, typer.Argument(help="A risk run: folder, id prefix or latest.")],
    draw: Annotated[int, typer.Option("--draw", min=0, help="Number of the draw.")],
    out: Annotated[Path, typer.Option("--out", help="Folder of run folders.")] = REPORTS,
    json: Json = False,
) -> None:
    """Solve one draw of a saved risk run again, and show all that was drawn in it.

    Example: planner risk replay latest --draw 17
    """
    from planner.risk.outlook import replay as again
    from planner.risk.record import find

    found = again(find(run, out), draw)
    if json:
        emit_json({"draw": draw, **found})
        return
    drawn = {name: value for name, value in found["drawn"].items() if name != "draw"}
    rows = [(name, "never" if value is None else value) for name, value in drawn.items()]
    table(f"Draw {draw}: years after the as-of date, factors, scores", ("driver", "drawn"), rows)
    line(f"It costs {found['cost_usd']:,.0f} USD; recorded were {found['recorded_cost_usd']:,.0f} USD")  # fmt: skip


@app.command()
def beliefs(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or its name in scenarios/.")],
    picture: Annotated[
        Path | None,
        typer.Option("--picture", help="Draw them here and beside it (.svg or .png)."),
    ] = None,
    override: Overrides = None,
    set_: Sets = None,
    json: Json = False,
) -> None:
    """Show what a scenario believes, on what basis, and what that implies.

    Example: planner risk beliefs risk-small
    """
    progress = Progress()
    from planner.report.beliefs.pictures import pictures
    from planner.report.beliefs.rows import belief_rows, kept_rows
    from planner.report.beliefs.sentences import sentences
    from planner.report.charts.draw import write
    from planner.risk.outlook import implied
    from planner.risk.twins import beliefs_of
    from planner.timeline import years_between

    loaded = _loaded(scenario, REPORTS, override, set_)
    held, timeline = beliefs_of(loaded), loaded.scenario.timeline
    years = years_between(timeline.as_of, timeline.end)
    for number, chart in enumerate(pictures(loaded.scenario.name, held, timeline.as_of, years) if picture else ()):  # fmt: skip
        assert picture is not None
        path = picture.with_stem(f"{picture.stem}-{chart.id}") if number else picture
        write(chart, path)
        progress(f"wrote {path}")
    rows, kept = belief_rows(held), kept_rows(loaded)
    leads = implied(held, timeline.as_of)
    told = sentences(held, leads, loaded.scenario.discount_rate, years)
    if json:
        said = [dict(zip(("belief", "says", "basis"), row, strict=True)) for row in rows]
        keep = [dict(zip(("gradients", "hybrid", "attention_free", "source"), row, strict=True)) for row in kept]  # fmt: skip
        emit_json({"scenario": loaded.scenario.name, "beliefs": said, "kept": keep, "attention_leads": leads, "sentences": told})  # fmt: skip
        return
    table(f"{loaded.scenario.name}: beliefs", ("belief", "says", "basis"), rows)
    if kept:
        heads = ("gradient", "of its speed under hybrids", "without attention", "source")
        table("What a chip keeps once displaced", heads, kept)
    for sentence in told:
        line(f"  - {sentence}")
    line(f"Next:  planner risk run {scenario}")


def _loaded(name: str, out: Path, override: Overrides, sets: Sets) -> Loaded:
    """A scenario by file or name, or the one that a saved run carries."""
    from planner.errors import UnknownName, Usage
    from planner.plan.inputs import load_inputs
    from planner.plan.store import find
    from planner.scenario.load import find_scenario, load

    try:
        path = find_scenario(name)
    except UnknownName:
        loaded = load_inputs(find(name, out))
        if override or sets:
            raise Usage("CLI003: a saved run is as it is; --set and --override go with a scenario") from None  # fmt: skip
        return loaded
    return load(path, tuple(override or ()), tuple(sets or ()))


def _years(text: str) -> float:
    from planner.errors import Usage
    from planner.quantities import UnitError, convert

    try:
        years = convert(text, "year")
    except UnitError as error:
        raise Usage(f"CLI003: --window: {error}") from error
    if years <= 0:
        raise Usage(f"CLI003: --window is a length of time, such as '9 month', not {text}")
    return years


def _dearest(folder: Path) -> int:
    import pandas as pd

    return int(pd.read_csv(folder / "outcomes.csv")["cost_usd"].to_numpy().argmax())
