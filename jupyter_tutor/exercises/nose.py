"""Brings `nose.tools` to the notebooks that import it."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_IMPORT = re.compile(r"^[ \t]*(?:from|import)[ \t]+nose\b", re.M)


def nose_for(sources: Iterable[str]) -> tuple[str, ...]:
    """What has to run before these sources so that they can import nose: one source, or none when they do not."""
    return (_installer(),) if any(_IMPORT.search(source) for source in sources) else ()


@cache
def _installer() -> str:
    text = Path(__file__).with_name("nose_tools.py").read_text(encoding="utf-8")
    return (
        "def _tutor_nose():\n"
        "    import sys, types\n"
        "    nose, tools = types.ModuleType('nose'), types.ModuleType('nose.tools')\n"
        "    nose.__path__, nose.tools = [], tools\n"
        "    sys.modules.update({'nose': nose, 'nose.tools': tools})\n"
        f"    exec({text!r}, tools.__dict__)\n"
        "_tutor_nose()\n"
        "del _tutor_nose\n"
    )
