"""``planner risk generality``: what a second life of displaced systems is worth."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.engine import Address, Alpha, Engine, Omega, Workers, drawn, means
from planner.cli.output import Json, Overrides, Progress, Sets, emit_json, line, table


def generality(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or its name in scenarios/.")],
    draws: Annotated[int, typer.Option(min=4, help="Draws; a power of two.")] = 32,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws.")] = 1,
    omega: Omega = 0.0,
    alpha: Alpha = 0.95,
    workers: Workers = 1,
    engine: Engine = "local",
    address: Address = "",
    override: Overrides = None,
    set_: Sets = None,
    json: Json = False,
) -> None:
    """Hedge with the second life the beliefs give displaced systems, and without it.

    Example: planner risk generality reference-training --draws 16
    """
    progress = Progress()
    from planner.report.generality import premium_data, premium_rows, premium_sentence
    from planner.risk.functional import Functional
    from planner.risk.generality import premium
    from planner.risk.setting import setting
    from planner.scenario.load import find_scenario, load

    functional = Functional(omega, alpha)
    used = drawn(draws, progress)
    loaded = load(find_scenario(scenario), tuple(override or ()), tuple(set_ or ()))
    with means(engine, address, workers, progress) as by:
        found = premium(setting(loaded, used, seed, paired=True), functional, by, progress)
    name = loaded.scenario.name
    if json:
        emit_json({"scenario": name, "draws": used, **premium_data(found)})
        return
    table(f"{name}: what the window orders, with a second life and without", *premium_rows(found))
    line(premium_sentence(found))
    line("Optimistic after the window, where each draw sees its own future")
    line(f"Next:  planner frontier {scenario}")
