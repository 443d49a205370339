"""JSON schemas as servers and models want them, and the object in an answer."""

import json
from collections.abc import Iterator, Mapping
from typing import Any


def strict(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema in the strict form: each object has all of its properties and no others, and nothing has a default."""
    kept = {name: _strict(name, value) for name, value in schema.items() if name != "default"}
    if isinstance(schema.get("properties"), Mapping):
        kept |= {"required": list(schema["properties"]), "additionalProperties": False}
    return kept


def _strict(name: str, value: Any) -> Any:
    if name in ("properties", "$defs", "definitions") and isinstance(value, Mapping):
        return {key: strict(inner) if isinstance(inner, Mapping) else inner for key, inner in value.items()}
    if isinstance(value, list):
        return [strict(inner) if isinstance(inner, Mapping) else inner for inner in value]
    return strict(value) if isinstance(value, Mapping) else value


def instruction(schema: Mapping[str, Any]) -> str:
    """What a model is told when the server cannot hold it to the schema."""
    return (
        "Answer with one JSON object and nothing else: no prose, no code fence. "
        f"It fits this JSON schema:\n{json.dumps(schema, ensure_ascii=False)}"
    )


def find_object(text: str) -> str | None:
    """The first JSON object in a text, whatever stands around it; None when there is none."""
    for start in _braces(text):
        try:
            found, end = json.JSONDecoder(strict=False).raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return text[start:end] if _plain(text[start:end]) else json.dumps(found, ensure_ascii=False)
    return None


def _braces(text: str, most: int = 100) -> Iterator[int]:
    """Where an object could begin; not more often than `most`, as each is tried to the end of the text."""
    at = -1
    for _ in range(most):
        at = text.find("{", at + 1)
        if at < 0:
            return
        yield at


def _plain(text: str) -> bool:
    """Whether strict readers take it as it is: models leave bare line breaks in strings."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
