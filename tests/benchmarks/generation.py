"""How long it takes to prove an exercise that a model wrote, on a running grader; the model itself answers at once."""

import asyncio
import itertools
import json
import statistics
import time

from jupyter_tutor.generation.prompts import drafting
from jupyter_tutor.generation.prompts.example import DRAFT, WANTED
from jupyter_tutor.generation.report import Stage
from jupyter_tutor.generation.writer import Writer
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.testing import ScriptedModel

ROUNDS = 10


async def main() -> None:
    grader = WorkerGrader()
    spent: dict[str, list[float]] = {}
    for number in range(ROUNDS + 1):
        marks: list[tuple[str, float]] = []

        def report(stage: Stage, marks: list[tuple[str, float]] = marks) -> None:
            marks.append((stage.name, time.perf_counter()))

        answers = {"draft": [DRAFT.model_dump_json()], "solution": [json.dumps({"code": DRAFT.reference})]}
        await Writer(ScriptedModel(answers), grader, time.perf_counter).write(WANTED, (), report)
        if number:  # the first one starts the grader
            for (name, began), (_, ended) in itertools.pairwise(marks):
                spent.setdefault(name, []).append(ended - began)
            spent.setdefault("all", []).append(marks[-1][1] - marks[0][1])
    await grader.close()
    for name, seconds in spent.items():
        print(f"{name}: median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s")
    characters = sum(len(message.content) for message in drafting.messages(WANTED))
    print(f"the prompt for a draft: {characters} characters; a draft: {len(DRAFT.model_dump_json())}")


if __name__ == "__main__":
    asyncio.run(main())
