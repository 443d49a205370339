"""How long a submission and a proof take on a running grader."""

import asyncio
import statistics
import time
from pathlib import Path

from jupyter_tutor.exercises.exercise import read_exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import prove
from jupyter_tutor.sandbox.grader import WorkerGrader

ROUNDS = 10
EXERCISE = Path(__file__).parent.parent.parent / "notebooks" / "curriculum" / "sorting" / "rehearsal-room.ipynb"


async def main() -> None:
    exercise = read_exercise(EXERCISE)
    grader = WorkerGrader()
    start = time.perf_counter()
    proof = await prove(exercise, grader)
    print(f"proof of {EXERCISE.stem}, worker start included: {time.perf_counter() - start:.2f} s")
    start = time.perf_counter()
    await prove(exercise, grader)
    print(f"proof again: {time.perf_counter() - start:.2f} s")
    job = plan(exercise, with_answers(exercise, exercise.reference()), proof.places)
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run = await grader.run(job)
        times.append(time.perf_counter() - start)
    print(f"one submission with {len(run.outcomes)} checks: median {statistics.median(times):.2f} s")
    print(f"of it after the kernel was ready: {run.duration_ms} ms")
    start = time.perf_counter()
    await asyncio.gather(*(grader.run(job) for _ in range(2 * ROUNDS)))
    print(f"side by side: {2 * ROUNDS / (time.perf_counter() - start):.1f} submissions a second")
    await grader.close()


if __name__ == "__main__":
    asyncio.run(main())
