"""Summary: the five figures beside business as usual, and what each freedom is worth."""

from __future__ import annotations

from planner.plan.scarcity import money
from planner.report.content.material import Material
from planner.report.content.piece import Column, Section, Table

ORDER = 10


def section(material: Material) -> Section:
    plan = material.plan
    return Section(
        id="summary",
        title="Summary",
        sentences=(*_freedoms(material), _rounding(material)),
        tables=(
            Table(
                "headline",
                "The plan in five figures",
                (
                    Column("figure", "figure"),
                    Column("plan", "plan"),
                    Column("bau", "business as usual"),
                ),
                tuple(_figures(plan["headline"], plan["bau"])),
                "NPV is negative where the plan costs; penalties for demand not served are in it, and not in USD per Mtok.",
            ),
        ),
    )


def _figures(plan: dict[str, float], bau: dict[str, float]) -> list[dict[str, str]]:
    def price(value: float | None) -> str:
        return "nothing served" if value is None else f"{value:.4f} USD"

    rows = [("USD per million output tokens", price(plan["usd_per_mtok"]), price(bau["usd_per_mtok"]))]  # fmt: skip
    rows += [
        (title, money(plan[key]), money(bau[key]))
        for key, title in (
            ("npv_usd", "NPV"),
            ("capex_usd", "capex"),
            ("penalty_usd", "of the NPV, penalties"),
            ("remaining_value_usd", "of the NPV, remaining value"),
        )
    ]
    rows.append(("peak power, own sites", f"{plan['peak_mw']:.1f} MW", f"{bau['peak_mw']:.1f} MW"))
    rows.append(("share served", f"{plan['served_share']:z.2%}", f"{bau['served_share']:z.2%}"))
    return [{"figure": name, "plan": here, "bau": there} for name, here, there in rows]


def _freedoms(material: Material) -> list[str]:
    said = []
    for twin in material.plan["counterfactuals"].values():
        if twin["costs_usd"] is None:
            said.append(f"{twin['title']}: there is no plan without it.")
        else:
            said.append(f"{twin['title']}: losing it costs {money(twin['costs_usd'])}.")
    return said


def _rounding(material: Material) -> str:
    plan = material.plan
    if plan["whole_units"]:
        return f"Whole units, proven within {plan['gap']:.2%} of the best."
    extra = plan["rounding_cost_usd"]
    if extra is None:
        return "Systems are divisible here; no whole-unit plan was found in a short search."
    return f"Systems are divisible here; rounding to whole ones costs at most {money(extra)}."
