"""Fleet: systems in service by configuration, and their chips by place on the spectrum, from the decisions."""

from __future__ import annotations

from planner.report.workbook.line import (
    KEYS,
    Down,
    Formula,
    Line,
    Name,
    Over,
    Reference,
    Sheet,
)
from planner.report.workbook.stuff import Stuff, heading

ORDER = 70
_KIND = "fleet"
"""Kind of the decision that says what stands."""


def sheet(stuff: Stuff) -> Sheet:
    systems = _systems(stuff)
    if not systems:
        return Sheet("Fleet", "What stands in each period", stuff.why("fleet"))
    return Sheet(
        "Fleet",
        "What stands in each period",
        ("Systems are the decisions of the run over all sites; their constant is the chips of one.",),
        lines=(
            heading("chips", "Chips by place on the spectrum"),
            *gradients(stuff),
            heading("systems", "Systems by configuration"),
            *systems,
        ),
        tables=stuff.tables("fleet"),
        pictures=picture(stuff),
    )  # fmt: skip


def picture(stuff: Stuff) -> tuple[Over, ...]:
    """Chips by place on the spectrum over time; none where nothing stands."""
    lines = tuple(line.id for line in gradients(stuff))
    return (Over("Chips in service by place on the spectrum", lines, "chips", "subject"),) if lines else ()  # fmt: skip


def gradients(stuff: Stuff) -> tuple[Line, ...]:
    """Chips of each place on the spectrum: systems times the chips of one."""
    systems = _systems(stuff)
    count = range(stuff.options.timeline.count)
    lines = []
    for place in sorted({line.names[5] for line in systems}):
        own = f"chips|{place}"
        mine = [line for line in systems if line.names[5] == place]
        of: dict[str, Reference] = {"own": Name(own, "class")}
        for name, column in (("places", "class"), ("each", "constant"), ("systems", "")):
            of[name] = Down(systems[0].id, systems[-1].id, column)
        lines.append(
            Line(
                own,
                ("chips", place, "", "", "", place),
                "chips",
                "formula",
                values=tuple(sum(_number(x.values[t]) * _number(x.constant) for x in mine) for t in count),
                formula=Formula("SUMPRODUCT(({places}={own})*{each}*{systems})", of),
            )
        )  # fmt: skip
    return tuple(lines)


def _systems(stuff: Stuff) -> tuple[Line, ...]:
    """Systems of each configuration over all sites."""
    decided = [line for line in stuff.money.decisions if line.names[0] == _KIND]
    return tuple(
        _system(stuff, name, [line for line in decided if line.names[1] == name])
        for name in dict.fromkeys(line.names[1] for line in decided)
    )


def _system(stuff: Stuff, system: str, mine: list[Line]) -> Line:
    own, decisions = f"stands|{system}", stuff.money.decisions
    first, last = decisions[0].id, decisions[-1].id
    of: dict[str, Reference] = {
        "all": Down(first, last),
        "kinds": Down(first, last, KEYS[0]),
        "kind": Name(own, KEYS[0]),
        "subjects": Down(first, last, "subject"),
        "own": Name(own, "subject"),
    }
    return Line(
        own,
        (_KIND, system, "", "", "", stuff.material.gradient(system)),
        "systems",
        "formula",
        values=tuple(sum(_number(line.values[t]) for line in mine) for t in range(stuff.options.timeline.count)),
        formula=Formula("SUMIFS({all},{kinds},{kind},{subjects},{own})", of),
        constant=float(stuff.options.configurations[system].chips),
        note="constant: chips of one system",
    )  # fmt: skip


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
