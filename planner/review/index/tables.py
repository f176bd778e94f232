"""What the index holds, as tables; every row is derived from one entry of the history."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


def _of_entry() -> Column[int]:
    """The entry a row comes from."""
    return Column("seq", Integer, ForeignKey("entries.seq"), primary_key=True)


def _position() -> Column[int]:
    """Which of several rows of one entry, from 0."""
    return Column("position", Integer, primary_key=True)


entries = Table(
    "entries",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("at", Date, nullable=False),
    Column("by", String, nullable=False),
    Column("once", String, unique=True),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("body", JSON, nullable=False),
)
runs = Table(
    "runs",
    metadata,
    _of_entry(),
    _position(),
    Column("run_id", String, nullable=False),
    Column("path", String, nullable=False),
    Column("manifest_sha256", String(64), nullable=False),
)
scenarios = Table(
    "scenarios",
    metadata,
    _of_entry(),
    Column("name", String, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("sha256", String(64), nullable=False),
)
reviews = Table(
    "reviews",
    metadata,
    _of_entry(),
    Column("name", String, nullable=False),
    Column("due", Date, nullable=False),
    Column("run_id", String, nullable=False),
    Column("npv_usd", Float, nullable=False),
    Column("amount_usd", Float, nullable=False),
    UniqueConstraint("name", "due"),
)
triggers = Table(
    "triggers",
    metadata,
    _of_entry(),
    _position(),
    Column("trigger", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("sentence", String, nullable=False),
)
decisions = Table(
    "decisions",
    metadata,
    _of_entry(),
    _position(),
    Column("decision", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("site", String, nullable=False),
    Column("decide_by", Date),
    Column("systems", Float),
    Column("usd", Float),
)
approvals = Table(
    "approvals",
    metadata,
    _of_entry(),
    Column("review", Integer, ForeignKey("entries.seq"), nullable=False),
    Column("role", String, nullable=False),
    Column("name", String, nullable=False),
    Column("decision", String, nullable=False),
    Column("manifest_sha256", String(64), nullable=False),
)
actuals = Table(
    "actuals",
    metadata,
    _of_entry(),
    _position(),
    Column("fact", JSON, nullable=False),
)
quotes = Table(
    "quotes",
    metadata,
    _of_entry(),
    _position(),
    Column("quote", JSON, nullable=False),
)
