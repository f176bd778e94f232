"""Promises: what each cohort binds us to and owes past the horizon, and the rights to decide on."""

from __future__ import annotations

from planner.plan.scarcity import money
from planner.report.content.material import Material
from planner.report.content.piece import Column, Section, Table

ORDER = 22
ABSENT = Section("promises", "Promises and rights", ("The plan signs nothing and holds no right.",))

_COMMITMENTS = (
    Column("cohort", "from", "date"),
    Column("offer", "offer"),
    Column("site", "site"),
    Column("contract", "contract"),
    Column("supplier", "supplier"),
    Column("state", "state"),
    Column("systems", "systems", "count"),
    Column("ended_early", "ended early", "count"),
    Column("ends", "ends", "date"),
    Column("paid_usd", "paid for it", "usd", note="as paid, inside the horizon"),
    Column("exit_fee_usd", "exit fees", "usd"),
    Column("owed_past_horizon_usd", "owed past the horizon", "usd", note="as it will be paid"),
    Column("worth_past_horizon_usd", "worth of its service", "usd", note="at the horizon's end"),
    Column("charged_past_horizon_usd", "charged in the plan", "usd", note="at the horizon's end"),
)
_RIGHTS = (
    Column("decide_by", "decide by", "date"),
    Column("right", "right"),
    Column("held_under", "held under"),
    Column("site", "site"),
    Column("cohort", "from", "date"),
    Column("available", "may be used for", "count", "systems"),
    Column("used", "used in the plan", "count", "systems"),
    Column("advice", "the plan's advice"),
)


def section(material: Material) -> Section | None:
    commitments = tuple(material.tables.get("commitments", ()))
    rights = tuple(material.tables.get("rights", ()))
    if not commitments and not rights:
        return None
    owed, charged = (sum(row[key] for row in commitments) for key in ("owed_past_horizon_usd", "charged_past_horizon_usd"))  # fmt: skip
    said = []
    if owed:
        said.append(f"Terms signed in the plan still owe {money(owed)} past the horizon; {money(charged)} of it is above what the service is then worth, and is charged.")  # fmt: skip
    if rights:
        first = rights[0]
        said.append(f"The first right to decide on is to {first['right']} of {first['held_under']}, by {first['decide_by']}: {first['advice']}.")  # fmt: skip
    tables = (
        Table("rights", "Rights to decide on, the first due first", _RIGHTS, rights),
        Table("commitments", "What each cohort binds us to", _COMMITMENTS, commitments),
    )
    return Section("promises", "Promises and rights", tuple(said), (), tuple(t for t in tables if t.rows))  # fmt: skip
