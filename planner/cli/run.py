"""``planner run`` and ``planner verify``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.output import Json, Overrides, Progress, Sets, emit_json, table

if TYPE_CHECKING:
    from planner.plan.make import Plan

Out = Annotated[Path, typer.Option("--out", help="Folder for run folders.")]
REPORTS = Path("reports")


def run(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or its name in scenarios/.")],
    integer: Annotated[bool, typer.Option("--integer", help="Whole systems and replicas.")] = False,
    time_limit: Annotated[float, typer.Option(help="Seconds for a whole-unit search.")] = 300.0,
    gap: Annotated[
        float, typer.Option(help="Relative gap at which a whole-unit search may stop.")
    ] = 0.01,
    targets: Annotated[
        str, typer.Option(help="Offers to price for negotiation: lost, all or none.")
    ] = "lost",
    override: Overrides = None,
    set_: Sets = None,
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """Plan a scenario: pick the fleet, price every scarcity, save the run.

    Example: planner run reference --set sites.ashburn.power='60 MW'
    """
    if not 0 <= gap < 1 or time_limit <= 0:
        raise typer.BadParameter("CLI003: --gap lies in [0, 1) and --time-limit is positive")
    if targets not in ("lost", "all", "none"):
        raise typer.BadParameter("CLI003: --targets takes lost, all or none")
    progress = Progress()
    from planner.cli.run_shown import show
    from planner.errors import NoProof
    from planner.plan.make import make_plan
    from planner.plan.solved import Settings
    from planner.plan.store import prepare, run_inputs, save
    from planner.scenario.load import find_scenario, load
    from planner.solver.highs import OPTIMAL

    prepare(out)
    sets = [*(set_ or []), *(["whole_units=true"] if integer else [])]
    loaded = load(find_scenario(scenario), tuple(override or ()), tuple(sets))
    progress(f"checked {loaded.document.file}: {len(loaded.scenario.offers)} offers")
    settings = Settings(time_limit, gap, targets)
    plan = make_plan(loaded, settings, progress)
    inputs = run_inputs(loaded, settings)
    folder = save(plan, inputs, out)
    progress(f"saved {folder}")
    if json:
        emit_json(_as_json(plan, folder))
    else:
        show(plan, folder)
    if plan.status != OPTIMAL:
        raise NoProof(f"RUN005: saved, but proven only within {plan.gap:.2%} in {time_limit:g} s")


def verify(
    run: Annotated[str, typer.Argument(help="A run folder, an id prefix, or latest.")],
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """Recompute a run from its saved tables, without PuLP and without a solver.

    Example: planner verify latest
    """
    from planner.plan.store import find
    from planner.plan.verify import require_passed
    from planner.plan.verify import verify as checks_of
    from planner.plan.version import made_elsewhere

    folder = find(run, out)
    checks = checks_of(folder)
    passed = all(check.passed for check in checks)
    if json:
        found = [
            {"name": c.name, "worst": c.worst, "tolerance": c.tolerance, "passed": c.passed}
            for c in checks
        ]
        emit_json({"run_dir": str(folder), "passed": passed, "checks": found})
    else:
        rows = [(c.name, c.worst, c.tolerance, "ok" if c.passed else "FAILED") for c in checks]
        table(f"{folder}", ("check", "worst", "tolerance", ""), rows)
    require_passed(checks, "" if passed else made_elsewhere(folder))


def _as_json(plan: Plan, folder: Path) -> dict[str, Any]:
    return {
        "run_id": folder.name,
        "run_dir": str(folder),
        "status": plan.status,
        **asdict(plan.headline),
        "gap": plan.gap,
        "solve_s": plan.solve_s,
        "rounding_cost_usd": plan.rounding_cost_usd,
        "bau": {
            **asdict(plan.bau),
            "status": plan.bau_status,
            "gap": plan.bau_gap,
            "solve_s": plan.seconds["bau"],
        },
        "photonics": [asdict(light) for light in plan.lights],
        "flips": [asdict(flip) for flip in plan.flips],
        "counterfactuals": {
            name: {
                "title": twin.title,
                "costs_usd": twin.costs_usd,
                **(asdict(twin.headline) if twin.headline else {"without": twin.without}),
            }
            for name, twin in plan.counterfactuals.items()
        },
    }
