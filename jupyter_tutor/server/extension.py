"""The server extension: registers the interface and keeps the one `Tutor` of the server."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from jupyter_server.extension.application import ExtensionApp
from traitlets import default

from jupyter_tutor.config import Tutor as TutorConfig
from jupyter_tutor.config import hides_key, read_settings
from jupyter_tutor.config_files import OWN_FILE, WatchedModelSettings
from jupyter_tutor.errors import TutorError
from jupyter_tutor.server.environment import hide_key
from jupyter_tutor.server.handlers import Endpoint
from jupyter_tutor.settings import LEARNER

if TYPE_CHECKING:
    from jupyter_tutor.tutor import Tutor

_PREPARE_EVERY = timedelta(minutes=30)


class TutorExtension(ExtensionApp):
    """Jupyter Tutor in a Jupyter server."""

    name = "jupyter_tutor"
    load_other_extensions = True
    classes = [TutorConfig]  # noqa: RUF012 - a traitlets convention

    @default("config_file_name")
    def _own_file(self) -> str:
        return OWN_FILE

    def initialize_settings(self) -> None:
        self._tutor: Tutor | None = None
        self._opening = asyncio.Lock()
        self._background: asyncio.Task[None] | None = None
        assert self.serverapp is not None
        if hides_key(self.serverapp.config):
            hide_key(self.serverapp.kernel_manager, self.log.info)

    def initialize_handlers(self) -> None:
        self.handlers.append((r"/tutor/api/v1/(.*)", Endpoint, {"tutor": self.tutor}))

    async def tutor(self) -> "Tutor":
        """The server's tutor, opened on the first call. Raises StorageError."""
        async with self._opening:
            if self._tutor is None:
                self._tutor = await self._open()
            return self._tutor

    async def _open(self) -> "Tutor":
        from jupyter_tutor.server.contents import ContentsNotebooks

        build, settings = await asyncio.to_thread(self._load)
        assert self.serverapp is not None
        watched = WatchedModelSettings(settings.model, self.serverapp.cli_config, self.serverapp.config_file)
        tutor: Tutor = await build(settings, ContentsNotebooks(self.serverapp.contents_manager), watched)
        try:
            left = await tutor.recover()
        except BaseException:
            await tutor.close()
            raise
        if left:
            self.log.info("Jupyter Tutor grades %d submissions that were left over", left)
        return tutor

    def _load(self) -> tuple[Any, Any]:
        """Import what takes long, away from the server's loop."""
        from jupyter_tutor.server import routes  # noqa: F401 - warmed for the first request
        from jupyter_tutor.tutor import build

        assert self.serverapp is not None
        return build, read_settings(config=self.serverapp.config)

    async def _start_jupyter_server_extension(self, serverapp: Any) -> None:
        self._background = asyncio.create_task(self._prepare())

    async def _prepare(self) -> None:
        """Once the server is up: open the database, then keep exercises ready."""
        while True:
            try:
                tutor = await self.tutor()
                await tutor.prepare(LEARNER)
            except TutorError as error:
                self.log.warning("Jupyter Tutor: %s", error)
            except Exception:  # the next round may do better
                self.log.exception("Jupyter Tutor could not get the exercises ready")
            await asyncio.sleep(_PREPARE_EVERY.total_seconds())

    async def stop_extension(self) -> None:
        if self._background is not None:
            self._background.cancel()
            await asyncio.gather(self._background, return_exceptions=True)
        if self._tutor is not None:
            await self._tutor.close()
            self._tutor = None
