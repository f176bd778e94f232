"""Money: cash by period and account, and where each dollar of present value goes."""

from __future__ import annotations

from planner.quantities import MEGA
from planner.report.charts.chart import Axis, Chart
from planner.report.content.material import Material, total
from planner.report.content.piece import Column, Section, Table

ORDER = 60


def section(material: Material) -> Section:
    cash = total(material.tables["cash"], lambda r: (r["period"], r["account"]), "usd")
    drawn = material.in_order(
        {"period": period, "account": account, "musd": usd / MEGA}
        for (period, account), usd in sorted(cash.items())
    )
    worth = total(material.tables["ledger"], lambda r: r["account"], "pv_usd")
    whole = sum(worth.values())
    rows = tuple(
        {"account": account, "pv_usd": usd, "share": usd / whole if whole else None}
        for account, usd in sorted(worth.items(), key=lambda item: -item[1])
    )
    largest = rows[0] if rows else None
    said = (f"{str(largest['account']).capitalize()} is the largest account.",) if largest else ()
    return Section(
        id="money",
        title="Money",
        sentences=said,
        charts=(
            Chart(
                id="cash",
                title="Cash by account",
                sentence="Cash paid in each period by account; income is negative.",
                mark="bar",
                rows=drawn,
                x=Axis("period", "period", "order"),
                y=Axis("musd", "MUSD"),
                colour=Axis("account", "account", "names"),
            ),
        ),
        tables=(
            Table(
                "accounts",
                "Present value by account",
                (
                    Column("account", "account"),
                    Column("pv_usd", "present value", "usd"),
                    Column("share", "share of the total", "share"),
                ),
                rows,
                "Costs are positive; together they are minus the NPV.",
            ),
        ),
    )
