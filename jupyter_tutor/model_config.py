"""The `c.Tutor.*` settings about language models. What is said about a wrong one never holds a key."""

import math
import os
from typing import Any
from urllib.parse import urlsplit

from traitlets import Bool, Dict, Float, Int, List, TraitError, Unicode, default, validate
from traitlets.config import Configurable

from jupyter_tutor.dialogue import USES
from jupyter_tutor.settings import Endpoint, ModelSettings

OPENAI = "https://api.openai.com/v1"
"""Where a key alone leads."""
_FALLBACK = {"base_url", "api_key", "models"}


class _Untold:
    """A trait whose errors do not show its value."""

    def error(self, obj: Any, value: Any, error: Exception | None = None, info: str | None = None) -> None:
        raise TraitError(f"c.Tutor.{self.name} has to be {info or self.info()}")  # type: ignore[attr-defined]


class _Secret(_Untold, Unicode):  # type: ignore[misc, type-arg]
    """A text that is not shown."""


class _Secrets(_Untold, List):  # type: ignore[misc, type-arg]
    """A list that is not shown."""


class ModelConfig(Configurable):
    """The settings about language models."""

    model_on = Bool(True, help="Whether a language model is asked at all; everything works without one.").tag(
        config=True
    )
    base_url = Unicode(
        help="The OpenAI-compatible server, such as http://localhost:8080/v1; OPENAI_BASE_URL when not set."
    ).tag(config=True)
    api_key = _Secret(help="The key for the server; OPENAI_API_KEY when not set.").tag(config=True)
    hide_key = Bool(True, help="Whether OPENAI_API_KEY is kept from the kernels that the server starts.").tag(
        config=True
    )
    models = Dict(
        help='The model for each use ("write", "hint", "chat"; "" for all others); the server\'s first when not set.'
    ).tag(config=True)
    fallbacks = _Secrets(
        help="Endpoints to ask when the first gives no answer, in order: dictionaries of base_url, api_key, models."
    ).tag(config=True)
    temperature = Float(
        None, allow_none=True, help="How freely the model chooses, from 0 to 2; the server decides when not set."
    ).tag(config=True)
    model_seconds = Float(60.0, min=0.1, help="Seconds for the first word of the model, and between words.").tag(
        config=True
    )
    model_tries = Int(3, min=1, max=10, help="How often an endpoint is tried before the next one.").tag(config=True)
    daily_tokens = Int(200_000, min=0, help="Tokens of a learner for a day (UTC); 0 is no bound.").tag(config=True)
    prices = Dict(
        help="The price of a million tokens in and out by model, such as {'small': (0.5, 2)}; only for the ledger."
    ).tag(config=True)
    write_ahead = Bool(True, help="Whether the model, where there is one, writes tomorrow's exercise.").tag(config=True)

    @default("base_url")
    def _base_url(self) -> str:
        return os.environ.get("OPENAI_BASE_URL", "")

    @default("api_key")
    def _api_key(self) -> str:
        return os.environ.get("OPENAI_API_KEY", "").strip()

    @validate("temperature")
    def _temperature(self, proposal: dict[str, Any]) -> float | None:
        value: float | None = proposal["value"]
        if value is not None and not 0 <= value <= 2:
            raise TraitError(f"c.Tutor.temperature has to be from 0 to 2, not {value}")
        return value

    def model_settings(self) -> ModelSettings:
        """The settings as a plain value. Raises TraitError."""
        endpoints = [_endpoint(entry, f"c.Tutor.fallbacks[{n}]") for n, entry in enumerate(self.fallbacks)]
        if self.base_url or self.api_key:
            first = {"base_url": self.base_url or OPENAI, "api_key": self.api_key, "models": self.models}
            endpoints.insert(0, _endpoint(first, "c.Tutor", "OPENAI_BASE_URL or "))
        return ModelSettings(
            on=self.model_on,
            endpoints=tuple(endpoints),
            temperature=self.temperature,
            seconds=self.model_seconds,
            tries=self.model_tries,
            daily_tokens=self.daily_tokens,
            prices={model: _price(model, price) for model, price in self.prices.items()},
            write_ahead=self.write_ahead,
        )


def _endpoint(entry: Any, place: str, or_else: str = "") -> Endpoint:
    if not isinstance(entry, dict) or not entry.keys() <= _FALLBACK or "base_url" not in entry:
        raise TraitError(f"{place} has to be a dictionary of base_url, and of api_key and models where needed")
    url = _url(entry["base_url"], f"{or_else}{place}.base_url")
    key = entry.get("api_key", "")
    if not isinstance(key, str) or not (key.isascii() and key.isprintable()) or " " in key:
        raise TraitError(f"{place}.api_key holds what no key has, such as a space or a line break: copy it again")
    return Endpoint(url, key, _models(entry.get("models", {}), f"{place}.models"))


def _url(url: Any, place: str) -> str:
    example = "use one such as http://localhost:8080/v1"
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except (ValueError, TypeError, AttributeError):
        whole = False
    if not whole or not isinstance(url, str) or not url.isprintable() or " " in url:
        raise TraitError(f"{place} is no URL of a server: {example}")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise TraitError(f"{place} holds more than a place: {example}, and c.Tutor.api_key for the key")
    return url


def _models(models: Any, place: str) -> dict[str, str]:
    if not isinstance(models, dict) or not all(isinstance(name, str) for name in models.values()):
        raise TraitError(f"{place} has to be a dictionary of names of models, such as {{'': 'small'}}")
    if unknown := models.keys() - {"", *USES}:
        raise TraitError(f"{place} knows no use {', '.join(map(repr, unknown))}: there are {', '.join(USES)}, and ''")
    return dict(models)


def _price(model: str, price: Any) -> tuple[float, float]:
    try:
        read, written = map(float, price)
    except (TypeError, ValueError):
        read = written = math.nan
    if not (0 <= read < math.inf and 0 <= written < math.inf):
        raise TraitError(f"c.Tutor.prices of {model!r} has to be two numbers: for a million tokens in, and out")
    return read, written
