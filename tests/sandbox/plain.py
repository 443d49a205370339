"""Attacks as a grader meets them that runs as a plain user: `plain LEVEL` prints as JSON what each of them reached."""

import asyncio
import json
import os
import secrets
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from jupyter_tutor.grading.job import ChecksCell, Job, Limits
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


def all_spies(known: dict[str, object]) -> Job:
    """One submission with all spies, each checked by itself."""
    cells, checks = [], []
    for number, (name, attack) in enumerate(SPIES.items()):
        if name not in LEFT_OUT:
            cells.append(attack.replace("def spy():", f"def spy_{number}():"))
            checks.append(f"assert spy_{number}() == [], {name!r}")
    source = "\n".join(cells)
    for name, value in known.items():
        source = source.replace(f"{{{name}}}", str(value))
    names = tuple(f"spy_{number}" for number in range(len(SPIES)))
    marked = ChecksCell("tests", "\n".join((f"word = 'mark-{secrets.token_hex(16)}'", *checks)))
    return Job(cells=(source,), tests=(marked,), names=names, places=(), limits=PATIENT)


async def attack(level: str, folder: Path) -> dict[str, object]:
    reason = await problem(level, environment(HOME))
    if reason:
        return {"reason": reason}
    os.environ["OPENAI_API_KEY"] = "marked"
    grader = WorkerGrader(2, Sandbox(level))
    process, _ = await grader.start()
    with listening(folder) as known:
        asked = all_spies({**known, "worker": process.pid})
        nothing = "\n".join(f"def {name}(): return []" for name in asked.names)
        asked = replace(asked, places=await places(grader, replace(asked, cells=(nothing,), places=None)))
        spied = [await grader.run(asked) for _ in range(2)]
        hoards = (
            replace(REFERENCE, cells=(attack,), places=(), limits=Limits(submission=20)) for attack in HOARDS.values()
        )
        hoarded = dict(zip(HOARDS, await asyncio.gather(*map(grader.run, hoards)), strict=True))
    await grader.close()
    return {
        "user": os.getuid(),
        "spied": [[o.message or o.name, o.status] for run in spied for o in run.outcomes],
        "hoarded": {name: [run.ending, run.message] for name, run in hoarded.items()},
        "left": os.listdir(tempfile.gettempdir()),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=Path.home()) as place:
        print(json.dumps(asyncio.run(attack(sys.argv[1], Path(place)))))
