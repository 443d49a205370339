"""`jupyter tutor guard`: what a reply gives away."""

import json
from argparse import Namespace
from pathlib import Path

from jupyter_tutor.cli.author import bench
from jupyter_tutor.errors import LearnerError, TutorError, sentence
from jupyter_tutor.exercises.exercise import read_exercise
from jupyter_tutor.exercises.merge import merge, read_submission_file
from jupyter_tutor.tutoring.guard import leak


async def guard(arguments: Namespace) -> int:
    """Say whether the last reply gives the answer away to who has seen those before it."""
    exercise = read_exercise(arguments.exercise)
    answers = merge(exercise, read_submission_file(arguments.submission)).answers
    *earlier, reply = (_read(path) for path in arguments.reply)
    async with bench() as proofs:
        proof = await proofs.of(exercise)
        if not proof.proven:
            raise TutorError(f"{exercise.path.name} is not proven: {proof.problems[0]}")
        reason = await leak(exercise, proof, exercise.starter() | answers, reply, proofs.grader, earlier)
    if arguments.json:
        print(json.dumps({"leaks": bool(reason), "reason": reason}, ensure_ascii=False))
    else:
        print(sentence(f"the reply gives the answer away: {reason}" if reason else "the reply gives nothing away"))
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise LearnerError(f"{path} is not UTF-8 text") from None
    except OSError as error:
        raise LearnerError(f"{path} cannot be read ({error.strerror})") from None
