"""Changes: against an earlier run, in four blocks."""

from __future__ import annotations

from dataclasses import asdict

from planner.plan.diff import NOT_COVERED, Change, diff, side_of_folder
from planner.plan.scarcity import money
from planner.report.content.material import Material
from planner.report.content.piece import Column, Section, Table

ORDER = 85
ABSENT = Section(
    "changes",
    "Changes",
    ("No earlier run was named to compare with: planner report RUN --against EARLIER.",),
)
_BLOCKS = ("inputs", "decisions", "money", "scarcities")


def section(material: Material) -> Section | None:
    if material.against is None:
        return None
    found = diff(side_of_folder(material.against), side_of_folder(material.run.folder))
    before, after = (side.headline["npv_usd"] or 0.0 for side in (found.old, found.new))
    rows = tuple(
        {"block": block, **_shown(change)} for block in _BLOCKS for change in getattr(found, block)
    )
    columns = (
        Column("block", "block"),
        Column("sign", "sign"),
        Column("what", "what"),
        Column("old", "from"),
        Column("new", "to"),
        Column("amount", "change", "number"),
        Column("share", "share", "share"),
    )
    return Section(
        id="changes",
        title="Changes",
        sentences=(f"Against {found.old.name} the NPV moves by {money(after - before)}.",),
        tables=(Table("changes", f"Against {found.old.name}", columns, rows, NOT_COVERED),),
    )


def _shown(change: Change) -> dict[str, object]:
    said = asdict(change)
    return said | {key: None if said[key] is None else str(said[key]) for key in ("old", "new")}
