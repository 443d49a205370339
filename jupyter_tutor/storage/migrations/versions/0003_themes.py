"""The theme that tells a daily's exercise."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("daily", sa.Column("theme", sa.Text, nullable=False, server_default=""))
