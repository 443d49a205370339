"""The processes behind `ports.Jail` and `ports.Grader`: player kernels, the judge's process, their worker.

Nothing here decides what a verdict is. The only room that knows jupyter_client, nbclient and ipykernel.
"""
