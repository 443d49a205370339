"""How often the first two clues about a wrong answer are true and specific, and how long they take.

    python tests/benchmarks/diagnosis.py [mutants of each exercise]

The wrong answers are mutants of the curriculum's references that fail a check; proofs and the known mistakes'
signatures are at hand, as in a running server.
"""

import asyncio
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.proofs import Proofs
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.tutoring.diagnosis.diagnosis import Diagnosis
from tests.tutoring.measure import is_true_and_specific, wrong_answers


async def main(of_each: int) -> None:
    grader = WorkerGrader()
    proofs, diagnosis = Proofs(grader, None), Diagnosis(grader)
    seconds: list[float] = []
    kinds: Counter[str] = Counter()
    good = 0
    for wrong in wrong_answers(of_each):
        proof = await proofs.of(wrong.exercise)
        await diagnosis.prepare(wrong.exercise, proof)
        start = time.perf_counter()
        clues = await diagnosis.clues(wrong.exercise, proof, with_answers(wrong.exercise, {wrong.cell: wrong.source}))
        if not clues:
            continue  # no check fails: the same program, or one that nobody can tell from it
        seconds.append(time.perf_counter() - start)
        kinds[clues[0].kind] += 1
        if any(is_true_and_specific(clue, wrong) for clue in clues[:2]):
            good += 1
        else:
            print(f"{wrong.exercise.metadata.slug}: {wrong.what}: {[clue.key for clue in clues[:2]]}")
    await grader.close()
    print(f"{good} of {len(seconds)} wrong answers ({good / len(seconds):.0%}) have a true and specific clue among two")
    print(f"first clues: {dict(kinds)}; median {statistics.median(seconds) * 1000:.0f} ms")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 6))
