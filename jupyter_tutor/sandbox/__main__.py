"""Starts the worker: `python -m jupyter_tutor.sandbox SLOTS SANDBOX`."""

import importlib
import sys


def main() -> None:
    """Without a grammar of web addresses, which nbformat's validator would compile for a second, and notebooks lack."""
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    importlib.import_module("jupyter_tutor.sandbox.worker").main()


if __name__ == "__main__":
    main()
