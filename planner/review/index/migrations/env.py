"""Alembic's entry: run the steps on the connection that was handed in."""

from alembic import context

from planner.review.index.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
