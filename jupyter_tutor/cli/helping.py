"""`jupyter tutor hint`: help for a submission, without a server and without a language model."""

import asyncio
import json
import sys
from argparse import Namespace
from dataclasses import asdict

from jupyter_tutor.cli.author import bench
from jupyter_tutor.errors import NotFound
from jupyter_tutor.exercises.exercise import Exercise, read_exercise
from jupyter_tutor.exercises.merge import merge, read_submission_file
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.tutoring.clues import Clue
from jupyter_tutor.tutoring.diagnosis.diagnosis import Diagnosis
from jupyter_tutor.tutoring.hints import rung

_PASSES = "Your answer passes every check: there is nothing to hint at."


async def hint(arguments: Namespace) -> int:
    """Print the first clue that running the submission gives, and the author's hint of a rung."""
    exercise = read_exercise(arguments.exercise)
    merged = merge(exercise, await asyncio.to_thread(read_submission_file, arguments.submission))
    async with bench() as proofs:
        proof = await proofs.of(exercise)
        for problem in proof.problems:
            print(f"jupyter tutor: {exercise.path.name} is not proven: {problem}", file=sys.stderr)
        clues = await Diagnosis(proofs.grader).clues(exercise, proof, merged)
    number, text = _told(exercise, proof, clues, arguments.rung)
    if arguments.json:
        count, source = len(exercise.metadata.hints), "diagnosis" if clues else "author"
        said = {"submission": str(arguments.submission), "rung": number, "of": count, "text": text, "source": source}
        print(json.dumps(said | {"clues": [asdict(clue) for clue in clues]}, ensure_ascii=False), flush=True)
    else:
        print(text, flush=True)
    return 0


def _told(exercise: Exercise, proof: Proof, clues: tuple[Clue, ...], wanted: int) -> tuple[int, str]:
    """The number of the rung, 0 for none, and everything that is told."""
    if not clues and proof.checks and exercise.metadata.language == "python":
        return min(wanted, len(exercise.metadata.hints)), _PASSES
    first = [clues[0].text] if clues else []
    try:
        number, authored = rung(exercise, 0, wanted)
    except NotFound:
        if not clues:
            raise
        return 0, first[0]
    last = [f"There are {number} hints: this is the last one."] if wanted > number else []
    return number, "\n\n".join([*first, *last, f"Hint {number}: {authored}"])
