"""The learner: which exercise is due, which level, which streak.

Pure: time and randomness are arguments, histories come in and decisions go out. Standard library and `fsrs` only.
"""
