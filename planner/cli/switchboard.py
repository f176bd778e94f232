"""``planner risk switchboard``: what would change today's orders, worked out beforehand."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.engine import Address, Alpha, Engine, Omega, Workers, drawn, means
from planner.cli.output import Json, Overrides, Progress, Sets, emit_json, line, table


def switchboard(
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
    """Say which belief, quote or slip of supply would change today's orders, into what, and by when.

    Example: planner risk switchboard risk-small --draws 16
    """
    progress = Progress()
    from planner.report.switchboard import rule_data, sentence
    from planner.risk.functional import Functional
    from planner.risk.setting import setting
    from planner.risk.switchboard import Switchboard
    from planner.scenario.load import find_scenario, load

    functional = Functional(omega, alpha)
    used = drawn(draws, progress)
    loaded = load(find_scenario(scenario), tuple(override or ()), tuple(set_ or ()))
    with means(engine, address, workers, progress) as by:
        board = Switchboard(setting(loaded, used, seed, paired=True), functional, by, progress)
        rules = list(board.rules())
    name, cost_usd = loaded.scenario.name, board.cost_usd
    orders = board.orders()
    if json:
        emit_json({"scenario": name, "cost_usd": cost_usd, "material_usd": board.material_usd, "orders": orders, "rules": [rule_data(rule) for rule in rules]})  # fmt: skip
        return
    heads = ("decision", "of", "amount", "last day")
    table(f"{name}: what to decide now", heads, [tuple(row.values()) for row in orders])
    line(f"Unless staying with that would cost more than {board.material_usd:,.0f} USD over the best:")  # fmt: skip
    for rule in rules:
        line(f"  - {sentence(rule)}")
    if not rules:
        line("  - nothing that was tried would change it")
    line("Optimistic after the window, where each draw sees its own future")
    line(f"Next:  planner risk run {scenario} --mode hedge")
