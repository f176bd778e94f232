"""RUN or SCENARIO: what a question is asked of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.scenario.load import Loaded


def loaded_from(
    name: str, out: Path, overrides: tuple[str, ...] = (), sets: tuple[str, ...] = ()
) -> Loaded:
    """A scenario by path or name, else the inputs of a run; RUN002 or CLI002 where it is neither."""
    from planner.errors import UnknownName
    from planner.plan.inputs import load_inputs
    from planner.plan.store import find
    from planner.scenario.load import find_scenario, load

    try:
        path = find_scenario(name)
    except UnknownName:
        if overrides or sets:
            raise
        return load_inputs(find(name, out))
    return load(path, overrides, sets)
