"""Players and judges for a worker: warm ones from the fork server where that is possible, else started cold."""

import asyncio
from contextlib import suppress

from jupyter_client.kernelspec import KernelSpec

from jupyter_tutor.grading.job import Job, Limits
from jupyter_tutor.ports import JudgeProcess, Player
from jupyter_tutor.sandbox.environment import environment, is_this_python, kernel_for
from jupyter_tutor.sandbox.folders import Folders
from jupyter_tutor.sandbox.inside.namespaces import HOME
from jupyter_tutor.sandbox.judge import ChannelJudge
from jupyter_tutor.sandbox.level import Level, choose
from jupyter_tutor.sandbox.player import KernelPlayer
from jupyter_tutor.sandbox.pool import Pool
from jupyter_tutor.sandbox.supervise import available_mb, system_limits
from jupyter_tutor.sandbox.zygote import Zygote, ZygoteDown
from jupyter_tutor.settings import Sandbox

JUDGE_MB = 1024
"""Memory of a judge: it may hold what the player sends, and what the tests compute."""
_MOST_ENDING = 4
Pair = tuple[KernelPlayer, ChannelJudge]


class Jail:
    """Implements `ports.Jail`."""

    def __init__(self, sandbox: Sandbox, level: Level) -> None:
        self.sandbox, self.level = sandbox, level
        self.folders = Folders(level.user)
        self.zygote: Zygote | None = None
        self.cold_because = ""
        self._kernels: dict[str, tuple[str, KernelSpec]] = {}
        self.starting = asyncio.Lock()
        self.ending: set[asyncio.Task[None]] = set()
        self._judge_limits = system_limits(Limits(memory_mb=JUDGE_MB), level)
        self.pool: Pool[Pair] = Pool(
            lambda: self._forked(sandbox.limits),
            _usable,
            _close,
            sandbox.warm,
            lambda: available_mb() > 2 * sandbox.limits.memory_mb,
        )

    @classmethod
    async def open(cls, sandbox: Sandbox) -> "Jail":
        """Get the first players ready. Raises OperatorError when the level does not work here."""
        jail = cls(sandbox, await choose(sandbox.level, environment(HOME)))
        jail.pool.fill()
        return jail

    async def start(self, job: Job) -> Pair:
        pair = await self._pair(job)
        try:
            pair[0].begin(job)
        except BaseException:
            await _close(pair)
            raise
        return pair

    async def _pair(self, job: Job) -> Pair:
        name, spec = self._kernel(job.language)
        if job.hash_seed == 0 and is_this_python(spec):
            usual = job.limits.of_the_system() == self.sandbox.limits.of_the_system()
            with suppress(ZygoteDown):
                return await (self.pool.take() if usual else self._forked(job.limits))
        player = KernelPlayer(name, spec, self.level, self.folders, None, job.limits)
        await player.start(job.hash_seed)
        try:
            return player, await ChannelJudge.start(self.level, player.folder, self._judge_limits)
        except BaseException:
            await player.close()
            raise

    def _kernel(self, language: str) -> tuple[str, KernelSpec]:
        """The kernel of a language, looked for once. Raises OperatorError."""
        if language not in self._kernels:
            self._kernels[language] = kernel_for(language)
        return self._kernels[language]

    async def _forked(self, limits: Limits) -> Pair:
        """A pair from the fork server. Raises ZygoteDown."""
        zygote = await self.server()
        name, spec = self._kernel("python")
        player = KernelPlayer(name, spec, self.level, self.folders, zygote, limits)
        judging = asyncio.create_task(ChannelJudge.fork(zygote, player.folder, self._judge_limits))
        try:
            await player.start()
            return player, await judging
        except BaseException:
            await player.close()
            with suppress(Exception, asyncio.CancelledError):
                await (await judging).close()
            raise

    async def server(self) -> Zygote:
        """The fork server, a new one when it has ended. Raises ZygoteDown, at once when it failed to start before."""
        async with self.starting:
            if self.cold_because:
                raise ZygoteDown(self.cold_because)
            if self.zygote is None or not self.zygote.alive():
                try:
                    self.zygote = await Zygote.start(self.level, self.folders, self.sandbox.preload)
                except ZygoteDown as down:
                    self.cold_because = str(down)
                    raise
        return self.zygote

    async def release(self, player: Player, judge: JudgeProcess) -> None:
        """End a pair while its submission's verdict is on its way; wait when many are not gone yet."""
        ending = asyncio.create_task(_end(player, judge))
        self.ending.add(ending)
        ending.add_done_callback(self.ending.discard)
        if len(self.ending) > _MOST_ENDING:
            await asyncio.wait(self.ending, return_when=asyncio.FIRST_COMPLETED)

    async def close(self) -> None:
        """End everything and leave nothing."""
        await asyncio.gather(*self.ending, return_exceptions=True)
        await self.pool.close()
        if self.zygote is not None:
            await self.zygote.close()
        self.folders.close()


def _usable(pair: Pair) -> bool:
    return pair[0].alive() and pair[1].process.alive()


async def _close(pair: Pair) -> None:
    await _end(*pair)


async def _end(player: Player, judge: JudgeProcess) -> None:
    await asyncio.gather(player.close(), judge.close())
