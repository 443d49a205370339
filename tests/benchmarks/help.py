"""What the tutor adds to a model's own time to the first word, and how long a hint takes without a model.

    python tests/benchmarks/help.py [rounds]

The model is a server that answers at once. The learner's answer is a typical mistake: once it was submitted before,
once it was changed just now.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from jupyter_tutor.dialogue import Ask, Message
from jupyter_tutor.llm.model import MeteredModel
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.settings import Endpoint, ModelSettings, Settings
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.testing import MemoryNotebooks
from jupyter_tutor.testing.model import ModelServer, Say
from jupyter_tutor.tutor import Tutor

CURRICULUM = Path(__file__).parent.parent.parent / "notebooks" / "curriculum"
SAYS = "What does your loop do with the first item? Follow it by hand.\n" * 4


async def first_word(tutor: Tutor, daily: str, sources: dict[str, str]) -> float:
    """Seconds from a question to the first word of the answer."""
    start = time.perf_counter()
    speech = await tutor.ask("ada", daily, "Why does it fail?", sources)
    async for event in speech.feed.listen():
        if event.kind == "text":
            seconds = time.perf_counter() - start
    return seconds


async def own_time(model: MeteredModel) -> float:
    """Seconds to the first words of the model itself."""
    start = time.perf_counter()
    seconds = 0.0
    async for _ in model.stream(Ask("chat", "ada", "chat/1", (Message("user", "Why?"),))):
        seconds = seconds or time.perf_counter() - start
    return seconds


async def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name, ModelServer([Say(SAYS)]) as server:
        endpoint = ModelSettings(endpoints=(Endpoint(server.url, "", {"": "m"}),), write_ahead=False, daily_tokens=0)
        settings = Settings(f"sqlite+aiosqlite:///{name}/tutor.sqlite", (CURRICULUM,), "UTC", daily_questions=0)
        store = await open_store(settings.database_url)
        speaking = MeteredModel(lambda: endpoint, store)
        tutor = Tutor(store, WorkerGrader(), MemoryNotebooks(), settings, model=speaking)
        daily = (await tutor.today("ada")).daily
        await tutor.open("ada", daily.id)
        exercise = await tutor.library.find("ada", daily.slug, daily.theme)
        assert exercise is not None
        await tutor.coach.prepare(exercise)
        mistake, cell = exercise.metadata.mistakes[0].source, exercise.answers[0].grade_id
        await first_word(tutor, daily.id, {cell: mistake})
        own, known, changed, offline = [], [], [], []
        for number in range(rounds):
            own.append(await own_time(speaking))
            known.append(await first_word(tutor, daily.id, {cell: mistake}))
            changed.append(await first_word(tutor, daily.id, {cell: f"{mistake}\n# {number}"}))
        endpoint = ModelSettings()
        for number in range(rounds):
            start = time.perf_counter()
            await tutor.hint("ada", daily.id, {cell: f"{mistake}\n# again {number}"})
            offline.append(time.perf_counter() - start)
        await tutor.close()
    base = statistics.median(own)
    for what, seconds in (("submitted before", known), ("changed just now", changed)):
        added = 1000 * (statistics.median(seconds) - base)
        print(f"first word beyond the model's own {1000 * base:.0f} ms, answer {what}: {added:.0f} ms; the goal is 150")
    print(f"a hint without a model: {1000 * statistics.median(offline):.0f} ms; the goal is 300")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
