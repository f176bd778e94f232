"""``planner run`` and ``planner verify``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.output import Json, Overrides, Progress, Sets, emit_json, line, table

if TYPE_CHECKING:
    from planner.plan.make import Plan

Out = Annotated[Path, typer.Option("--out", help="Folder for run folders.")]
REPORTS = Path("reports")
_SCARCITIES_SHOWN = 5


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
        _print(plan, folder)
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


def _print(plan: Plan, folder: Path) -> None:
    from planner.plan.fabrics import fabric_lines
    from planner.plan.scarcity import money
    from planner.plan.window import WINDOW_DAYS
    from planner.report.rights import promises, rights_to_decide
    from planner.report.room import ROOM_HEADS, room_rows
    from planner.report.terminal import (
        TARGET_HEADS,
        evidence,
        fleet_by_year,
        grounds_due,
        headline_rows,
        orders_due,
        target_rows,
    )

    heads = ("", "plan", "business as usual")
    table(f"{plan.scenario}, {plan.first_period} to {plan.last_period}", heads, headline_rows(plan))
    table("Fleet in service (systems, last period of each year)", *fleet_by_year(plan))
    due = orders_due(plan)
    if due:
        columns = ("offer", "site", "order by", "systems", "serves", "price each")
        table(f"Orders to place in the {WINDOW_DAYS} days after {plan.as_of}", columns, due)
    built = grounds_due(plan)
    if built:
        grounds = ("what", "order by", "serves", "number", "MW", "racks", "price")
        table("Power, room and platforms to prepare", grounds, built)
    _print_signed(plan)
    rights = rights_to_decide(plan)
    if rights:
        heads_of_rights = ("decide by", "right", "in", "systems", "advice")
        table("Rights to exercise or let lapse", heads_of_rights, rights)
    for sentence in promises(plan):
        line(sentence)
    line(
        "What holds it back" if plan.scarcities or plan.freedoms else "Nothing scarce holds it back"
    )
    for scarcity in plan.scarcities[:_SCARCITIES_SHOWN]:
        rent = f"; {money(abs(scarcity.rent_usd))} of cost hangs on it" if scarcity.rent_usd else ""
        line(f"  - {scarcity.sentence}{rent}")
    for freedom in plan.freedoms[:_SCARCITIES_SHOWN]:
        line(f"  - {freedom.sentence}")
    lost = target_rows(plan)
    if lost:
        title = "What would win the offers that lost (re-solved 1 % below and above it)"
        table(title, TARGET_HEADS, lost)
    if won := room_rows(plan):
        table("How far the prices of what won may rise, each alone", ROOM_HEADS, won)
    for twin in plan.counterfactuals.values():
        cost = "there is no plan without it" if twin.costs_usd is None else f"losing it costs {money(twin.costs_usd)}"  # fmt: skip
        line(f"  - {twin.title}: {cost}")
    if plan.lights:
        line("What wires it")
        for text in [*fabric_lines(plan.tables["fabric"]), *(x.sentence for x in plan.lights)]:
            line(f"  - {text}")
    if plan.flips:
        line("What would wire it otherwise (found by re-solves)")
        for flip in plan.flips:
            line(f"  - {flip.sentence}")
    line(evidence(plan))
    for claim in plan.capped_claims:
        line(f"Claim capped: {claim}")
    for caveat in plan.caveats:
        line(f"Caveat: {caveat}")
    if plan.whole_units:
        line(f"Whole units, proven within {plan.gap:.2%} of the best; prices hold at these units")
    elif plan.rounding_cost_usd is not None:
        line(f"Rounding to whole systems would cost at most {money(plan.rounding_cost_usd)}")
    if plan.unavoidable_shed_tokens:
        least = plan.unavoidable_shed_tokens / 1e9
        line(f"At least {least:,.0f} Gtok must be shed before anything ordered today can arrive")
    line(f"Files: {folder}")
    line(f"Next:  planner verify {folder.name}")


def _print_signed(plan: Plan) -> None:
    """What contracts give beside systems."""
    from planner.report.signed import commitment_rows, tokens_rows

    if bought := tokens_rows(plan):
        columns = ("offer", "workload", "USD per Mtok", "mean ktok/s", "latency limits", "price is")
        table("Tokens bought", columns, bought)
    heads, commitments = commitment_rows(plan)
    if commitments:
        table("Committed capacity (used of it, last period of each year)", heads, commitments)
