"""Help for the learner: hints, and what keeps them from giving the answer away.

Use cases over ports; no library of its own.
"""
