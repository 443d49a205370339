"""Quality and style are about the learner's own lines, where the learner sees them."""

import asyncio
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import merge
from jupyter_tutor.grading.job import Marks, Reading
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.quality import Reader
from jupyter_tutor.ports import Lint
from jupyter_tutor.sandbox.ruff import Ruff
from jupyter_tutor.testing import answer_cell, authored, checks_cell, code_cell, locked_cell, submission

CHECKS = checks_cell("assert f(1) == 2")
PLAIN = authored(answer_cell("def f(x):\n    return x + 1"), CHECKS)
BROKEN = """import math


def f(x):
    if x == None:
        return 0
    q = 1
    return x + 2

### BEGIN SOLUTION
def f(x):
    return x + 1
### END SOLUTION"""
DEBUGGING = authored(answer_cell(BROKEN), CHECKS, kind="debugging")
MIDDLE = authored(
    answer_cell("def f(x, List=[]):\n    ### BEGIN SOLUTION\n    return x + 1\n    ### END SOLUTION"), CHECKS
)
"""The author's own line breaks rules."""


def reading(exercise: Exercise, answers: dict[str, str] | str, *extra: dict[str, object]) -> Reading:
    job = plan(exercise, merge(exercise, submission(exercise, answers, *extra)), (), beyond=True)
    assert job.reading is not None
    return job.reading


async def marks(exercise: Exercise, answers: dict[str, str] | str, *extra: dict[str, object]) -> Marks:
    return await Reader(Ruff()).read(reading(exercise, answers, *extra))


def rules(marks: Marks) -> list[str]:
    return [finding.rule for finding in marks.findings]


async def test_clean_code_has_full_scores_and_no_findings() -> None:
    assert await marks(PLAIN, "def f(x):\n    return 1 + x") == Marks(100.0, 100.0)


async def test_each_finding_lowers_the_score_of_its_criterion_by_its_weight() -> None:
    one = await marks(PLAIN, "def f(x):\n    return int(x>0) + x")
    assert (one.quality, one.style, rules(one)) == (100.0, 95.0, ["E225"])
    more = await marks(PLAIN, "def f(x, seen=[]):\n    if x == None:\n        return int(x>0)\n    return 1 + x")
    assert (more.quality, more.style, rules(more)) == (85.0, 85.0, ["B006", "E711", "E225"])


async def test_the_same_slip_costs_less_in_a_long_answer() -> None:
    long = "def f(x):\n" + "\n".join(f"    x += {n}" for n in range(38)) + "\n    return int(x>0) + x"
    assert (await marks(PLAIN, long)).style == 97.5


async def test_a_rule_is_told_three_times_and_says_how_often_it_is_broken() -> None:
    sloppy = await marks(PLAIN, "def f(x):\n" + "\n".join(f"    x+= {n}" for n in range(9)) + "\n    return x")
    assert rules(sloppy) == ["E225"] * 3
    assert sloppy.findings[2].message.endswith("There are 6 more like this.")
    assert sloppy.style == 85.0


async def test_scores_end_at_nothing() -> None:
    messy = """import os,sys
def F(List, q=[]):
  l=lambda : List == None
  if l () == True: list=q; r=f"a"
  for i in List.keys( ):
    try:
      if not i in q: r=1
    except: pass
    return ( 1 )
    print(r)"""
    result = await marks(PLAIN, messy)
    assert result.style is not None
    assert 0 <= result.style < 30
    assert result.quality is not None
    assert result.quality < 60


async def test_an_answer_that_is_empty_the_starter_or_not_python_is_not_measured() -> None:
    starter = PLAIN.starter()["answer"]
    for answer in ("", "# later", starter, f"{starter}\n# soon", "def f(x) return x", "x" * 70_000, "\n" * 5_000):
        assert await marks(PLAIN, answer) == Marks(), answer[:30]
    assert await marks(DEBUGGING, DEBUGGING.starter()["answer"]) == Marks()


async def test_hostile_sources_are_not_measured_and_do_no_harm() -> None:
    for answer in ("(" * 5000, "a = " + "-" * 30_000 + "1", "a = 1" + "+1" * 15_000, "a\0b", "x = '\ud800'"):
        result = await marks(PLAIN, answer)
        assert result.quality is None or result.quality >= 0


async def test_the_authors_lines_are_never_held_against_the_learner() -> None:
    mended = DEBUGGING.starter()["answer"].replace("x + 2", "x + 1")
    assert await marks(DEBUGGING, mended) == Marks(100.0, 100.0)
    worse = mended.replace("    return x + 1", "    z = x == True\n    return x + 1")
    found = await marks(DEBUGGING, worse)
    assert [(f.rule, f.line) for f in found.findings] == [("F841", 8), ("E712", 8)]
    assert await marks(MIDDLE, "def f(x, List=[]):\n    return 1 + x") == Marks(100.0, 100.0)


