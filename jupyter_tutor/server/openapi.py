"""The OpenAPI document of the REST interface, made from the table of routes."""

import re
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from jupyter_tutor.server import learner_schemas, schemas
from jupyter_tutor.server.route import Route
from jupyter_tutor.server.routes import ROUTES
from jupyter_tutor.version import __version__

_REF = "#/components/schemas/{model}"


@cache
def document() -> dict[str, Any]:
    """An OpenAPI 3.1 document."""
    models = [
        value
        for value in (vars(schemas) | vars(learner_schemas)).values()
        if isinstance(value, type) and issubclass(value, schemas.Schema) and value is not schemas.Schema
    ]
    used = [(model, "serialization") for model in models if not model.__name__.endswith("Query")]
    _, definitions = models_json_schema(used, ref_template=_REF)  # type: ignore[arg-type]
    paths: dict[str, Any] = {}
    for route in ROUTES:
        paths.setdefault(f"/{route.path}", {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Jupyter Tutor", "version": __version__},
        "servers": [{"url": "tutor/api/v1"}],
        "paths": paths,
        "components": {"schemas": definitions["$defs"]},
    }


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.call.__name__,
        "summary": route.summary,
        "parameters": _parameters(route),
    }
    if route.body:
        operation["requestBody"] = {"content": {"application/json": {"schema": _schema(route.body)}}}
    if route.stream:
        reply: dict[str, Any] = {
            "description": "Server-sent events",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        }
    elif route.reply is None:
        reply = {"description": "Done"}
    else:
        reply = {"description": "The answer", "content": {"application/json": {"schema": _schema(route.reply)}}}
    failure = {
        "description": "What is wrong, and what to do",
        "content": {"application/problem+json": {"schema": _schema(schemas.Problem)}},
    }
    operation["responses"] = {str(route.status): reply, "default": failure}
    return operation


def _parameters(route: Route) -> list[dict[str, Any]]:
    ids = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", route.path)
    ]
    if route.query is None:
        return ids
    schema = route.query.model_json_schema()
    required = schema.get("required", [])
    return ids + [
        {"name": name, "in": "query", "required": name in required, "schema": part}
        for name, part in schema["properties"].items()
    ]


def _schema(kind: Any) -> dict[str, Any]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return {"$ref": _REF.format(model=kind.__name__)}
    schema = TypeAdapter(kind).json_schema(ref_template=_REF)
    schema.pop("$defs", None)
    return schema
