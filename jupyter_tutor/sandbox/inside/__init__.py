"""What runs inside a jail before, and beside, the learner's code: walls, fork server, kernel and judge.

The standard library, ipykernel where a kernel is started, and `grading.boundary`. Nothing here is a secret.
"""