async def test_a_long_body_below_the_authors_line_is_the_learners() -> None:
    body = "\n".join(f"    if x == {n}:\n        return {n * n}" for n in range(14))
    found = await marks(MIDDLE, f"def f(x, List=[]):\n{body}\n    return 1 + x")
    assert {f.rule for f in found.findings} == {"C901", "PLR0911", "PLR0912"}


async def test_what_the_reference_does_is_not_held_against_the_learner() -> None:
    guilty = authored(answer_cell("def f(x):\n    print(x)\n    return x + 1"), CHECKS)
    answer = "def f(value):\n    print('adding to', value)\n    return value + 1"
    assert rules(await marks(guilty, answer)) == []
    assert rules(await marks(PLAIN, answer)) == ["T201"]


async def test_a_line_is_counted_in_the_cell_where_the_learner_sees_it() -> None:
    two = authored(
        answer_cell("def f(x):\n    return x + 1", "first"), answer_cell("def g(x):\n    return x", "second"), CHECKS
    )
    found = await marks(
        two, {"first": "def f(x):\n    return x + 1\n", "second": "\n\ndef g(x):\n    return x == None"}
    )
    assert [(f.cell, f.line, f.rule) for f in found.findings] == [("second", 4, "E711")]


async def test_a_split_cell_counts_its_own_lines() -> None:
    notebook = submission(PLAIN, "def f(x):\n    y = x == None")
    lower = dict(notebook.cells[0], source="    return y == None\n", id="lower")
    notebook.cells.insert(1, type(notebook)(lower))
    job = plan(PLAIN, merge(PLAIN, notebook), (), beyond=True)
    assert job.reading is not None
    found = await Reader(Ruff()).read(job.reading)
    assert [(f.cell, f.line) for f in found.findings] == [("answer", 2), ("answer", 1)]


async def test_names_used_in_other_cells_are_used() -> None:
    of = authored(
        locked_cell("import math"), answer_cell("def f(x):\n    return x + 1"), checks_cell("assert deque() == deque()")
    )
    answer = "from collections import deque\nimport os\nimport random\n\n\ndef f(x):\n    return math.ceil(x) + 1"
    found = await marks(of, answer, code_cell("print( os.name )\nl = 1"))
    assert [(f.rule, f.line) for f in found.findings] == [("F401", 3)]


async def test_magics_are_no_syntax_errors_and_keep_the_lines() -> None:
    found = await marks(PLAIN, "%time\n!ls\ndef f(x):\n    return x == None")
    assert [(f.rule, f.line) for f in found.findings] == [("E711", 4)]


async def test_magics_in_blocks_and_other_line_ends_keep_the_lines_too() -> None:
    found = await marks(
        PLAIN, "def f(x):\r\n    if x:\r\n        %time\r\n    files = !ls\r\n    return x == None, files"
    )
    assert [(f.rule, f.line) for f in found.findings if f.rule == "E711"] == [("E711", 5)]


async def test_very_many_magics_are_not_measured_and_take_no_time() -> None:
    start = time.monotonic()
    assert await marks(PLAIN, "%time\n" * 1900 + "x = (") == Marks()
    assert time.monotonic() - start < 2


async def test_comments_for_linters_hide_nothing() -> None:
    answer = "# ruff: noqa\n# flake8: noqa\ndef f(x):\n    return x == None  # noqa: E711"
    assert rules(await marks(PLAIN, answer)) == ["E711"]


async def test_what_notebooks_do_by_nature_is_left_alone() -> None:
    assert (
        rules(await marks(PLAIN, "def f(x):\n    return x + 1\n\n\nimport math\nmath.pi\nf(math.pi) == 2\n\n\n")) == []
    )


async def test_another_language_is_not_read() -> None:
    of = replace(PLAIN, metadata=PLAIN.metadata.model_copy(update={"language": "r"}))
    assert plan(of, merge(of, submission(of, "f <- 2")), (), beyond=True).reading is None


class Counting(Ruff):
    """Counts how often it is asked."""

    asked = 0

    async def lint(self, source: str, rules: Iterable[str], options: Mapping[str, int]) -> tuple[Lint, ...] | None:
        self.asked += 1
        return await super().lint(source, rules, options)


async def test_the_authors_cells_are_read_once() -> None:
    linter = Counting()
    reader = Reader(linter)
    for value in range(3):
        await reader.read(reading(PLAIN, f"def f(x):\n    return x + {value}"))
    assert linter.asked == 2 + 3


async def test_without_a_linter_nothing_is_measured() -> None:
    for program in ("/does/not/exist", "/bin/false", "/bin/cat"):
        assert await Reader(Ruff(program)).read(reading(PLAIN, "def f(x):\n    return int(x>0) + x")) == Marks(), (
            program
        )


async def test_many_answers_are_read_side_by_side() -> None:
    reader = Reader(Ruff())
    found = await asyncio.gather(
        *(reader.read(reading(PLAIN, f"def f(x):\n    return {n} if x>0 else 1")) for n in range(8))
    )
    assert {tuple(rules(result)) for result in found} == {("E225",)}
