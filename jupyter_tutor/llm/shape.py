"""How a request is written down, in the forms that different servers accept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from jupyter_tutor.dialogue import Ask
from jupyter_tutor.llm.schema import instruction, strict

Format = Literal["schema", "json", "text"]
_SIMPLER: dict[Format, Format] = {"schema": "json", "json": "text"}
_ABOUT_FORMAT = re.compile(r"response_format|json_schema|json_object|json.?mode|structured|grammar|schema")
_UNSUPPORTED = re.compile(
    r"not? (supported|implemented|allowed)|unsupported|unrecognized|unknown|extra.?(input|forbid)"
)


@dataclass(frozen=True)
class Shape:
    """`format` is how an object is asked for; `usage` asks for the tokens of a stream; `limit` is what the server calls
    the bound of the answer; `temperature`: the model can be given one.
    """

    format: Format = "schema"
    usage: bool = True
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True

    def body(self, ask: Ask, model: str, temperature: float | None) -> dict[str, Any]:
        """The arguments of a chat completion."""
        messages = [{"role": message.role, "content": message.content} for message in ask.messages]
        body: dict[str, Any] = {"model": model, "messages": messages, "stream": True, self.limit: ask.most}
        if self.usage:
            body["stream_options"] = {"include_usage": True}
        if self.temperature and temperature is not None:
            body["temperature"] = temperature
        if ask.schema is not None:
            body |= self._object(messages, ask.schema)
        return body

    def _object(self, messages: list[dict[str, str]], schema: Mapping[str, Any]) -> dict[str, Any]:
        if self.format == "schema":
            form = {"name": "answer", "strict": True, "schema": strict(schema)}
            return {"response_format": {"type": "json_schema", "json_schema": form}}
        written = {"messages": [*messages, {"role": "system", "content": instruction(schema)}]}
        return written if self.format == "text" else written | {"response_format": {"type": "json_object"}}

    def simpler(self, status: int, said: str, wants_object: bool) -> "Shape | None":
        """What to try after a refusal with this status and text in lower case; None when another form is no help."""
        if self.usage and "stream_options" in said:
            return replace(self, usage=False)
        if self.limit == "max_tokens" and "max_completion_tokens" in said:
            return replace(self, limit="max_completion_tokens")
        if self.temperature and "temperature" in said:
            return replace(self, temperature=False)
        if not wants_object or self.format == "text":
            return None
        concerned = _ABOUT_FORMAT.search(said) or _UNSUPPORTED.search(said)
        if (concerned and status in (400, 404, 422, 500, 501)) or status in (400, 422):
            return replace(self, format=_SIMPLER[self.format])
        return None
