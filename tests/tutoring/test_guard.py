"""The leak guard on real exercises, with the real grader: what gives the answer away, and what does not."""

import asyncio
import importlib.util
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_tutor.errors import GraderError
from jupyter_tutor.exercises.exercise import Exercise, read_exercise
from jupyter_tutor.grading.job import Job, Run
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.tutoring.guard import leak
from tests.sampling import sampled

HERE = Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("leaks", HERE / "leaks" / "__init__.py")
assert SPEC is not None
assert SPEC.loader is not None
leaks = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(leaks)

LEAKING, HARMLESS = leaks.cases("leaking.md"), leaks.cases("harmless.md")
SLUGS = sorted(path.stem for path in (HERE.parent.parent / "notebooks" / "curriculum").glob("*/*.ipynb"))
Proven = Callable[[str], Awaitable[tuple[Exercise, Proof]]]


def named(cases: list) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "case", sampled(pytest.param(case, id=f"{case.slug}: {case.name}") for case in cases)
    )


async def judged(case: "leaks.Case", proven: Proven, grader: WorkerGrader) -> str:
    exercise, proof = await proven(case.slug)
    answers = exercise.starter()
    if case.answer:
        answers[next(iter(answers))] = case.answer
    return await leak(exercise, proof, answers, case.reply, grader, case.earlier)


def test_the_catalogue_is_wide() -> None:
    assert len(LEAKING) >= 70
    assert len(HARMLESS) >= 70
    assert len({case.slug for case in LEAKING}) >= 15
    assert len({(case.slug, case.name) for case in (*LEAKING, *HARMLESS)}) == len(LEAKING) + len(HARMLESS)


@named(LEAKING)
async def test_a_reply_leaks(case: "leaks.Case", proven: Proven, grader: WorkerGrader) -> None:
    assert await judged(case, proven, grader)


@named(HARMLESS)
async def test_a_harmless_reply_passes(case: "leaks.Case", proven: Proven, grader: WorkerGrader) -> None:
    assert await judged(case, proven, grader) == ""


@pytest.mark.parametrize("slug", sampled(SLUGS))
async def test_no_authored_rung_leaks_alone_or_after_the_others(
    slug: str, proven: Proven, grader: WorkerGrader
) -> None:
    exercise, proof = await proven(slug)
    hints = exercise.metadata.hints
    for number, hint in enumerate(hints):
        assert await leak(exercise, proof, exercise.starter(), hint, grader, hints[:number]) == ""


async def test_the_starter_and_the_learners_own_answer_may_be_quoted(proven: Proven, grader: WorkerGrader) -> None:
    exercise, proof = await proven("album-pages")
    reference = {name: source.replace("### ", "# ") for name, source in exercise.reference().items()}
    for answers in (exercise.starter(), reference):
        quoted = "\n".join(f"```python\n{source}\n```" for source in answers.values())
        assert await leak(exercise, proof, answers, quoted, grader) == ""
    assert await leak(exercise, proof, exercise.starter(), quoted, grader)


async def test_code_that_adds_to_what_was_said_leaks_and_words_after_it_do_not(
    proven: Proven, grader: WorkerGrader
) -> None:
    exercise, proof = await proven("album-pages")
    head = "```python\ndef album_pages(photos, n):\n    found = []\n```"
    rest = "```python\nfor k in range(0, len(photos), n):\n    found.append(photos[k:k + n])\nreturn found\n```"
    starter = exercise.starter()
    assert await leak(exercise, proof, starter, head, grader) == ""
    assert await leak(exercise, proof, starter, rest, grader, [head])
    assert await leak(exercise, proof, starter, "Now try it yourself.", grader, [head, rest]) == ""


ENDLESS = "```python\ndef album_pages(photos, per_page):\n    while True:\n        pass\n```"
CRASH = "```python\ndef album_pages(photos, per_page):\n    import os\n    os._exit(1)\n```"
UNREADABLE = {
    "code that loops for ever": ENDLESS,
    "code that ends its process": CRASH,
    "a million characters": "word " * 200_000,
    "thousands of blocks": "```python\ndef album_pages(photos, per_page): return 1\n```\n" * 1500
    + "".join(f"```\nx{n} = {n}\n```\n" for n in range(1200)),
}


