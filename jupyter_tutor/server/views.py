"""Turns the tutor's values into what crosses HTTP."""

import json

from jupyter_tutor.exercises.metadata import TutorMetadata
from jupyter_tutor.generation.authoring import Writing
from jupyter_tutor.learning import model
from jupyter_tutor.learning.talk import ChatMessage, ChatPage, Memory
from jupyter_tutor.overview import DailyView, ModelView
from jupyter_tutor.server import schemas
from jupyter_tutor.tutoring.speech import Speech

_SHARED = (
    "id",
    "date",
    "slug",
    "title",
    "kind",
    "difficulty",
    "language",
    "topics",
    "minutes",
    "status",
    "passed",
    "path",
    "opened",
)
_COUNTED = ("hints_asked", "submissions", "best_score", "active_seconds", "completed_at")


def daily(value: model.Daily, metadata: TutorMetadata | None) -> schemas.Daily:
    """`metadata` is None when the exercise is no longer in the curriculum."""
    return schemas.Daily(
        **{name: getattr(value, name) for name in _SHARED + _COUNTED},
        objectives=list(metadata.objectives) if metadata else [],
        success_criteria=list(metadata.success_criteria) if metadata else [],
        because=list(value.because),
        hints_total=len(metadata.hints) if metadata else value.hints_asked,
    )


def detail(view: DailyView) -> schemas.DailyDetail:
    card = daily(view.daily, view.metadata)
    return schemas.DailyDetail(
        **card.model_dump(),
        hints=[schemas.Hint(rung=h.rung, of=card.hints_total, text=h.text, source=h.source) for h in view.hints],
        latest=submission(view.latest) if view.latest else None,
        is_today=view.is_today,
        skips_left=view.skips_left,
    )


def submission(value: model.Submission) -> schemas.Submission:
    verdict = json.loads(value.verdict) if value.verdict else None
    return schemas.Submission(
        id=value.id,
        daily_id=value.daily,
        created_at=value.created_at,
        status=value.status,
        verdict=verdict,
        problem=value.problem,
    )


def speech(value: Speech) -> schemas.Speech:
    return schemas.Speech(
        **{name: getattr(value, name) for name in ("id", "kind", "text", "source", "rung", "of", "again")},
        daily_id=value.daily,
        status="done" if value.done else "running",
        question=value.question or None,
        problem=value.problem or None,
    )


def message(value: ChatMessage) -> schemas.ChatMessage:
    shared = {name: getattr(value, name) for name in ("number", "role", "text", "at", "source")}
    return schemas.ChatMessage(**shared, daily_id=value.daily)


def chat(page: ChatPage) -> schemas.ChatPage:
    return schemas.ChatPage(items=[message(m) for m in page.items], next_cursor=page.next_cursor)


def memory(value: Memory) -> schemas.Memory:
    return schemas.Memory(**{name: getattr(value, name) for name in schemas.Memory.model_fields})


def generation(value: Writing) -> schemas.Generation:
    wanted = value.wanted
    return schemas.Generation.model_validate(
        {"id": value.id, "status": value.state, "topic": wanted.topic, "kind": wanted.kind}
        | {"difficulty": wanted.difficulty}
    )


def model_state(view: ModelView) -> schemas.ModelState:
    writing = None if view.writing is None else generation(view.writing)
    return schemas.ModelState(**vars(view) | {"writing": writing})
