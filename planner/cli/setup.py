"""``planner init``, ``planner check`` and ``planner doctor``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.output import Json, Overrides, Sets, emit_json, line, table
from planner.errors import CheckFailed, Usage


def init(
    name: Annotated[str, typer.Argument(help="Name of the new scenario, in kebab case.")],
    folder: Annotated[Path, typer.Option(help="Where to put it.")] = Path("scenarios"),
) -> None:
    """Write a scenario of your own to start from, a copy of the quickstart.

    Example: planner init north
    """
    import re

    from planner.scenario.load import find_scenario

    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name):
        raise Usage(f"CLI003: '{name}' is no scenario name; use letters, digits and dashes")
    path = folder / f"{name}.yaml"
    if path.exists():
        raise Usage(f"CLI003: {path} exists already; nothing was written")
    text = find_scenario("quickstart").read_text(encoding="utf-8")
    text = text.replace("name: quickstart", f"name: {name}", 1)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    line(f"wrote {path}")
    line(f"Next:  planner check {path}")


def check(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or its name in scenarios/.")],
    override: Overrides = None,
    set_: Sets = None,
    json: Json = False,
) -> None:
    """Validate a scenario and its catalog without solving.

    Example: planner check reference
    """
    from planner.options.join import join
    from planner.plan.make import capped_claims
    from planner.scenario.load import find_scenario, load

    loaded = load(find_scenario(scenario), tuple(override or ()), tuple(set_ or ()))
    options = join(loaded)
    unusable = [e for e in options.exclusions if e.offer in loaded.scenario.offers]
    summary = {
        "scenario": options.scenario,
        "periods": options.timeline.count,
        "sites": len(options.places),
        "workloads": len(options.demands),
        "offers": len(loaded.scenario.offers),
        "usable_offers": len(options.offerings),
        "excluded": {exclusion.id: exclusion.why for exclusion in unusable},
    }
    if json:
        emit_json({"ok": True, **summary})
        return
    table("Checked, no problem found", ("", ""), [(k, v) for k, v in summary.items() if k != "excluded"])  # fmt: skip
    if unusable:
        table("Offers left out", ("offer", "why"), [(e.id, e.why) for e in unusable])
    for claim in capped_claims(options):
        line(f"Claim capped: {claim}")
    line(f"Next:  planner run {scenario}")


def doctor(json: Json = False) -> None:
    """Say what this installation can do, and what is missing.

    Example: planner doctor
    """
    from planner.report.health import examine

    findings = examine()
    if json:
        emit_json({"checks": [vars(finding) for finding in findings]})
    else:
        rows = [(f.name, f.found, "ok" if f.ok else "needed" if f.needed else "optional", f.hint) for f in findings]  # fmt: skip
        table("Planner's health", ("part", "found", "", "what to do"), rows)
    broken = [finding.name for finding in findings if finding.needed and not finding.ok]
    if broken:
        raise CheckFailed(f"RUN006: not healthy: {', '.join(broken)}")
