"""Summary: the figures that matter, live; beside them what the run itself found."""

from __future__ import annotations

from planner.plan.headline import PENALTY
from planner.quantities import MEGA
from planner.report.workbook.line import (
    Across,
    Constant,
    Formula,
    Line,
    Name,
    Over,
    Reference,
    Sheet,
)
from planner.report.workbook.sheets import demand, fleet, tco
from planner.report.workbook.sheets.cashflow import CLASSES, down
from planner.report.workbook.stuff import Stuff, heading

ORDER = 20


def sheet(stuff: Stuff) -> Sheet:
    head = stuff.material.plan["headline"]
    workloads = tuple(stuff.options.demands)
    tokens: dict[str, Reference] = {
        f"w{k}": Constant(f"{demand.SERVED}|{name}") for k, name in enumerate(workloads)
    }
    rows: dict[str, Reference] = {f"w{k}": Across(f"{demand.SERVED}|{name}") for k, name in enumerate(workloads)}  # fmt: skip
    asks: dict[str, Reference] = {f"a{k}": Across(f"{demand.ASKED}|{name}") for k, name in enumerate(workloads)}  # fmt: skip
    served = "+".join(f"SUM({{w{k}}})" for k in range(len(workloads)))
    asked = "+".join(f"SUM({{a{k}}})" for k in range(len(workloads)))
    worth = _worth(stuff)
    return Sheet(
        "Summary",
        "Summary",
        ("Live: these follow the inputs, at the decisions of the run. NPV is negative where the plan costs.",),
        lines=(
            _live("npv", "NPV", "USD", "usd", head["npv_usd"], "-SUM({worth})", {"worth": down(stuff, "constant")}),
            _live("penalties", PENALTY, "USD", "usd", head["penalty_usd"], "SUMIF({accounts},{own},{worth})", {"accounts": down(stuff, "account"), "own": Name("penalties", "account"), "worth": down(stuff, "constant")}),
            _live("capex", "capex, as paid", "USD", "usd", head["capex_usd"], "SUM({capital})", {"capital": Across("total|capital")}),
            _live("tokens", "tokens served, discounted", "Mtok", "number", worth, "+".join(f"{{{name}}}" for name in tokens), tokens),
            _live("usd_per_mtok", "USD per Mtok, penalties aside", "USD/Mtok", "fine", head["usd_per_mtok"], "IF({tokens}=0,0,(-{npv}-{penalties})/{tokens})", {"tokens": Constant("tokens"), "npv": Constant("npv"), "penalties": Constant("penalties")}),
            _live("served_share", "share served", "", "share", head["served_share"], f"({served})/({asked})", {**rows, **asks}),
            heading("pasted", "As the run found them"),
            *(Line(f"run|{key}", (key,), style="fine" if "per_mtok" in key else "number", constant=value) for key, value in head.items()),
        ),
        tables=stuff.tables("headline"),
        pictures=(
            Over("Cash by period", tuple(f"total|{name}" for name in CLASSES), "USD", "class"),
            *fleet.picture(stuff),
            tco.by_account(stuff),
        ),
    )  # fmt: skip


def _worth(stuff: Stuff) -> float:
    """Mtok served, discounted like money."""
    head = stuff.material.plan["headline"]
    cost = -head["npv_usd"] - head["penalty_usd"]
    return float(cost / head["usd_per_mtok"]) if head["usd_per_mtok"] else 0.0 * MEGA


def _live(
    name: str, title: str, unit: str, style: str, value: float, text: str, of: dict[str, Reference]
) -> Line:
    return Line(
        name,
        (title,),
        unit,
        style=style,  # type: ignore[arg-type]
        constant=value or 0.0,
        constant_formula=Formula(text, of),
        constant_tone="formula",
    )
