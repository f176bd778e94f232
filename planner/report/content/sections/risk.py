"""Risk: how the cost spreads over the draws, what drives it, and what would be stranded."""

from __future__ import annotations

from math import sqrt
from typing import Any

from planner.plan.scarcity import money
from planner.quantities import MEGA
from planner.report.charts.chart import Axis, Chart
from planner.report.content.beside import RiskRun
from planner.report.content.material import Material
from planner.report.content.piece import Column, Section, Table
from planner.report.risk import sentences

ORDER = 82
ABSENT = Section(
    "risk",
    "What could go otherwise",
    ("No risk run of this scenario lies beside the run: planner risk run RUN, then report again.",),
)
_FEWEST, _MOST = 8, 24
"""Bars of a distribution: about the root of the draws, so that no bar stands for one draw alone."""
_CUT = 0.01
"""Share of the draws, by weight, that the last bar may hold together."""
_WORDS = {
    "hold": "the plan is kept",
    "adapt": "later orders adapt",
    "hedge": "orders of the window are chosen for it",
}


def section(material: Material) -> Section | None:
    runs = material.risks
    if not runs:
        return None
    drivers = [(run, run.summary["drivers"]) for run in runs if run.summary["drivers"]]
    return Section(
        id="risk",
        title="What could go otherwise",
        sentences=(*(_sentence(run) for run in runs), *_said(runs[-1])),
        charts=(_distribution(runs), *(_tornado(run, rows) for run, rows in drivers[:1])),
        tables=(_quantiles(runs), *(_driven(run, rows) for run, rows in drivers[:1]), _spread(runs), *_exposed(runs[-1])),
    )  # fmt: skip


def _sentence(run: RiskRun) -> str:
    cost = run.summary["cost_usd"]
    return (
        f"Where {_WORDS[run.mode]}, {run.summary['draws']} draws cost {money(cost['mean'])} on average, "
        f"{money(cost['p95'])} at the 95th percentile ({run.summary['bound']})."
    )


def _said(run: RiskRun) -> list[str]:
    """What the run itself would say, after its name."""
    return [f"{run.mode.capitalize()}: {said[0].lower()}{said[1:]}." for said in sentences(run.summary)]  # fmt: skip


def _quantiles(runs: tuple[RiskRun, ...]) -> Table:
    rows = tuple(
        {
            "mode": run.mode,
            "draws": run.summary["draws"],
            **{key: run.summary["cost_usd"][key] for key in ("mean", "p5", "p50", "p95", "cvar")},
            "rate_mean": run.summary["usd_per_mtok"]["mean"],
            "rate_p95": run.summary["usd_per_mtok"]["p95"],
            "shed": run.summary["shed_share_mean"],
            "id": run.folder.name,
        }
        for run in runs
    )
    columns = (
        Column("mode", "question"),
        Column("draws", "draws", "count"),
        Column("mean", "mean cost", "usd"),
        Column("p5", "P5", "usd"),
        Column("p50", "P50", "usd"),
        Column("p95", "P95", "usd"),
        Column("cvar", f"CVaR {runs[0].summary['alpha']:.0%}", "usd", note="mean of the dearest draws"),
        Column("rate_mean", "mean", "usd_fine", "USD/Mtok"),
        Column("rate_p95", "P95", "usd_fine", "USD/Mtok"),
        Column("shed", "shed on average", "share"),
        Column("id", "risk run"),
    )  # fmt: skip
    asked = "; ".join(f"{run.mode}: {_WORDS[run.mode]}" for run in runs)
    note = (
        f"Present value of all cost, penalties included; remaining value is subtracted. In {asked}."
    )
    return Table("risk", "Cost over the draws", columns, rows, note)


def _binned(runs: tuple[RiskRun, ...]) -> list[tuple[float, dict[str, float]]]:
    """Middle of each bin (MUSD) and the weight of every run's draws in it; all runs share the bins.

    The last one holds whatever is dearer too, so that a few draws do not press the rest together.
    """
    bins = min(_MOST, max(_FEWEST, round(sqrt(min(len(run.outcomes) for run in runs)))))
    least = min(row["cost_usd"] for run in runs for row in run.outcomes)
    width = (max(_dear(run) for run in runs) - least) / bins or 1.0
    weights = [{run.mode: 0.0 for run in runs} for _ in range(bins)]
    for run in runs:
        for row in run.outcomes:
            at = min(bins - 1, int((row["cost_usd"] - least) / width))
            weights[at][run.mode] += row["probability"]
    return [((least + (at + 0.5) * width) / MEGA, held) for at, held in enumerate(weights)]


def _dear(run: RiskRun) -> float:
    """Cost that all but a hundredth of the weight of the draws stays below."""
    weight = 0.0
    for row in sorted(run.outcomes, key=lambda row: row["cost_usd"]):
        weight += row["probability"]
        if weight >= 1 - _CUT:
            break
    return float(row["cost_usd"])


