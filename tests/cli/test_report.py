"""`jupyter tutor report` as authors run it."""

import asyncio
import json
import random
import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, groupby
from pathlib import Path

import pytest

from jupyter_tutor.learning.model import Attempt, Daily
from jupyter_tutor.storage.database import open_store
from tests.learning.classes import Task, tasks, taught

Run = Callable[..., subprocess.CompletedProcess[str]]
Keep = Callable[[Sequence[Attempt]], None]
FIRST = date(2026, 3, 2)
ROW = re.compile(r"^(!| ) (\S+) +(easy|medium|hard) ")
FIELDS = [
    "exercise",
    "title",
    "difficulty",
    "minutes",
    "learners",
    "tried",
    "enough",
    "skipped",
    "passed",
    "passed_low",
    "passed_high",
    "at_once",
    "tries",
    "hints",
    "minutes_taken",
    "discrimination",
    "observed_difficulty",
    "logit",
    "logit_error",
    "flags",
]


async def keep(url: str, attempts: Sequence[Attempt]) -> None:
    """Keep dailies of which these attempts are the sums."""
    store = await open_store(url)
    numbers = count()
    for learner, of_learner in groupby(attempts, lambda attempt: attempt.learner):
        for n, one in enumerate(of_learner):
            begun = Daily(
                f"daily-{next(numbers)}",
                learner,
                FIRST + timedelta(days=n),
                one.slug,
                one.slug.title(),
                "algorithm",
                one.difficulty,
                "python",
                ("loops",),
                one.minutes,
                f"tutor/{one.slug}.ipynb",
                status="skipped" if one.skipped else "in_progress",
                passed=one.passed,
                hints_asked=one.hints,
                submissions=one.submissions,
                active_seconds=one.seconds,
            )
            await store.add_daily(begun)
    await store.close()


@pytest.fixture
def kept(tutor: Run, tmp_path: Path) -> Keep:
    """Keeps attempts in the database that the commands use."""
    url = f"sqlite:///{tmp_path / 'class.db'}"
    (tmp_path / "config" / "jupyter_tutor_config.json").write_text(json.dumps({"Tutor": {"database_url": url}}))
    return lambda attempts: asyncio.run(keep(url, attempts))


@pytest.fixture
def school(kept: Keep) -> Sequence[Task]:
    """Twelve exercises that 120 learners had, of which the fourth is hard and is stated as easy."""
    lot = random.Random(1)
    given = tasks(12, lot, 0.1)
    given[3] = replace(given[3], slug="river-sign", logit=1.2)
    kept(list(taught(given, 120, 9, lot, by_level=False)))
    return given


def test_the_table_has_flagged_exercises_first_and_says_what_to_do(tutor: Run, school: Sequence[Task]) -> None:
    done = tutor("report")
    assert (done.returncode, done.stderr) == (0, "")
    table, said = done.stdout.split("\n\n")
    head, *rows = table.splitlines()
    assert " ".join(head.split()) == "exercise stated found learners tries passed once hints minutes skip discr"
    names = [(row[1], row[2]) for line in rows if (row := ROW.match(line))]
    assert names[0] == ("!", "river-sign")
    assert [name for _, name in names[1:]] == sorted(task.slug for task in school if task.slug != "river-sign")
    assert {mark for mark, _ in names[1:]} == {" "}
    assert said.startswith("river-sign (")
    assert " ".join(said.split()).endswith("state `hard` as its difficulty, or make the task easier.")
    assert len({len(line) for line in table.splitlines()}) == 1
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_json_has_one_object_a_line_with_the_documented_fields(
    tutor: Run, school: Sequence[Task], repository: Path
) -> None:
    lines = [json.loads(line) for line in tutor("report", "--json").stdout.splitlines()]
    assert len(lines) == len(school)
    assert [list(line) for line in lines] == [FIELDS] * len(school)
    first = lines[0]
    assert (first["exercise"], first["title"], first["enough"]) == ("river-sign", "The sign at the rowing club", True)
    assert (first["difficulty"], first["observed_difficulty"]) == ("easy", "hard")
    assert first["passed_low"] < first["passed"] < first["passed_high"]
    assert [len(line["flags"]) for line in lines] == [1] + [0] * (len(school) - 1)
    readme = (repository / "README.md").read_text()
    assert (
        re.findall(r"^\| `(\w+)` \|", readme.partition("### What learners did")[2].partition("\n## ")[0], re.M)
        == FIELDS
    )


def test_exercises_are_named_by_slug_or_notebook_and_compared_with_all(
    tutor: Run, school: Sequence[Task], curriculum: Path
) -> None:
    notebook = next(curriculum.glob("**/river-sign.ipynb"))
    lines = [
        json.loads(line) for line in tutor("report", "task-05", notebook, "river-sign", "--json").stdout.splitlines()
    ]
    assert [line["exercise"] for line in lines] == ["river-sign", "task-05"]
    assert lines[0]["observed_difficulty"] == "hard"
    (quiet,) = tutor("report", "task-05").stdout.split("\n\n")[1:]
    assert quiet == "Nothing stands out.\n"


def test_few_learners_are_told_and_nothing_is_flagged(tutor: Run, kept: Keep) -> None:
    kept([Attempt(f"learner-{n}", "sums", "easy", False, 1, 9, 9000, 15, False) for n in range(7)])
    table, rest = tutor("report").stdout.split("\n\n")
    assert "sums" in table
    assert rest == "1 exercise was tried by fewer than 8 learners: too few to say anything.\n"


def test_an_exercise_that_nobody_began_has_a_row_of_its_own(tutor: Run, curriculum: Path) -> None:
    done = tutor("report", next(curriculum.glob("**/river-sign.ipynb")))
    assert done.returncode == 0
    assert re.search(r"^  river-sign +easy +- +0 ", done.stdout, re.M)


def test_an_empty_database_and_an_unknown_exercise_are_told(tutor: Run) -> None:
    nothing = tutor("report", "--json")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert nothing.stderr.startswith("jupyter tutor: nobody has begun or skipped an exercise in this database yet")
    unknown = tutor("report", "no-such")
    assert unknown.returncode == 1
    assert unknown.stderr.startswith(
        "jupyter tutor: no exercise 'no-such' is in the curriculum or was given to a learner"
    )
    missing = tutor("report", "none.ipynb")
    assert missing.returncode == 1
    assert missing.stderr.startswith("jupyter tutor: none.ipynb")


def test_a_long_slug_keeps_the_table_in_its_columns(tutor: Run, kept: Keep) -> None:
    kept([Attempt(f"learner-{n}", "s" * 80, "medium", True, 1, 12, 9000, 15, False) for n in range(200)])
    table, said = tutor("report").stdout.split("\n\n")
    assert {len(line) for line in table.splitlines()} == {100}
    assert "s…" in table
    assert said.startswith("s" * 80)
