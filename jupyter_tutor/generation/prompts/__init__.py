"""Every text that is sent to a model to write an exercise, each with a name and a version, each guarded by a test."""