def _spread(runs: tuple[RiskRun, ...]) -> Table:
    rows = tuple({"musd": middle, **weights} for middle, weights in _binned(runs))
    columns = (
        Column("musd", "cost", "number", "MUSD, middle of the bin"),
        *(Column(run.mode, run.mode, "share") for run in runs),
    )
    return Table(
        "spread",
        "Weight of the draws by cost",
        columns,
        rows,
        "The last bin holds all that is dearer.",
    )


def _distribution(runs: tuple[RiskRun, ...]) -> Chart:
    said = "; ".join(
        f"{run.mode}: half of the weight of draws costs less than {money(run.summary['cost_usd']['p50'])}, one twentieth more than {money(run.summary['cost_usd']['p95'])}"
        for run in runs
    )  # fmt: skip
    return Chart(
        id="risk",
        title="Cost over the draws",
        sentence=f"{said}.",
        mark="line" if len(runs) > 1 else "area",
        rows=tuple(
            {"musd": middle, "share": weight, "question": mode}
            for middle, weights in _binned(runs)
            for mode, weight in weights.items()
        ),
        x=Axis("musd", "present value of cost (MUSD); the last one holds all that is dearer"),
        y=Axis("share", "share of draws, by weight", format=".0%"),
        colour=Axis("question", "question", "names"),
    )


def _tornado(run: RiskRun, rows: list[dict[str, Any]]) -> Chart:
    ordered = sorted(rows, key=lambda row: -abs(row["change_usd"]))
    drawn = tuple(
        {
            "driver": row["driver"],
            "musd": row["change_usd"] / MEGA,
            "way": "dearer" if row["change_usd"] > 0 else "cheaper",
        }
        for row in ordered
    )
    return Chart(
        id="tornado",
        title="What drives the cost",
        sentence=f"{ordered[0]['driver']} moves the cost most: {money(ordered[0]['change_usd'])} for one standard deviation of its ranks ({run.mode}).",
        mark="bar",
        rows=drawn,
        x=Axis("musd", "MUSD, one standard deviation up"),
        y=Axis("driver", "", "names"),
        colour=Axis("way", "with more of it", "names"),
        height=max(120, 22 * len(drawn)),
    )  # fmt: skip


def _driven(run: RiskRun, rows: list[dict[str, Any]]) -> Table:
    columns = (Column("driver", "driver"), Column("change_usd", "cost, one standard deviation up", "usd", note="of the driver's ranks, others held"))  # fmt: skip
    note = f"Linear fit on ranks; all drivers explain {run.summary['drivers_r2']:.0%} of the variance ({run.mode})."
    return Table("tornado", "What drives the cost", columns, tuple(rows), note)


def _exposed(run: RiskRun) -> tuple[Table, ...]:
    """What displacement strands, and how often each offer is in the mix."""
    stranded = Table(
        "stranded",
        f"Stranded by displacement ({run.mode})",
        (
            Column("gradient", "gradient", "number"),
            Column("vendor", "vendor"),
            Column("mean_usd", "mean", "usd"),
            Column("p95_usd", "P95", "usd"),
        ),
        tuple(run.summary["stranded_usd"]),
        "Book value that displacement takes, where it comes.",
    )
    mix = Table(
        "risk-offers",
        f"How often each offer is in the mix ({run.mode})",
        (
            Column("offer", "offer"),
            Column("gradient", "gradient", "number"),
            Column("in_mix", "in the mix", "share"),
            Column("systems_mean", "systems on average", "count"),
        ),
        tuple(run.summary["offers"]),
    )
    regret = Table(
        "regret",
        f"Where each named plan is worst ({run.mode})",
        (
            Column("plan", "plan"),
            Column("world", "worst in the world where"),
            Column("regret_usd", "regret there", "usd", note="above the best plan for that world"),
        ),
        tuple({"plan": plan, **row} for plan, row in run.summary.get("worst_regret", {}).items()),
    )
    return tuple(table for table in (_dates(run), regret, stranded, mix) if table.rows)


def _dates(run: RiskRun) -> Table:
    """The orders of the window with the days by which the whole chain of lead times asks for them."""
    columns = (
        Column("offer", "offer"),
        Column("site", "site"),
        Column("period", "delivered in", "date"),
        Column("systems", "systems", "count"),
        Column("order_by", "order by", "date", note="at the stated lead time"),
        Column("order_by_p50", "P50", "date"),
        Column("order_by_p80", "P80", "date"),
        Column("order_by_p95", "P95", "date"),
        Column("on_time", "on time if ordered today", "share"),
    )
    known = {key for row in run.orders for key in row}
    title = f"Orders of the window, and by when they are in time so often ({run.mode})"
    return Table("window", title, tuple(c for c in columns if c.key in known), run.orders)
