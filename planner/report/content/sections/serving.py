"""Serving: what each workload costs, how much of it is served, and on what evidence."""

from __future__ import annotations

from planner.report.charts.chart import Axis, Chart
from planner.report.content.material import Material, total
from planner.report.content.piece import Column, Section, Table

ORDER = 40


def section(material: Material) -> Section:
    workloads = material.tables["workloads"]
    shares = material.options.blocks
    served = [
        {**row, "mean": row["tok_per_s"] * shares[row["block"]]}
        for row in material.tables["serving"]
    ]
    by = total(served, lambda r: (r["period"], r["system"]), "mean")
    drawn = material.in_order(
        {"period": period, "system": system, "tok_per_s": value}
        for (period, system), value in sorted(by.items())
    )
    short = [row for row in workloads if row["served_share"] is not None]
    worst = min(short, key=lambda row: row["served_share"], default=None)
    said = (
        (f"{worst['workload']} is served least: {worst['served_share']:z.2%} of what is asked.",)
        if worst
        else ()
    )
    return Section(
        id="serving",
        title="Serving",
        sentences=said,
        charts=(
            Chart(
                id="serving",
                title="Who serves: mean output tokens per second",
                sentence="Mean output tokens per second that each configuration serves.",
                mark="bar",
                rows=drawn,
                x=Axis("period", "period", "order"),
                y=Axis("tok_per_s", "tok/s", format=".3s"),
                colour=Axis("system", "configuration", "names"),
            ),
        ),
        tables=(
            Table(
                "workloads",
                "Workloads",
                (
                    Column("workload", "workload"),
                    Column("usd_per_mtok", "USD per Mtok", "usd_fine"),
                    Column("served_share", "share served", "share"),
                    Column("evidence_tier", "weakest evidence"),
                ),
                tuple(workloads),
                "A configuration's cost is shared among its workloads by the system-hours each used.",
            ),
        ),
    )
