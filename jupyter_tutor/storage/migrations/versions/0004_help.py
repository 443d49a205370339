"""What the tutor said, and what it remembers of learners."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("hint", sa.Column("clue", sa.Text, nullable=False, server_default=""))
    op.add_column("hint", sa.Column("source", sa.Text, nullable=False, server_default="author"))
    op.create_table(
        "chat",
        sa.Column("daily", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["daily"], ["daily.id"], name="fk_chat_daily_daily", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("daily", "number", name="pk_chat"),
    )
    op.create_index("ix_chat_learner_at", "chat", ["learner", "at"])
    op.create_table(
        "memory",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("trait", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("on", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_memory"),
        sa.UniqueConstraint("learner", "trait", "key", name="uq_memory_learner_trait_key"),
    )
    op.create_table(
        "profile",
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("memory", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("learner", name="pk_profile"),
    )
