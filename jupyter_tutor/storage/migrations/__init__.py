"""How older databases become this one. alembic loads `env.py` and `versions/` by their paths; nothing imports them.

A migration is never changed after its release; the next one is added, and `upgrade.HEAD` names it.
"""
