"""What went wrong with a request, in words that say what to do and hold neither key nor prompt."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from jupyter_tutor.settings import Endpoint

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,40}")
_TOO_LONG = re.compile(
    r"context.{0,40}(length|size|window|exceed)|exceed.{0,40}context|(prompt|input|request).{0,20}too (long|large)"
)
_NO_CREDIT = re.compile(r"insufficient_quota|insufficient.{0,10}(balance|credit|funds)|billing")


class Fault(Exception):
    """A request failed. `again`: the same may work a little later, after `wait` seconds where the server says so.
    `status` and `said` (in lower case, never shown) are what the server refused with.
    """

    def __init__(
        self, sentence: str, again: bool = False, wait: float | None = None, status: int = 0, said: str = ""
    ) -> None:
        super().__init__(sentence)
        self.again, self.wait, self.status, self.said = again, wait, status, said


@dataclass(frozen=True)
class Teller:
    """Tells faults of one endpoint and model."""

    endpoint: Endpoint
    model: str = ""

    @property
    def name(self) -> str:
        """The endpoint without what could be secret in its URL."""
        parts = urlsplit(self.endpoint.base_url)
        return f"the model endpoint {parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"

    def unreachable(self) -> Fault:
        return Fault(f"{self.name} cannot be reached: check that it runs, and c.Tutor.base_url", again=True)

    def late(self, seconds: float) -> Fault:
        return Fault(
            f"{self.name} said nothing for {seconds:g} s: try again later, or raise c.Tutor.model_seconds", again=True
        )

    def broken(self) -> Fault:
        return Fault(f"the answer of {self.name} broke off: try again", again=True)

    def too_much(self) -> Fault:
        return Fault(f"the answer of {self.name} is too long to be one: try again, or choose another model")

    def no_answer(self) -> Fault:
        """It speaks, but not this protocol."""
        return Fault(
            f"{self.name} does not answer as an OpenAI-compatible server does: "
            "check c.Tutor.base_url, it usually ends in /v1"
        )

    def paused(self, seconds: float) -> Fault:
        return Fault(f"{self.name} failed again and again: it is asked again in {seconds:.0f} s")

    def unsendable(self) -> Fault:
        return Fault(f"the key for {self.name} holds letters that no key has: check c.Tutor.api_key or OPENAI_API_KEY")

    def no_models(self) -> Fault:
        return Fault(f"{self.name} lists no models: name one in c.Tutor.models")

    def refused(self, status: int, said: str, wait: float | None = None) -> Fault:
        """The server answered with an error status."""
        sentence, again = self._sentence(status, said.lower())
        return Fault(sentence, again, wait, status, said.lower())

    def _sentence(self, status: int, said: str) -> tuple[str, bool]:
        if status in (401, 403):
            wrong = "refused the key: check" if self.endpoint.key else "wants a key: set"
            return f"{self.name} {wrong} c.Tutor.api_key or OPENAI_API_KEY", False
        if status in (402, 429) and (status == 402 or _NO_CREDIT.search(said)):
            return f"the account at {self.name} has no credit left: see its billing page", False
        if status == 413 or _TOO_LONG.search(said):
            return f"the request is too long for the model {self.model!r}: choose one that reads more", False
        if status == 404:
            check = "check c.Tutor.models, and c.Tutor.base_url, which usually ends in /v1"
            return f"{self.name} does not know the model {self.model!r}: {check}", False
        if status == 429:
            return f"{self.name} takes no more requests at the moment: try again later", True
        if status >= 500 or status in (408, 409, 425):
            return f"{self.name} failed (status {status}): try again later, or look into its log", True
        return f"{self.name} refused the request (status {status}{self._code(said)}): try another model", False

    def _code(self, said: str) -> str:
        """The server's short name of the error; longer texts could hold what was sent."""
        found = re.search(r'"code": ?"([^"]+)"', said) or re.search(r'"type": ?"([^"]+)"', said)
        name = found[1] if found else ""
        return f", {name}" if _NAME.fullmatch(name) and not self._secret(name) else ""

    def _secret(self, name: str) -> bool:
        key = self.endpoint.key.lower()
        return bool(key) and (key in name or name in key)


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a date; None when it is neither."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            at = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError):
            return None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        seconds = (at - (now or datetime.now(UTC))).total_seconds()
    return max(0.0, seconds) if seconds == seconds else None
