"""Runs the migrations on the connection that `upgrade.py` hands over, within its transaction."""

from alembic import context

from jupyter_tutor.storage.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
context.run_migrations()
