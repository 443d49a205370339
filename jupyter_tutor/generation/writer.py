"""Has an exercise written: a draft, what speaks against it, the next draft, within bounds."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from jupyter_tutor.dialogue import Ask, Message, Reply, Tokens
from jupyter_tutor.errors import AuthorError, BudgetSpent, GenerationFailed, ModelError, ModelOff
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.generation.alike import twin
from jupyter_tutor.generation.draft import Draft, Solution, read, schema
from jupyter_tutor.generation.notebook import exercise_of, notebook_text
from jupyter_tutor.generation.prompts import drafting, solving
from jupyter_tutor.generation.report import Report, Stage, StageName, Try
from jupyter_tutor.generation.running import failed_checks, proof_problems
from jupyter_tutor.generation.static import problems
from jupyter_tutor.generation.wanted import Wanted
from jupyter_tutor.generation.weave import CannotWeave
from jupyter_tutor.grading.mutation import Mutation, mutate
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.ports import Grader, Model


@dataclass(frozen=True)
class Bounds:
    """What writing one exercise may take: drafts, tokens in all, seconds in all. `solutions` is how often the second
    solution is asked for before the draft is blamed; of `mutants`, the share `noticed` has to be noticed.
    """

    tries: int = 3
    tokens: int = 100_000
    seconds: float = 600.0
    solutions: int = 2
    mutants: int = 20
    noticed: float = 0.9


@dataclass(frozen=True)
class WrittenDraft:
    """A proven exercise with the notebook that it was read from, and what it took."""

    notebook: str
    exercise: Exercise
    proof: Proof
    report: Report


class Writer:
    """`now` gives seconds that only grow. It keeps no state between exercises, so a cancelled one leaves nothing."""

    def __init__(self, model: Model, grader: Grader, now: Callable[[], float], bounds: Bounds | None = None) -> None:
        self.model, self.grader, self.now, self.bounds = model, grader, now, bounds or Bounds()

    async def write(
        self,
        wanted: Wanted,
        seen: Sequence[Exercise] = (),
        report: Callable[[Stage], None] = lambda stage: None,
    ) -> WrittenDraft:
        """A proven exercise that is none of those seen; each stage is reported as it begins.

        Raises GenerationFailed with the report when the bounds are reached, and what model and grader raise.
        """
        titles = [exercise.metadata.title for exercise in seen]
        wanted = replace(wanted, avoid=tuple(dict.fromkeys((*wanted.avoid, *titles))))
        return await _Writing(self, wanted, seen, report).run()


class _Refused(Exception):
    """The draft goes back to the model with these reasons."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


class _Over(Exception):
    """A bound is reached; the message says which."""


@dataclass
class _Try:
    """What is known of the try that runs."""

    began: float
    stage: StageName = "drafting"
    tokens: Tokens = field(default_factory=Tokens)
    title: str = ""
    mutation: Mutation | None = None


