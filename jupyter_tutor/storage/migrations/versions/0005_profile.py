"""What learners choose and are told once, why an exercise was chosen, when it was tried, and whose answer is kept."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("daily", sa.Column("because", sa.Text, nullable=False, server_default="[]"))
    for name in ("tries", "on_day"):
        op.add_column("daily", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE daily SET tries = submissions, on_day = submissions")
    op.execute("UPDATE daily SET on_day = submissions - 1 WHERE late AND submissions > 0")
    op.add_column("submission", sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_daily_slug", "daily", ["slug"])
    op.add_column("reply", sa.Column("learner", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "choice",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_choice"),
    )
    op.create_index("ix_choice_learner_number", "choice", ["learner", "number"])
    op.create_table(
        "notice",
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("seen", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("learner", "key", name="pk_notice"),
    )
    _keep_profiles()


def _keep_profiles() -> None:
    """Who said that nothing may be remembered has chosen that."""
    off = sa.text("SELECT learner, 'memory', 'false', :day FROM profile WHERE NOT memory ORDER BY learner")
    kept = sa.text(f"INSERT INTO choice (learner, name, value, day) {off.text}")
    op.execute(kept.bindparams(sa.bindparam("day", date.today(), sa.Date)))
    op.drop_table("profile")
