"""What a jailed process gets to know of the machine, and which kernel it runs."""

import contextlib
import os
import sys
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel

from jupyter_tutor.errors import OperatorError
from jupyter_tutor.sandbox.reach import PACKAGE, roots

_KEPT = ("LANG", "LC_ALL", "TZ", "SYSTEMROOT", "PATHEXT")
_HOMES = (
    *("HOME", "TMPDIR", "TEMP", "TMP", "USERPROFILE", "IPYTHONDIR"),
    *("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR"),
)


def environment(home: str, hash_seed: int = 0) -> dict[str, str]:
    """All variables of a jailed process."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    folders = roots()
    path = [entry for entry in os.get_exec_path() if any(Path(entry).is_relative_to(folder) for folder in folders)]
    fixed = {
        "PATH": os.pathsep.join([*path, "/bin"]),
        "PYTHONHASHSEED": str(hash_seed),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(PACKAGE.parent),
        "OPENBLAS_NUM_THREADS": "1",
        "MPLBACKEND": "agg",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "JPY_PARENT_PID": "",
    }
    return kept | dict.fromkeys(_HOMES, home) | fixed


def kernel_for(language: str) -> tuple[str, KernelSpec]:
    """An installed kernel of a language, and its name. Raises OperatorError."""
    specs = KernelSpecManager()
    names = sorted(specs.find_kernel_specs(), key=lambda name: (name != "python3", name))
    for name in names:
        with contextlib.suppress(NoSuchKernel):
            spec = specs.get_kernel_spec(name)
            if spec.language.lower() == language.lower():
                return name, spec
    raise OperatorError(f"there is no Jupyter kernel for {language}: install one (for Python: `pip install ipykernel`)")


def is_this_python(spec: KernelSpec) -> bool:
    """Whether a kernel runs on this very interpreter."""
    program = spec.argv[0]
    names = ("python", f"python{sys.version_info[0]}", f"python{sys.version_info[0]}.{sys.version_info[1]}")
    return program in names or os.path.abspath(program) == os.path.abspath(sys.executable)