class _Writing:
    """One exercise being written."""

    def __init__(
        self, writer: Writer, wanted: Wanted, seen: Sequence[Exercise], report: Callable[[Stage], None]
    ) -> None:
        self.model, self.grader, self.now, self.bounds = writer.model, writer.grader, writer.now, writer.bounds
        self.wanted, self.seen, self.report = wanted, seen, report
        self.messages = drafting.messages(wanted)
        self.began = self.now()
        self.tries: list[Try] = []
        self.current = _Try(self.began)

    async def run(self) -> WrittenDraft:
        for _ in range(self.bounds.tries):
            ended = f"no draft was accepted in {self.bounds.tries} tries"
            self.current = _Try(self.now())
            try:
                text, exercise, proof = await self._attempt()
                self._enter("done")
                self._record()
                return WrittenDraft(text, exercise, proof, self._told("accepted"))
            except _Refused as refused:
                self._record(*refused.reasons)
                self.messages.append(drafting.refusal(refused.reasons))
            except _Over as over:
                self._record(str(over))
                ended = str(over)
                break
            except (ModelOff, BudgetSpent):
                raise
            except ModelError as error:
                ended = str(error)
                self._record(ended)
                if self.messages[-1].role == "assistant":
                    self.messages.pop()
        raise GenerationFailed(
            f"the model wrote no exercise on {self.wanted.topic} that is proven: {ended}", self._told(ended)
        )

    async def _attempt(self) -> tuple[str, Exercise, Proof]:
        """One draft through all stages. Raises _Refused and _Over."""
        self._enter("drafting")
        asked = tuple(self.messages)
        reply = await self._ask(
            Ask("write", self.wanted.learner, drafting.NAME, asked, schema(Draft), drafting.MOST, fresh=True)
        )
        self.messages.append(Message("assistant", reply.text))
        self._enter("reading")
        draft, text, exercise = self._read(reply)
        self._enter("comparing")
        if repeats := twin(exercise, self.seen):
            raise _Refused(repeats)
        self._enter("proving")
        proof, said = await proof_problems(exercise, self.grader)
        if said:
            raise _Refused(*said)
        self._enter("mutants")
        await self._mutate(exercise, proof, draft)
        self._enter("second solution")
        await self._solve(exercise, proof)
        return text, exercise, proof

    def _read(self, reply: Reply) -> tuple[Draft, str, Exercise]:
        """The draft in a reply, with its notebook and its exercise."""
        draft, unfit = read(Draft, reply.text)
        if draft is None:
            raise _Refused(*unfit)
        self.current.title = " ".join(draft.title.split())[:80]
        if said := problems(draft, self.wanted):
            raise _Refused(*said)
        try:
            text = notebook_text(draft, self.wanted)
            return draft, text, exercise_of(text, draft)
        except (AuthorError, CannotWeave) as error:
            raise _Refused(f"{error}.") from None

    async def _mutate(self, exercise: Exercise, proof: Proof, draft: Draft) -> None:
        bounds = self.bounds
        mutation = await mutate(exercise, proof, draft.reference, self.grader, bounds.mutants)
        self.current.mutation = mutation
        if not mutation.holds(bounds.noticed):
            lines = (f"line {m.line}, {m.what}" for m in mutation.survivors)
            raise _Refused(drafting.unnoticed(lines))

    async def _solve(self, exercise: Exercise, proof: Proof) -> None:
        """A second solution, from what the learner gets, has to pass all checks."""
        reason = ""
        for number in range(self.bounds.solutions):
            asked = solving.messages(exercise)
            reply = await self._ask(
                Ask("write", self.wanted.learner, solving.NAME, asked, schema(Solution), solving.MOST, fresh=number > 0)
            )
            solution, unfit = read(Solution, reply.text)
            if solution is None:
                reason = solving.unsolved("", unfit)
                continue
            failed = await failed_checks(exercise, proof, solution.code, self.grader)
            if not failed:
                return
            reason = solving.unsolved(solution.code, failed)
        raise _Refused(reason)

    async def _ask(self, ask: Ask) -> Reply:
        spent = sum((one.tokens.total for one in self.tries), self.current.tokens.total)
        if spent >= self.bounds.tokens:
            raise _Over(f"{spent} tokens were used, and {self.bounds.tokens} may be")
        left = self.bounds.seconds - (self.now() - self.began)
        try:
            async with asyncio.timeout(max(left, 0.0)):
                reply = await self.model.ask(ask)
        except TimeoutError:
            raise self._late() from None
        self.current.tokens += reply.tokens
        return reply

    def _late(self) -> _Over:
        return _Over(f"the {self.bounds.seconds:.0f} seconds that it may take are over")

    def _enter(self, stage: StageName) -> None:
        """Begin a stage. Raises _Over when there is no time left for it."""
        if stage != "done" and self.now() - self.began >= self.bounds.seconds:
            raise self._late()
        self.current.stage = stage
        self.report(Stage(stage, len(self.tries) + 1, self.bounds.tries))

    def _record(self, *reasons: str) -> None:
        current = self.current
        mutation = current.mutation
        self.tries.append(
            Try(
                len(self.tries) + 1,
                current.stage,
                reasons,
                current.tokens,
                self.now() - current.began,
                current.title,
                None if mutation is None else mutation.share,
                () if mutation is None else tuple(f"line {m.line}, {m.what}" for m in mutation.survivors),
            )
        )

    def _told(self, ended: str) -> Report:
        wanted = self.wanted
        return Report(f"{wanted.difficulty} {wanted.kind} on {wanted.topic}", tuple(self.tries), ended)
