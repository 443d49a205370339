"""One submission between its two jails: the relay that lets the judge call the player and keeps the time."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from jupyter_tutor.errors import AuthorError, GraderError
from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.grading.boundary.checks import helpers_in, split
from jupyter_tutor.grading.boundary.messages import words
from jupyter_tutor.grading.growth import Growth, measure
from jupyter_tutor.grading.job import CellError, ChecksCell, Ending, Job, Marks, Outcome, Run, Status
from jupyter_tutor.grading.quality import Reader
from jupyter_tutor.ports import Jail, JudgeProcess, Player, PlayerGone, PlayerStopped

_GRACE = 2.0
"""Seconds that a judge may take for its own work beyond a check's limit."""


_FIRST_REQUEST = 0.001
"""Seconds until the kernel has something to do: starting a linter before that would keep it waiting."""


@dataclass
class Session:
    """The state of one run."""

    job: Job
    jail: Jail
    report: Callable[[Outcome], None]
    reader: Reader
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    ending: Ending = "graded"
    message: str = ""
    deadline: float = 0.0
    check_deadline: float = 0.0
    running: str = ""
    growth: Growth = field(default_factory=Growth)

    async def run(self) -> Run:
        """Run the job; the answers are read meanwhile."""
        reading = asyncio.create_task(self._read())
        try:
            run = await self._run()
            marks = await reading
        finally:
            reading.cancel()
        efficiency, findings = self.growth.efficiency, (*marks.findings, *self.growth.findings)
        more = replace(marks, efficiency=efficiency, findings=findings, unmeasured=self.growth.unmeasured)
        return replace(run, marks=more)

    async def _read(self) -> Marks:
        await asyncio.sleep(_FIRST_REQUEST)
        return await self.reader.read(self.job.reading) if self.job.reading else Marks()

    async def _run(self) -> Run:
        expected = [check for cell in (*self.job.tests, *self.job.in_kernel) for check in self._checks(cell)]
        player, judge = await self.jail.start(self.job)
        try:
            start = time.monotonic()
            self.deadline = start + self.job.limits.submission
            alive, played = await self._play(player, self.errors), time.monotonic() - start
            if alive:
                player.attend()
                await self._judge(judge, player)
                await self._grow(judge, player)
        finally:
            await self.jail.release(player, judge)
        for cell in self.job.in_kernel:
            if self.ending == "graded":
                await self._beside(cell)
        for name, visible, case in expected:
            if name not in self.outcomes:
                status: Status = "timed_out" if name == self.running and self.ending == "timed_out" else "not_reached"
                self._found(Outcome(name, visible, status, words(visible, case, self.message)))
        ordered = tuple(self.outcomes[name] for name, _, _ in expected)
        ms = round(played * 1000) + sum(outcome.ms for outcome in ordered if outcome.visible)
        return Run(self.ending, ordered, tuple(self.places), tuple(self.errors), ms, self.message)

    async def _play(self, player: Player, errors: list[CellError]) -> bool:
        """Run the learner's notebook, adding to `errors` what its cells raise; whether the player lives on."""
        for index, source in enumerate(self.job.cells):
            try:
                error = await player.run_cell(index, source, self._left())
            except PlayerGone as gone:
                self._end("timed_out" if gone.late else "killed", str(gone))
                return False
            if error is not None:
                errors.append(error)
        return True

    async def _judge(self, judge: JudgeProcess, player: Player) -> None:
        await judge.send(
            {
                "setup": self.job.setup,
                "tests": [[cell.grade_id, cell.source] for cell in self.job.tests],
                "names": self.job.names,
                "places": self.job.places,
            }
        )
        self.check_deadline = time.monotonic() + self.job.limits.check
        while True:
            try:
                message = await judge.receive(min(self.check_deadline + _GRACE, self.deadline) - time.monotonic())
            except TimeoutError:
                self._end("timed_out", "the checks took longer than they may")
                return
            except EOFError:
                raise GraderError("the checks ended before they were done: submit again") from None
            if "done" in message:
                self.places = sorted({*message["done"], *player.places})
                return
            if "begin" in message:
                self.check_deadline = time.monotonic() + self.job.limits.check
                self.running = message["begin"]
            elif "outcome" in message:
                self.running = ""
                self._found(Outcome(**message["outcome"]))
            elif "ask" in message:
                await judge.send(await self._exchange(player, message["ask"]))

    async def _grow(self, judge: JudgeProcess, player: Player) -> None:
        """Time growing inputs when all is well so far."""
        if self.ending == "graded" and all(o.status == "passed" for o in self.outcomes.values()):
            self.growth = await measure(self.job, judge, player, self.jail)

    async def _exchange(self, player: Player, text: str) -> dict[str, Any]:
        try:
            return {"said": await player.exchange(text, min(self._left(), self.check_deadline - time.monotonic()))}
        except PlayerStopped:
            return {"interrupted": True}
        except PlayerGone as gone:
            self._end("timed_out" if gone.late else "killed", str(gone))
            return {"gone": str(gone), "late": gone.late}

    async def _beside(self, cell: ChecksCell) -> None:
        """Run a test cell in a kernel of its own, after the notebook; its checks stand and fall together."""
        player, judge = await self.jail.start(self.job)
        try:
            self.deadline = time.monotonic() + self.job.limits.submission
            if not await self._play(player, []):
                return
            error = await player.run_cell(len(self.job.cells), cell.source, self._left())
            status: Status = "passed" if error is None else "failed" if error.kind == "AssertionError" else "errored"
            said = f"{error.kind}: {error.message.splitlines()[0] if error.message else ''}" if error else ""
        except PlayerGone as gone:
            status, said = "errored", str(gone)
        finally:
            await self.jail.release(player, judge)
        checks = self._checks(cell)
        if not all(visible for _, visible, _ in checks):
            said = ""  # it could be a hidden one's
        for name, visible, case in checks:
            self._found(Outcome(name, visible, status, words(visible, case, said)))

    def _checks(self, cell: ChecksCell) -> list[tuple[str, bool, str]]:
        """Name, visibility and case of each check of a cell."""
        try:
            steps = split(without_magics(cell.source), helpers_in(self.job.setup))
        except SyntaxError as error:
            raise AuthorError(
                f"the test cell {cell.grade_id!r} has a syntax error on line {error.lineno}: {error.msg}"
            ) from None
        return [(f"{cell.grade_id}/{step.check}", step.visible, step.case) for step in steps if step.check]

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def _end(self, ending: Ending, message: str) -> None:
        self.ending, self.message = ending, message

    def _found(self, outcome: Outcome) -> None:
        self.outcomes[outcome.name] = outcome
        self.report(outcome)
