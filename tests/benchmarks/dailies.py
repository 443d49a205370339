"""How many dailies are made ready from the curriculum in an hour: chosen, proven and written, one for each learner."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.settings import Settings
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.testing import MemoryNotebooks
from jupyter_tutor.tutor import Tutor

CURRICULUM = Path(__file__).parent.parent.parent / "notebooks" / "curriculum"


async def main(learners: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(f"sqlite+aiosqlite:///{name}/tutor.sqlite", (CURRICULUM,), "UTC")
        tutor = Tutor(await open_store(settings.database_url), WorkerGrader(), MemoryNotebooks(), settings)
        start = time.perf_counter()
        for number in range(learners):
            view = await tutor.today(f"learner-{number}")
            await tutor.open(f"learner-{number}", view.daily.id)
        seconds = time.perf_counter() - start
        await tutor.close()
    print(f"{learners} dailies in {seconds:.1f} s: {3600 * learners / seconds:,.0f} an hour; the goal is 10,000")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
