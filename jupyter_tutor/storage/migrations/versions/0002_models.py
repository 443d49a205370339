"""Exercises that a model wrote, what models took, and answers that are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "exercise",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notebook", sa.Text, nullable=False),
        sa.Column("proof_digest", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exercise"),
        sa.UniqueConstraint("learner", "slug", name="uq_exercise_learner_slug"),
        sa.UniqueConstraint("learner", "due", name="uq_exercise_learner_due"),
    )
    op.create_table(
        "spent",
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("use", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("tokens_in", sa.BigInteger, nullable=False),
        sa.Column("tokens_out", sa.BigInteger, nullable=False),
        sa.Column("requests", sa.Integer, nullable=False),
        sa.Column("cost", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("learner", "day", "use", "model", name="pk_spent"),
    )
    op.create_table(
        "reply",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_reply"),
    )
    op.create_index("ix_reply_at", "reply", ["at"])
