"""A circuit breaker: an endpoint that fails again and again is left alone for a while."""

from collections.abc import Callable
from dataclasses import dataclass

FAILURES = 5
PAUSE = 60.0


@dataclass
class Breaker:
    """`clock` gives seconds. After the pause one request is let through; when it fails too, the pause begins again."""

    clock: Callable[[], float]
    failures: int = 0
    until: float = 0.0

    def pause(self) -> float:
        """Seconds until the next request may be made."""
        return max(0.0, self.until - self.clock())

    def failed(self) -> None:
        self.failures += 1
        if self.failures >= FAILURES:
            self.until = self.clock() + PAUSE

    def worked(self) -> None:
        self.failures = 0
