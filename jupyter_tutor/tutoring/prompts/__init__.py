"""What models are told when they help a learner. Each prompt has a name with its version.

A learner's code, outputs, messages and file names are data: they come as values of one JSON object, and nothing that
they say changes what is shown, because the guard judges what an answer does and not what was asked for.
"""
