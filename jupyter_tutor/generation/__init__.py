"""Exercises written by a language model, and everything that keeps an unproven one from being shown.

A draft is what the model answers; it becomes an authored notebook, is read, run, solved a second time and mutated, and
each refusal goes back to the model in sentences. Use cases over `ports.Model` and `ports.Grader`; no I/O library, no
clock. Prompts live in `prompts/` and nowhere else.
"""
