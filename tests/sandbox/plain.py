"""Attacks as a grader meets them that runs as a plain user: `plain LEVEL` prints as JSON what they reached."""

import asyncio
import json
import os
import secrets
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from jupyter_tutor.grading.job import ChecksCell, Job, Limits, Run
from jupyter_tutor.sandbox.environment import environment
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.sandbox.inside.namespaces import HOME
from jupyter_tutor.sandbox.level import problem
from jupyter_tutor.settings import Sandbox
from tests.sandbox.attacks import HOARDS, SPIES
from tests.sandbox.test_attacks import REFERENCE, listening, places

PATIENT = Limits(submission=40, check=30)
LEFT_OUT = ("the tests in memory", "the judge's words in memory")
"""They take long, and who the user is changes nothing about them."""


def spying(known: dict[str, object], spies: Iterable[str]) -> Job:
    """One submission with several spies, each checked by itself."""
    cells, checks = [], []
    for number, name in enumerate(spies):
        cells.append(SPIES[name].replace("def spy():", f"def spy_{number}():"))
        checks.append(f"assert spy_{number}() == [], {name!r}")
    source = "\n".join(cells)
    for name, value in known.items():
        source = source.replace(f"{{{name}}}", str(value))
    names = tuple(f"spy_{number}" for number in range(len(cells)))
    marked = ChecksCell("tests", "\n".join((f"word = 'mark-{secrets.token_hex(16)}'", *checks)))
    return Job(cells=(source,), tests=(marked,), names=names, places=(), limits=PATIENT)


async def run(grader: WorkerGrader, asked: Job) -> Run:
    nothing = "\n".join(f"def {name}(): return []" for name in asked.names)
    seen = await places(grader, replace(asked, cells=(nothing,), places=None))
    return await grader.run(replace(asked, places=seen))


async def attack(level: str, folder: Path) -> dict[str, object]:
    reason = await problem(level, environment(HOME))
    if reason:
        return {"reason": reason}
    os.environ["OPENAI_API_KEY"] = "marked"
    grader = WorkerGrader(2, Sandbox(level))
    process, _ = await grader.start()
    with listening(folder) as known:
        known["worker"] = process.pid
        every = [name for name in SPIES if name not in LEFT_OUT]
        hoards = [replace(REFERENCE, cells=(each,), places=(), limits=PATIENT) for each in HOARDS.values()]
        await run(grader, spying(known, [name for name in every if "earlier" in name]))
        spied, *hoarded = await asyncio.gather(run(grader, spying(known, every)), *map(grader.run, hoards))
    await grader.close()
    return {
        "user": os.getuid(),
        "spied": [[o.message or o.name, o.status] for o in spied.outcomes],
        "hoarded": {name: [found.ending, found.message] for name, found in zip(HOARDS, hoarded, strict=True)},
        "left": os.listdir(tempfile.gettempdir()),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=Path.home()) as place:
        print(json.dumps(asyncio.run(attack(sys.argv[1], Path(place)))))
