"""One case of the catalogue, and how it is run: the real judge here, the real agent in another process."""

import contextlib
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.boundary.judge import Judge
from jupyter_tutor.grading.boundary.standins import Gone, Link
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.testing import answer_cell, authored, checks_cell, locked_cell

PLAYER = Path(__file__).parent.parent / "player_process.py"


@dataclass(frozen=True)
class Case:
    """A reference that passes all checks outside the kernel, unless `in_kernel`; `right` answers that do as well;
    `wrong` ones, of which no check, or only those numbered in `but`, may pass.
    """

    name: str
    reference: str
    checks: str
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    but: tuple[int, ...] = ()
    in_kernel: bool = False
    setup: str = ""
    files: dict[str, str] = field(default_factory=dict)

    def exercise(self) -> Exercise:
        before = [locked_cell(self.setup)] if self.setup else []
        return authored(*before, answer_cell(self.reference), checks_cell(self.checks))


class Player:
    """The agent's process; it forks for each case."""

    def __init__(self) -> None:
        command = [sys.executable, str(PLAYER)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdin
        assert self.process.stdout
        self.stdin, self.stdout = self.process.stdin, self.process.stdout

    def exchange(self, text: str) -> str:
        self.stdin.write(text + "\n")
        self.stdin.flush()
        answer = self.stdout.readline()
        if answer == "ended\n" or not answer:
            raise Gone
        return answer

    def run(self, case: Case, answer: str | None, places: frozenset[str] | None) -> tuple[list[dict[str, Any]], Any]:
        """The outcomes of an answer, and the places where handles acted."""
        exercise = case.exercise()
        answers = exercise.reference() if answer is None else {"answer": answer}
        job = plan(exercise, with_answers(exercise, answers), None)
        outcomes: list[dict[str, Any]] = []
        assert self.exchange(json.dumps({"cells": job.cells})) == "ready\n"
        link = Link(self.exchange, places)
        judge = Judge(link, set(job.names), lambda name: None, outcomes.append)
        try:
            for number, source in enumerate(job.setup):
                judge.prepare(number, source)
            for cell in job.tests:
                judge.run(cell.grade_id, cell.source)
        finally:
            if not judge.gone:
                with contextlib.suppress(Gone):
                    self.exchange("")
        return outcomes, link.seen

    def close(self) -> None:
        self.stdin.close()
        self.process.wait()
        self.stdout.close()
