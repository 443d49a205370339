"""How quickly a database with 10,000 learners and 1,000,000 attempts answers.

    python tests/benchmarks/scale.py [--attempts 1000000] [--learners 10000] [--postgres URL]

`--postgres` names an empty database, such as postgresql://me@/scale?host=/tmp; SQLite gets a file of its own.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from jupyter_tutor.learning.model import Filters
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.settings import Settings
from jupyter_tutor.storage.cursor import write_cursor
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.storage.store import SqlStore
from jupyter_tutor.testing import MemoryNotebooks
from jupyter_tutor.tutor import Tutor

CURRICULUM = Path(__file__).parent.parent.parent / "notebooks" / "curriculum"
LONGEST, DEEP = 12_000, 10_000
"""Dailies of one learner, and the page that is looked for among them, one daily a page."""
TRIES = 2
"""Attempts at a daily."""
WARM = 3
"""Rounds that do not count."""
KINDS, LEVELS = ("algorithm", "data-structure", "debugging", "practical"), ("easy", "medium", "hard")
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": "def f(x):\n    return x + 1\n" * 15}], "nbformat": 4})
CHECK = {"status": "passed", "visible": True, "points": 1.0, "max_points": 1.0, "message": "", "duration_ms": 1}
CHECKS = {"criteria": {}, "checks": [CHECK | {"name": f"tests/{n}"} for n in range(4)], "duration_ms": 9}
VERDICT = json.dumps({"status": "graded", "passed": True, "points": 4.0, "max_points": 4.0, "score": 90.0, **CHECKS})
COLUMNS = {
    "daily": "id, learner, date, slug, title, kind, difficulty, language, topics, minutes, path, status, passed, late, "
    "opened, hints_asked, submissions, best_score, active_seconds, completed_at, search",
    "hint": "daily, rung, text, at",
    "submission": "id, learner, daily, number, created_at, status, notebook, verdict, passed, score",
}
Row = tuple[Any, ...]


def learners(attempts: int, number: int, longest: int) -> Iterator[tuple[str, int]]:
    """Each with how many dailies; the first has done it for very long."""
    yield "learner-0", longest
    for n in range(1, number):
        yield f"learner-{n}", max(1, (attempts // TRIES - longest) // (number - 1))


def dailies(learner: str, n: int, day: date) -> Iterator[Row]:
    """The one that `n` others came after."""
    passed, slug, topic = n % 3 > 0, f"slug-{n % 200}", f"topic-{n % 20}"
    texts = f"{learner}/{n}", learner, f"{day}", slug, f"Title {n}", KINDS[n % 4], LEVELS[n % 3], "python"
    more = f'["{topic}"]', 15, f"tutor/{day}-{slug}.ipynb", "completed" if passed else "in_progress", passed, False
    yield (*texts, *more, True, n % 2, TRIES, 90.0, 600, None, f"title {n}\n{slug}\n{topic}")


def hints(learner: str, n: int, day: date) -> Iterator[Row]:
    if n % 2:
        yield f"{learner}/{n}", 1, "Which values have you seen before?", f"{day} 12:00:00.000000"


def submissions(learner: str, n: int, day: date) -> Iterator[Row]:
    for k in range(1, TRIES + 1):
        row = f"{learner}/{n}/{k}", learner, f"{learner}/{n}", k, f"{day} 12:00:00.000000", "done", NOTEBOOK, VERDICT
        yield (*row, n % 3 > 0 and k == TRIES, 90.0)


def rows(table: str, people: list[tuple[str, int]], last: date) -> Iterator[Row]:
    """All rows of a table, day by day as they would have come; whoever has most dailies is the first of `people`."""
    make = {"daily": dailies, "hint": hints, "submission": submissions}[table]
    for n in reversed(range(people[0][1])):
        for learner, number in people:
            if number <= n:
                break
            yield from make(learner, n, last - timedelta(days=n))


async def fill(url: str, people: list[tuple[str, int]], last: date) -> None:
    """Fill a database at once, with what the store would have kept one by one."""
    await (await open_store(url)).close()
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.partition(":///")[2])) as connection:
            for table, columns in COLUMNS.items():
                places = ", ".join("?" * len(columns.split(",")))
                connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows(table, people, last))
            connection.commit()
        return
    import psycopg

    address = url.replace("+psycopg", "")
    with psycopg.connect(address, options="-c timezone=UTC") as server, server.cursor() as cursor:
        for table, columns in COLUMNS.items():
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows(table, people, last):
                    copy.write_row(row)
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("VACUUM ANALYZE")


async def cursor_of(store: SqlStore, page: int) -> str:
    """Where a page of one daily begins for the first learner."""
    newest = [past.date for past in reversed(await store.history("learner-0"))]
    return write_cursor(newest[page - 2])


async def timed(works: dict[str, Callable[[int], Awaitable[object]]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds by name, sorted. All take turns, so that a busy moment of the machine meets them alike."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for n in range(rounds + WARM):
        for name, work in works.items():
            start = time.perf_counter()
            await work(n)
            times[name].append(1000 * (time.perf_counter() - start))
    return {name: sorted(measured[WARM:]) for name, measured in times.items()}


async def measure(url: str, people: list[tuple[str, int]], rounds: int) -> None:
    store = await open_store(url)
    settings = Settings(url, (CURRICULUM,), "UTC", prove_dailies=False)
    tutor = Tutor(store, WorkerGrader(), MemoryNotebooks(), settings)
    deep, chance, numbers = await cursor_of(store, DEEP), random.Random(1), count()

    def anybody() -> str:
        return chance.choice(people)[0]

    async def page(filters: Filters, cursor: str | None, limit: int) -> None:
        assert len((await tutor.dailies("learner-0", filters, cursor, limit)).items) == (0 if filters.text else limit)

    works: dict[str, Callable[[int], Awaitable[object]]] = {
        "today, any learner": lambda n: tutor.today(anybody()),
        "today, 12,000 dailies": lambda n: tutor.today("learner-0"),
        "today, chosen for somebody else": lambda n: tutor.today(f"else-{next(numbers)}"),
        "page 1, one a page": lambda n: page(Filters(), None, 1),
        "page 10,000, one a page": lambda n: page(Filters(), deep, 1),
        "page 1, 20 a page": lambda n: page(Filters(), None, 20),
        "20 from there on": lambda n: page(Filters(), deep, 20),
        "page 1 of a kind and topic": lambda n: page(Filters(kind="debugging", topic="topic-2"), None, 20),
        "page 1 of a text that is nowhere": lambda n: page(Filters(text="nowhere"), None, 20),
        "progress, any learner": lambda n: tutor.progress(anybody()),
        "progress, 12,000 dailies": lambda n: tutor.progress("learner-0"),
        "daily by its path": lambda n: store.daily_at("learner-0", f"tutor/{datetime.now(UTC).date()}-slug-0.ipynb"),
        "unfinished submissions": lambda n: store.unfinished_submissions(),
        "attempts at two exercises": lambda n: store.attempts(["slug-1", "slug-150"]),
        "everything of a learner": lambda n: store.take_out(f"learner-{1 + n}"),
    }
    times = await timed(works, rounds)
    for name, measured in times.items():
        most = measured[int(0.95 * rounds)]
        print(f"{name:34} median {statistics.median(measured):7.1f} ms   95 % < {most:7.1f} ms")
    for one, other in (("page 10,000, one a page", "page 1, one a page"), ("20 from there on", "page 1, 20 a page")):
        print(f"{one} / {other}: {statistics.median(times[one]) / statistics.median(times[other]):.2f}")
    start = time.perf_counter()
    await store.erase(people[-1][0])
    print(f"a learner erased in {time.perf_counter() - start:.1f} s", flush=True)
    await tutor.close()


async def main(arguments: argparse.Namespace) -> None:
    people = list(learners(arguments.attempts, arguments.learners, LONGEST))
    with tempfile.TemporaryDirectory() as folder:
        urls = {"SQLite": f"sqlite+aiosqlite:///{folder}/tutor.sqlite"}
        if arguments.postgres:
            urls["PostgreSQL"] = arguments.postgres
        for name, url in urls.items():
            start = time.perf_counter()
            await fill(url, people, datetime.now(UTC).date())
            number = sum(dailies for _, dailies in people)
            print(f"\n{name}: {len(people):,} learners, {number:,} dailies, {TRIES * number:,} attempts, ", end="")
            print(f"filled in {time.perf_counter() - start:.0f} s", flush=True)
            await measure(url, people, arguments.rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=1_000_000)
    parser.add_argument("--learners", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--postgres", default="", metavar="URL")
    asyncio.run(main(parser.parse_args()))
