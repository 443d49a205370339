"""The room knows nothing that learner code should not find."""

import subprocess
import sys

import pytest

FORBIDDEN = ["sqlalchemy", "openai", "nbclient", "nbformat", "pydantic", "tornado", "ipywidgets", "jupyter_server"]


@pytest.mark.parametrize("module", ["magic", "progress"])
def test_nothing_that_knows_answers_is_imported(module: str) -> None:
    code = (
        f"import sys, jupyter_tutor.kernel.{module}\n"
        "ours = {name for name in sys.modules if name.startswith('jupyter_tutor.')}\n"
        "print([name for name in ours if not name.startswith(('jupyter_tutor.kernel', 'jupyter_tutor.version'))])\n"
        f"print([name for name in {FORBIDDEN!r} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n")[:2] == ["[]", "[]"]
