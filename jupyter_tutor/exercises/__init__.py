"""What an exercise is: the authored notebook, its release, and a learner's answers merged into it.

Pure: texts and notebooks in, values out. The only libraries here are nbformat and pydantic.
"""
