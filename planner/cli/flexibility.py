"""``planner risk flexibility``: which ways to answer later are worth what they cost."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.engine import Address, Alpha, Engine, Omega, Workers, drawn, means
from planner.cli.output import Json, Overrides, Progress, Sets, emit_json, line, table


def flexibility(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or its name in scenarios/.")],
    draws: Annotated[int, typer.Option(min=4, help="Draws; a power of two.")] = 32,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws.")] = 1,
    omega: Omega = 0.5,
    alpha: Alpha = 0.95,
    workers: Workers = 1,
    engine: Engine = "local",
    address: Address = "",
    override: Overrides = None,
    set_: Sets = None,
    json: Json = False,
) -> None:
    """Rank flexible chips, on-demand headroom, options and layers by the tail they remove per USD.

    Example: planner risk flexibility risk-small --draws 16
    """
    progress = Progress()
    from planner.report.flexibility import item_data, rows
    from planner.risk.flexibility import menu
    from planner.risk.functional import Functional
    from planner.risk.setting import setting
    from planner.scenario.load import find_scenario, load

    functional = Functional(omega, alpha)
    used = drawn(draws, progress)
    loaded = load(find_scenario(scenario), tuple(override or ()), tuple(set_ or ()))
    with means(engine, address, workers, progress) as by:
        items = menu(setting(loaded, used, seed), functional, by, progress)
    name = loaded.scenario.name
    if json:
        emit_json({"scenario": name, "omega": omega, "alpha": alpha, "menu": [item_data(item) for item in items]})  # fmt: skip
        return
    table(f"{name}: a menu of flexibility on {used} draws", *rows(items))
    line("Each is closed in turn and the hedge decided again on the same draws")
    line(f"Next:  planner risk switchboard {scenario}")
