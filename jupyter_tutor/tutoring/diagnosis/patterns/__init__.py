"""Shapes of code that often go wrong: each pattern reads a syntax tree and says where its shape is.

A file is one family of patterns; `code.py` holds what they share, `reading.py` runs them all.
"""
