"""What decided a run, read back from its folder: the scenario and the catalog as they were."""

from __future__ import annotations

from pathlib import Path

from planner.catalog.snapshot import from_data
from planner.documents import Document
from planner.plan.store import CATALOG, SCENARIO, read_json
from planner.plan.version import readable
from planner.scenario.load import Loaded, checked


def load_inputs(folder: Path) -> Loaded:
    """The scenario and catalog a run carries, as they were when it was made.

    Raises InvalidData: RUN001 where they are missing, RUN011 where another version made the run and
    this one cannot read them.
    """
    with readable(folder):
        document = Document(str(folder / SCENARIO), read_json(folder, SCENARIO))
        scenario = checked(document)
        return Loaded(scenario, from_data(read_json(folder, CATALOG)), document)
