"""What having Jupyter Tutor costs: imports, server start, bytes in the browser."""

import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HEAVY = ("sqlalchemy", "openai", "nbclient", "nbformat", "pydantic", "ipywidgets", "tornado")
ROUNDS = 7


def seconds(*command: str) -> float:
    """Wall time of a command."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def imports() -> None:
    pairs = [
        (seconds(sys.executable, "-c", "import jupyter_tutor"), seconds(sys.executable, "-c", "import sys"))
        for _ in range(ROUNDS)
    ]
    extra = statistics.median(a - b for a, b in pairs)
    print(f"import jupyter_tutor: {1000 * extra:.1f} ms more than import sys (median of {ROUNDS})")
    code = f"import sys, jupyter_tutor; print([m for m in {HEAVY!r} if m in sys.modules])"
    print(
        "heavy modules loaded by it:",
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip(),
    )


def server_start(enabled: bool, port: int) -> float:
    """Seconds until a Jupyter server answers."""
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {
            "HOME": home,
            "JUPYTER_DATA_DIR": f"{home}/data",
            "JUPYTER_RUNTIME_DIR": f"{home}/run",
            "JUPYTER_CONFIG_DIR": f"{home}/config",
        }
        command = [
            sys.executable,
            "-m",
            "jupyter",
            "server",
            "--no-browser",
            "--allow-root",
            f"--ServerApp.port={port}",
            "--IdentityProvider.token=",
            f"--ServerApp.root_dir={home}",
        ]
        command.append(f"--ServerApp.jpserver_extensions={{'jupyter_tutor': {enabled}}}")
        start = time.perf_counter()
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=1).close()
                    return time.perf_counter() - start
                except OSError:
                    time.sleep(0.005)
        finally:
            process.terminate()
            process.wait()


def server() -> None:
    pairs = [(server_start(True, 8791), server_start(False, 8792)) for _ in range(ROUNDS)]
    on, off = (statistics.median(side) for side in zip(*pairs, strict=True))
    difference = 1000 * statistics.median(a - b for a, b in pairs)
    print(f"server start: {on:.2f} s with, {off:.2f} s without, median difference of pairs {difference:.0f} ms")


def bundle() -> None:
    folder = Path(__file__).parent.parent.parent / "jupyter_tutor" / "labextension"
    files = [path for path in folder.glob("**/*") if path.is_file() and path.suffix != ".map"]
    size = sum(len(gzip.compress(path.read_bytes())) for path in files) / 1000
    print(f"labextension: {size:.1f} kB compressed, {len(files)} files")


if __name__ == "__main__":
    imports()
    server()
    bundle()
