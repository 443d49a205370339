"""The real agent in a process of its own, at the other end of two pipes: one fork for each case.

`{"cells": [...]}` comes in, then requests and answers to questions by turns, one JSON text a line; an empty line ends.
"""

import importlib
import json
import linecache
import os
import sys
import traceback
from types import SimpleNamespace
from typing import Any

from jupyter_tutor.grading.boundary.agent import Agent
from jupyter_tutor.grading.boundary.wire import loads

for library in ("numpy", "pandas", "IPython.display", "dataclasses", "enum", "json"):
    importlib.import_module(library)


def play(cells: list[str]) -> None:
    """Run the cells as a notebook would, then answer until there is nothing more to answer."""
    main: dict[str, Any] = {"__name__": "__main__"}
    sys.modules["__main__"] = SimpleNamespace()  # type: ignore[assignment]
    sys.modules["__main__"].__dict__.update(main)
    main = sys.modules["__main__"].__dict__
    asked, written = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)

    def say(text: str) -> str:
        written.write(text + "\n")
        written.flush()
        line = asked.readline()
        if not line.strip():
            os._exit(0)
        return line

    def source_of(code: Any) -> str | None:
        entry = linecache.cache.get(code.co_filename)
        return "".join(entry[2]) if entry and code.co_filename.startswith("<cell") and len(entry) > 2 else None

    agent = Agent(main, say, source_of)
    for number, source in enumerate(cells):
        name = f"<cell {number}>"
        linecache.cache[name] = (len(source), None, source.splitlines(True), name)
        try:
            exec(compile(source, name, "exec"), main)
        except Exception:
            traceback.print_exc(file=sys.stderr)
    request = say("ready")
    while True:
        request = say(agent.answer(loads(request)))


if __name__ == "__main__":
    while line := sys.stdin.readline():
        if "cells" not in line:
            continue
        child = os.fork()
        if not child:
            play(json.loads(line)["cells"])
        os.waitpid(child, 0)
        print("ended", flush=True)
