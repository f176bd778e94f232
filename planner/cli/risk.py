"""``planner risk``: what could go wrong, and what to order before it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from planner.cli.output import Json, Overrides, Progress, Sets, emit_json, line, table

if TYPE_CHECKING:
    from planner.risk.compiled import Compiled
    from planner.risk.hedge import Hedge
    from planner.risk.stage import TwoStage

app = typer.Typer(help="What could go wrong, and what to order before it is known.", no_args_is_help=True)  # fmt: skip

Omega = Annotated[
    float, typer.Option("--omega", help="Weight of the tail against the mean, 0 to 1.")
]
Alpha = Annotated[
    float, typer.Option("--alpha", help="Where the tail begins: 0.95 is the dearest 5 %.")
]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Local processes.")]


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
    from planner.risk.alternatives import named_worlds
    from planner.risk.functional import Functional
    from planner.risk.hedge import hedge
    from planner.risk.lshaped import Search
    from planner.scenario.load import find_scenario, load

    functional = Functional(omega, alpha)
    loaded = load(find_scenario(scenario), tuple(override or ()), tuple(set_ or ()))
    base, problem = named_worlds(loaded)
    progress(f"{len(problem.worlds)} worlds of {problem.base.columns:,} columns")
    found = hedge(problem, functional, method, Search(workers=workers), say=progress)
    data = _as_json(base, problem, found)
    if json:
        emit_json({"scenario": loaded.scenario.name, "omega": omega, "alpha": alpha, **data})
        return
    _print(loaded.scenario.name, data)


def _as_json(base: Compiled, problem: TwoStage, found: Hedge) -> dict[str, Any]:
    from planner.options.units import MUSD

    columns, x = base.program.space.columns, found.decision.x
    periods = base.options.timeline.periods
    worth = found.worth
    return {
        "method": found.method,
        "orders": [
            {"offer": o, "site": i, "period": periods[v].label, "systems": float(value), "systems_mean_plan": float(mean)}
            for (o, i, v), value, mean in zip((columns[j].key for j in problem.first_columns), x, worth.mean_plan, strict=True)
        ],
        "worlds": [
            {"world": world.name, "probability": world.probability, "cost_usd": float(cost) * MUSD}
            for world, cost in zip(problem.worlds, found.decision.costs, strict=True)
        ],
        "recourse_usd": worth.recourse * MUSD,
        "wait_and_see_usd": worth.wait_and_see * MUSD,
        "expected_value_usd": worth.expected_value * MUSD,
        "of_mean_plan_usd": worth.of_mean_plan * MUSD,
        "evpi_usd": worth.of_perfect_information * MUSD,
        "vss_usd": worth.of_stochastic_solution * MUSD,
    }  # fmt: skip


def _print(name: str, data: dict[str, Any]) -> None:
    from planner.plan.scarcity import money

    orders = [row for row in data["orders"] if row["systems"] > 1e-6 or row["systems_mean_plan"] > 1e-6]  # fmt: skip
    heads = ("offer", "site", "delivered in", "hedged", "mean world's plan")
    keys = ("offer", "site", "period", "systems", "systems_mean_plan")
    table(f"{name}: orders to place before the world is known", heads, [[row[k] for k in keys] for row in orders])  # fmt: skip
    rows = [(w["world"], f"{w['probability']:.1%}", money(w["cost_usd"])) for w in data["worlds"]]
    table("Total cost by world", ("world", "probability", "cost"), rows)
    hedged, waiting = money(data["recourse_usd"]), money(data["wait_and_see_usd"])
    line(f"The hedge costs {hedged} as weighed; knowing the world first would cost {waiting}: knowing is worth {money(data['evpi_usd'])}")  # fmt: skip
    ignoring, promised = money(data["of_mean_plan_usd"]), money(data["expected_value_usd"])
    line(f"Planning for the mean world promises {promised} and costs {ignoring}: hedging is worth {money(data['vss_usd'])}")  # fmt: skip
