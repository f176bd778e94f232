"""Build the report of a saved run: every section in its order."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from planner.plan.scarcity import money
from planner.report.content.gaps import GAPS
from planner.report.content.material import Material, as_saved
from planner.report.content.piece import Check, Report


def build(material: Material) -> Report:
    """The report; a section with nothing to say is left out, and why is told.

    Raises InvalidData (RUN001) where an edited run lacks something that it has to say.
    """
    with as_saved(material):
        return _built(material)


def _built(material: Material) -> Report:
    plan, head = material.plan, material.plan["headline"]
    made = [(module, module.section(material)) for module in _makers()]
    return Report(
        title=material.run.loaded.scenario.title or plan["scenario"],
        question=f"What to order for {plan['horizon'][0]} to {plan['horizon'][1]}, from whom, for which site, by when?",
        answer=_answer(material),
        facts=(
            ("scenario", plan["scenario"]),
            ("run", material.run.manifest["run_id"]),
            ("as of", plan["as_of"]),
            ("status", f"{plan['status']}, gap {plan['gap']:.2%}"),
            ("NPV", money(head["npv_usd"])),
            ("capex", money(head["capex_usd"])),
            ("USD per Mtok", f"{head['usd_per_mtok']:.4f}" if head["usd_per_mtok"] else "nothing served"),
        ),
        sections=tuple(section for _, section in made if section is not None),
        checks=tuple(Check(check.name, check.passed, check.detail) for check in material.checks),
        gaps=GAPS,
        absent=tuple(module.ABSENT for module, section in made if section is None),
    )  # fmt: skip


def _answer(material: Material) -> str:
    """The orders most money goes to, and what the plan saves against doing nothing."""
    spent: dict[str, float] = {}
    for row in material.tables["ledger"]:
        if row["account"] in ("purchase", "reservation", "on-demand"):
            spent[row["subject"]] = spent.get(row["subject"], 0.0) + row["pv_usd"]
    largest = sorted(spent, key=lambda offer: (-spent[offer], offer))[:3]
    saved = material.plan["headline"]["npv_usd"] - material.plan["bau"]["npv_usd"]
    if not largest:
        return "Order nothing: what stands already serves the demand at least cost."
    named = ", ".join(f"{offer} ({money(spent[offer])})" for offer in largest)
    return f"Most money goes to {named}; the plan is {money(saved)} better than business as usual."


@cache
def _makers() -> tuple[Any, ...]:
    """The files of the sections, each with ORDER, section and, where that may be None, ABSENT."""
    from planner.report.content import sections

    modules = [
        importlib.import_module(f"{sections.__name__}.{found.name}")
        for found in pkgutil.iter_modules(sections.__path__)
    ]
    return tuple(sorted(modules, key=lambda module: module.ORDER))