@pytest.mark.parametrize("name", UNREADABLE)
async def test_what_cannot_be_judged_is_withheld_soon(name: str, proven: Proven, grader: WorkerGrader) -> None:
    exercise, proof = await proven("album-pages")
    start = time.monotonic()
    assert await leak(exercise, proof, exercise.starter(), UNREADABLE[name], grader)
    assert time.monotonic() - start < 30


NOISE = {
    "deep brackets": "`" + "(" * 5000 + ")" * 5000 + "`",
    "a deep sum": "```\nx = " + "+".join("1" * 3000) + "\n```",
    "deep quotes": ">" * 3000 + " hello",
    "null bytes": "```python\nx = '\0'\n```",
    "broken syntax": "```python\ndef album_pages(photos per_page) return [\n)(\n```",
    "lone surrogates": "```python\nx = '\ud800'\n```",
    "an open fence": "```",
    "ticks": "`" * 5001,
    "many lines that are code": "x = photos\n" * 3000,
}


@pytest.mark.parametrize("name", NOISE)
async def test_noise_is_judged_soon_and_raises_nothing(name: str, proven: Proven, grader: WorkerGrader) -> None:
    exercise, proof = await proven("album-pages")
    start = time.monotonic()
    await leak(exercise, proof, exercise.starter(), NOISE[name], grader)
    assert time.monotonic() - start < 30


class Broken:
    """A grader that is never there."""

    async def prepare(self) -> None:
        return None

    async def run(self, job: Job, report: object = None) -> Run:
        raise GraderError("it ended")

    async def close(self) -> None:
        return None


class Counting(Broken):
    """Counts the runs of another grader."""

    def __init__(self, grader: WorkerGrader) -> None:
        self.grader, self.runs = grader, 0

    async def run(self, job: Job, report: object = None) -> Run:
        self.runs += 1
        return await self.grader.run(job)


async def test_code_that_cannot_be_run_is_withheld_and_words_are_not(curriculum: Path) -> None:
    exercise = read_exercise(curriculum / "lists" / "album-pages.ipynb")
    proof, starter = Proof("", ()), exercise.starter()
    assert await leak(exercise, proof, starter, ENDLESS, Broken())
    assert await leak(exercise, proof, starter, "Which positions do the pages start at?", Broken()) == ""


async def test_a_growing_text_runs_only_what_is_new(proven: Proven, grader: WorkerGrader) -> None:
    exercise, proof = await proven("album-pages")
    counting, starter = Counting(grader), exercise.starter()
    block = "```python\ndef album_pages(photos, per_page):\n    return photos\n```\n"
    assert await leak(exercise, proof, starter, block, counting) == ""
    runs = counting.runs
    assert await leak(exercise, proof, starter, block + "What is missing?", counting) == ""
    assert counting.runs == runs


async def test_texts_are_judged_side_by_side(proven: Proven, grader: WorkerGrader) -> None:
    exercise, proof = await proven("album-pages")
    cases = [case for case in (*LEAKING, *HARMLESS) if case.slug == "album-pages" and not case.answer]
    texts = [(case.reply, case.earlier) for case in cases]
    reasons = await asyncio.gather(
        *(leak(exercise, proof, exercise.starter(), text, grader, earlier) for text, earlier in texts)
    )
    assert [bool(reason) for reason in reasons] == [case in LEAKING for case in cases]


async def test_an_exercise_with_another_digest_is_judged_anew(proven: Proven, grader: WorkerGrader) -> None:
    exercise, proof = await proven("album-pages")
    counting = Counting(grader)
    block = "```python\ndef album_pages(photos, per_page):\n    return photos\n```\n"
    for name in ("one", "another"):
        before = counting.runs
        assert await leak(exercise, replace(proof, digest=name), exercise.starter(), block, counting) == ""
        assert counting.runs > before
