"""Dailies with their hints and submissions, and proofs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "daily",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("difficulty", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("opened", sa.Boolean, nullable=False),
        sa.Column("hints_asked", sa.Integer, nullable=False),
        sa.Column("submissions", sa.Integer, nullable=False),
        sa.Column("best_score", sa.Double),
        sa.Column("active_seconds", sa.Integer, nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True)),
        sa.Column("search", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_daily"),
        sa.UniqueConstraint("learner", "date", name="uq_daily_learner_date"),
    )
    op.create_index("ix_daily_learner_path_date", "daily", ["learner", "path", "date"])
    _hints_and_submissions()
    _proofs()


def _hints_and_submissions() -> None:
    op.create_table(
        "hint",
        sa.Column("daily", sa.Text, nullable=False),
        sa.Column("rung", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("daily", "rung", name="pk_hint"),
        sa.ForeignKeyConstraint(["daily"], ["daily.id"], name="fk_hint_daily_daily", ondelete="CASCADE"),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("daily", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("notebook", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text),
        sa.Column("problem", sa.Text),
        sa.Column("passed", sa.Boolean),
        sa.Column("score", sa.Double),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint("daily", "number", name="uq_submission_daily_number"),
        sa.ForeignKeyConstraint(["daily"], ["daily.id"], name="fk_submission_daily_daily", ondelete="CASCADE"),
    )
    op.create_index("ix_submission_status", "submission", ["status"])


def _proofs() -> None:
    op.create_table(
        "proof",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_proof"),
    )
