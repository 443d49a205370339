"""How long the leak guard takes for one block of code on a running grader, over the curriculum."""

import asyncio
import statistics
import time
from pathlib import Path

from jupyter_tutor.exercises.exercise import read_exercise
from jupyter_tutor.grading.proof import prove
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.tutoring.guard import leak
from jupyter_tutor.tutoring.leaks.snippets import code_blocks

CURRICULUM = Path(__file__).parent.parent.parent / "notebooks" / "curriculum"


async def main() -> None:
    grader = WorkerGrader()
    times: dict[str, list[float]] = {"a mistake under the right name": [], "a block of an authored hint": []}
    for path in sorted(CURRICULUM.glob("*/*.ipynb")):
        exercise = read_exercise(path)
        proof, starter = await prove(exercise, grader), exercise.starter()
        await leak(exercise, proof, starter, f"```python\n{exercise.metadata.mistakes[0].source}\n```", grader)
        blocks = [block for hint in exercise.metadata.hints for block in code_blocks(hint)]
        for name, codes in zip(times, ([m.source for m in exercise.metadata.mistakes[1:]], blocks), strict=True):
            for code in codes:
                start = time.perf_counter()
                await leak(exercise, proof, starter, f"Look:\n\n```python\n{code}\n```\n", grader)
                times[name].append(1000 * (time.perf_counter() - start))
    for name, found in times.items():
        late = statistics.quantiles(found, n=20)[-1]
        print(f"{name}: median {statistics.median(found):.0f} ms, p95 {late:.0f} ms ({len(found)} blocks)")
    await grader.close()


if __name__ == "__main__":
    asyncio.run(main())
