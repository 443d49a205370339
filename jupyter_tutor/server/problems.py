"""The one table from errors to HTTP problems."""

import json
from typing import Any

from jupyter_tutor.errors import (
    AuthorError,
    BudgetSpent,
    Conflict,
    GraderError,
    LearnerError,
    ModelError,
    ModelOff,
    NotFound,
    OperatorError,
    StorageError,
    TutorError,
    sentence,
)

STATUS: dict[type[TutorError], tuple[int, str]] = {
    NotFound: (404, "Not found"),
    Conflict: (409, "Not possible now"),
    LearnerError: (400, "Bad request"),
    AuthorError: (500, "The exercise has a fault"),
    StorageError: (503, "The database cannot be used"),
    OperatorError: (503, "The installation has a fault"),
    BudgetSpent: (429, "Enough for today"),
    ModelOff: (409, "No language model"),
    ModelError: (503, "The language model gave no answer"),
    GraderError: (503, "The grader ended"),
    TutorError: (500, "Something went wrong"),
}


def problem(error: TutorError, request_id: str) -> dict[str, Any]:
    """Problem details (RFC 9457) of an error."""
    status, title = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return details(status, title, sentence(str(error)), request_id)


def details(status: int, title: str, detail: str, request_id: str) -> dict[str, Any]:
    """Problem details with the request's id, by which it is found in the log."""
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "request_id": request_id}


def validation(error: Any) -> str:
    """The first complaint of a pydantic ValidationError, as a sentence."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])


def text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)
