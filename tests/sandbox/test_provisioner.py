"""Any kernel that names the provisioner is jailed, by whatever starts it."""

import json
import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient

from jupyter_tutor.sandbox.environment import environment
from jupyter_tutor.sandbox.inside.namespaces import HOME
from jupyter_tutor.sandbox.level import problem

LOOK = """
import os, socket
seen = []
try: seen.append(open('/etc/passwd').read())
except OSError: pass
try: socket.socket(socket.AF_INET); seen.append('network')
except OSError: pass
print(seen, 'marked' in str(os.environ), os.getcwd())
"""


@pytest.mark.parametrize("level", ["bwrap", "landlock"])
async def test_nbclient_runs_a_notebook_in_a_jail_and_knows_nothing_of_it(
    level: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, need: object
) -> None:
    reason = await problem(level, environment(HOME))
    need(not reason, f"sandbox level {level} ({reason})")  # type: ignore[operator]
    spec = tmp_path / "kernels" / "jailed"
    spec.mkdir(parents=True)
    provisioner = {"provisioner_name": "tutor-jail", "config": {"sandbox": level}}
    kernel = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Jailed",
        "language": "python",
        "metadata": {"kernel_provisioner": provisioner},
    }
    (spec / "kernel.json").write_text(json.dumps(kernel))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("SECRET", "marked")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(LOOK), nbformat.v4.new_code_cell("1 + 1")])
    await NotebookClient(notebook, kernel_name="jailed", timeout=60).async_execute()
    said = notebook.cells[0].outputs[0]["text"]
    assert said.startswith("[] False "), said
    assert notebook.cells[1].outputs[0]["data"]["text/plain"] == "2"


def test_the_provisioner_is_installed() -> None:
    assert "tutor-jail" in KernelProvisionerFactory.instance().get_provisioner_entries()
