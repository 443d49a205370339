"""The database: what a learner did is kept here, and nothing is decided.

The only home of SQLAlchemy and alembic. Implements `ports.Store` and `ports.Ledger` on SQLite, with SQL that
PostgreSQL understands too; whatever goes wrong leaves as StorageError with a sentence on what to do. This package
imports nothing by itself, so that starting stays quick.
"""
