"""One tornado handler for the whole interface: finds the route, validates, calls, and turns errors into problems.

pydantic and the tutor are imported with the first request, not with the server.
"""

import asyncio
import json
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web
from tornado.iostream import StreamClosedError

from jupyter_tutor.errors import Conflict, LearnerError, NotFound, TutorError
from jupyter_tutor.server.problems import details, problem, text, validation

if TYPE_CHECKING:
    from jupyter_tutor.server.route import Route
    from jupyter_tutor.tutor import Tutor

MAX_BODY = 20_000_000
_HEARTBEAT_SECONDS = 15.0


class Endpoint(APIHandler):
    """Everything below `tutor/api/v1/`."""

    auth_resource = "tutor"

    def initialize(self, tutor: Callable[[], Awaitable["Tutor"]]) -> None:
        self.tutor = tutor
        self.request_id = uuid.uuid4().hex[:12]
        self.started = time.monotonic()

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        error = kwargs.get("exc_info", (None, None, None))[1]
        detail = (
            error.log_message if isinstance(error, web.HTTPError) and error.log_message and status_code < 500 else ""
        )
        self._problem(
            details(
                status_code,
                self._reason,
                detail or "The server could not answer: its log tells more under this request id.",
                self.request_id,
            )
        )

    @web.authenticated
    @authorized
    async def get(self, path: str) -> None:
        await self._answer("GET", path)

    @web.authenticated
    @authorized
    async def post(self, path: str) -> None:
        await self._answer("POST", path)

    @web.authenticated
    @authorized
    async def put(self, path: str) -> None:
        await self._answer("PUT", path)

    @web.authenticated
    @authorized
    async def patch(self, path: str) -> None:
        await self._answer("PATCH", path)

    @web.authenticated
    @authorized
    async def delete(self, path: str) -> None:
        await self._answer("DELETE", path)

    def on_finish(self) -> None:
        super().on_finish()
        ms = round((time.monotonic() - self.started) * 1000)
        fields = {
            "event": "tutor.request",
            "id": self.request_id,
            "method": self.request.method,
            "path": self.request.path,
            "status": self.get_status(),
            "ms": ms,
        }
        self.log.info("%s", json.dumps(fields))

    async def _answer(self, method: str, path: str) -> None:
        try:
            if path == "openapi.json":
                return await self._openapi()
            match = await asyncio.to_thread(_match, method, path)
            arguments = self._arguments(match[0]) | match[1]
            tutor = await self.tutor()
            await (self._stream if match[0].stream else self._reply)(match[0], tutor, arguments)
        except TutorError as error:
            if not isinstance(error, LearnerError):
                self.log.warning(
                    "%s",
                    json.dumps(
                        {
                            "event": "tutor.problem",
                            "id": self.request_id,
                            "error": type(error).__name__,
                            "detail": str(error),
                        }
                    ),
                )
            self._problem(problem(error, self.request_id))

    async def _reply(self, route: "Route", tutor: "Tutor", arguments: dict[str, Any]) -> None:
        reply: Any = await route.call(tutor, **arguments)  # type: ignore[misc]
        self.set_status(route.status)
        if reply is None:
            await self.finish()
        else:
            items = (
                [item.model_dump(mode="json") for item in reply]
                if isinstance(reply, list)
                else reply.model_dump(mode="json")
            )
            await self.finish(text(items))

    async def _stream(self, route: "Route", tutor: "Tutor", arguments: dict[str, Any]) -> None:
        """Server-sent events. Errors before the first event are problems; a reader that leaves ends the stream."""
        events = route.call(tutor, **arguments).__aiter__()  # type: ignore[union-attr]
        waiting = asyncio.ensure_future(events.__anext__())
        started = False
        try:
            while True:
                done, _ = await asyncio.wait([waiting], timeout=_HEARTBEAT_SECONDS)
                event = waiting.result() if done else None
                if not started:
                    self.set_header("Content-Type", "text/event-stream")
                    self.set_header("Cache-Control", "no-cache")
                    self.set_header("X-Accel-Buffering", "no")
                    started = True
                self.write(f"event: {event.kind}\ndata: {text(event.data)}\n\n" if event else ": waiting\n\n")
                await self.flush()
                if done:
                    waiting = asyncio.ensure_future(events.__anext__())
        except (StopAsyncIteration, StreamClosedError):
            pass
        finally:
            waiting.cancel()
        if not self._finished:
            with suppress(StreamClosedError):  # the reader left with the last event
                await self.finish(set_content_type="text/event-stream")

    def _arguments(self, route: "Route") -> dict[str, Any]:
        from pydantic import ValidationError

        try:
            if route.query:
                values = {
                    name: self.get_query_argument(name)
                    for name in self.request.query_arguments
                    if name not in ("token", "_")
                }
                return {"query": route.query.model_validate(values)}
            if route.body:
                if len(self.request.body) > route.most:
                    what = "clear the notebook's outputs" if route.most == MAX_BODY else "it is too much to take in"
                    raise LearnerError(f"the request is larger than {route.most // 1_000_000} MB: {what}")
                return {"body": route.body.model_validate_json(self.request.body or b"{}")}
        except ValidationError as error:
            raise LearnerError(f"the request is not right: {validation(error)}") from None
        return {}

    async def _openapi(self) -> None:
        from jupyter_tutor.server.openapi import document

        await self.finish(text(await asyncio.to_thread(document)))

    def _problem(self, data: dict[str, Any]) -> None:
        self.set_status(data["status"])
        self.finish(text(data), set_content_type="application/problem+json")


def _match(method: str, path: str) -> tuple["Route", dict[str, str]]:
    """The route of a path and the ids in it. Raises NotFound, or Conflict for a method that it does not take."""
    from jupyter_tutor.server.routes import ROUTES

    parts = path.strip("/").split("/")
    fitting = [(route, ids) for route in ROUTES if (ids := _ids(route.path.split("/"), parts)) is not None]
    for route, ids in fitting:
        if route.method == method:
            return route, ids
    if fitting:
        raise Conflict(f"this address takes {' and '.join(sorted({r.method for r, _ in fitting}))}, not {method}")
    raise NotFound("there is no such address: openapi.json lists those that there are")


def _ids(pattern: list[str], parts: list[str]) -> dict[str, str] | None:
    """The values of `{names}` in a pattern, or None when the parts do not fit."""
    if len(pattern) != len(parts):
        return None
    if any(p != part for p, part in zip(pattern, parts, strict=True) if not p.startswith("{")):
        return None
    return {p.strip("{}"): part for p, part in zip(pattern, parts, strict=True) if p.startswith("{")}
