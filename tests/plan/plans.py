"""Plans to ask questions of: made once each, from a shipped scenario, a test's own, or an edited text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from planner.options.join import join
from planner.options.table import Options
from planner.plan.make import Plan, make_plan
from planner.plan.solved import Settings
from planner.plan.store import run_inputs, save
from planner.scenario.load import Loaded, load
from tests.support import ROOT, edited, written

SETTINGS = Settings()
SCENARIOS = ROOT / "scenarios"
CASES = ROOT / "tests" / "scenarios"


def loaded(name: str, *sets: str) -> Loaded:
    """A scenario by name: the project's, else the tests' own."""
    shipped = SCENARIOS / f"{name}.yaml"
    return load(shipped if shipped.is_file() else CASES / f"{name}.yaml", (), sets)


def options(name: str, *sets: str) -> Options:
    """What the program sees of a scenario."""
    return join(loaded(name, *sets))


@cache
def plan(name: str, *sets: str) -> Plan:
    """The plan of a scenario; whole units by ``whole_units=true``."""
    return make_plan(loaded(name, *sets), SETTINGS)


@cache
def tried(name: str, *sets: str) -> Plan:
    """The same without prices to negotiate and flips, which take most of its time."""
    return make_plan(loaded(name, *sets), Settings(targets="none"))


def small(folder: Path, *edits: tuple[str, str]) -> Plan:
    """The plan of the small scenario on the tiny catalog, edited."""
    from tests.support import GOOD

    return make_plan(load(written(folder, edited(GOOD, *edits))), SETTINGS)


def saved(name: str, out: Path, *sets: str) -> Path:
    """The run folder of a plan."""
    return save(plan(name, *sets), run_inputs(loaded(name, *sets), SETTINGS), out)
