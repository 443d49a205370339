"""What is wrong with an answer, found by running and reading it."""
