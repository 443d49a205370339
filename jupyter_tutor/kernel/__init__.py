"""What runs in the learner's kernel: the `%tutor` magic and the progress dashboard, a REST client beside learner code.

Nothing here may know answers, keys or the database: from the package only `jupyter_tutor` itself and
`jupyter_tutor.kernel` are imported, from outside IPython, ipywidgets (only when widgets are shown), jupyter_core and
the standard library.
"""
