"""Listens to what changes about the learner, in the background."""

import logging
import threading
from collections.abc import Callable
from typing import ClassVar

from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.events import Event
from jupyter_tutor.kernel.message import TutorMessage

_log = logging.getLogger(__name__)
CHANGED = Event("changed", "{}")
"""What is told when something may have changed while nobody listened."""
PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Seconds before each further try, the last one for all that follow."""
MOST = 4
"""Watches at the same time: a dashboard that is shown again leaves its old one behind."""


class Watch:
    """Tells of each event until it is stopped, over streams that break, in a thread that ends with the kernel."""

    _running: ClassVar[list["Watch"]] = []

    def __init__(
        self, find: Callable[[], Api], tell: Callable[[Event], None], pauses: tuple[float, ...] = PAUSES
    ) -> None:
        self.find, self.tell, self.pauses = find, tell, pauses
        self.thread = threading.Thread(target=self._run, name="jupyter-tutor-progress", daemon=True)
        self._stopped = threading.Event()
        self._failures = 0

    def start(self) -> None:
        """Listen; the oldest of too many stops."""
        self._running.append(self)
        for old in self._running[:-MOST]:
            old.stop()
        self.thread.start()

    def stop(self) -> None:
        """Listen no more: the connection ends at the next line of the stream, which has heartbeats."""
        self._stopped.set()
        if self in self._running:
            self._running.remove(self)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                for event in self.find().changes(self._at_a_line):
                    self._say(event)
            except TutorMessage as message:
                if message.status == 404:
                    return self.stop()
            except Exception:
                _log.debug("progress/events", exc_info=True)
            pause = self.pauses[min(self._failures, len(self.pauses) - 1)]
            self._failures += 1
            self._stopped.wait(pause)
        return None

    def _at_a_line(self) -> bool:
        """The connection stands; when it had not, events may have been missed."""
        if self._failures and not self._stopped.is_set():
            self._failures = 0
            self._say(CHANGED)
        return self._stopped.is_set()

    def _say(self, event: Event) -> None:
        """What goes wrong where it is told does not end the listening."""
        if self._stopped.is_set():
            return
        try:
            self.tell(event)
        except Exception:
            _log.debug("progress", exc_info=True)
