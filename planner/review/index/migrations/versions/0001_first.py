"""The first layout: entries, and what is derived from them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "entries",
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("at", sa.Date, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("once", sa.String),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_entries"),
        sa.UniqueConstraint("once", name="uq_entries_once"),
        sa.UniqueConstraint("digest", name="uq_entries_digest"),
    )
    _derived("runs", *_words("run_id", "path"), _hash("manifest_sha256"))
    _derived("scenarios", *_words("name"), _day("as_of"), _hash("sha256"), many=False)
    _derived(
        "reviews",
        *_words("name"),
        _day("due"),
        *_words("run_id"),
        sa.Column("npv_usd", sa.Float, nullable=False),
        sa.Column("amount_usd", sa.Float, nullable=False),
        sa.UniqueConstraint("name", "due", name="uq_reviews_name"),
        many=False,
    )
    _derived("triggers", *_words("trigger", "subject", "sentence"))
    _derived(
        "decisions",
        *_words("decision", "subject", "site"),
        sa.Column("decide_by", sa.Date),
        sa.Column("systems", sa.Float),
        sa.Column("usd", sa.Float),
    )
    _derived(
        "approvals",
        sa.Column("review", sa.Integer, nullable=False),
        *_words("role", "name", "decision"),
        _hash("manifest_sha256"),
        sa.ForeignKeyConstraint(["review"], ["entries.seq"], name="fk_approvals_review"),
        many=False,
    )
    _derived("actuals", sa.Column("fact", sa.JSON, nullable=False))
    _derived("quotes", sa.Column("quote", sa.JSON, nullable=False))


def _derived(
    table: str, *parts: "sa.Column[object] | sa.schema.Constraint", many: bool = True
) -> None:
    key = ("seq", "position") if many else ("seq",)
    op.create_table(
        table,
        *(sa.Column(name, sa.Integer, nullable=False) for name in key),
        *parts,
        sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["seq"], ["entries.seq"], name=f"fk_{table}_seq"),
    )


def _words(*names: str) -> "list[sa.Column[object]]":
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _hash(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.String(64), nullable=False)


def _day(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Date, nullable=False)
