"""The store's layout, moved forward step by step by Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from planner.review.index.faults import newer
from planner.review.index.tables import metadata

_STEPS = Path(__file__).with_name("migrations")


def bring_up(connection: Connection, name: str) -> None:
    """Move the store to the layout this planner knows.

    Raises InvalidData (REV010) where it is already beyond it.
    """
    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.attributes["connection"] = connection
    steps = ScriptDirectory.from_config(config)
    known = {step.revision for step in steps.walk_revisions()}
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known:
        raise newer(name, current)
    if current != steps.get_current_head():
        command.upgrade(config, "head")


def tear_down(connection: Connection) -> None:
    """Remove every table of ours, the layout's own mark included."""
    metadata.drop_all(connection)
    connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
