"""The door of the command line: `jupyter tutor ...`.

Reads arguments and configuration, calls the ideas, prints; one table maps errors to exit codes.
"""
