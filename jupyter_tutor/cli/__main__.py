"""`python -m jupyter_tutor.cli` is `jupyter tutor`."""

from jupyter_tutor.cli.main import main

main()
