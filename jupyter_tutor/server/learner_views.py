"""Turns what is known of a learner into what crosses HTTP."""

from collections.abc import Mapping
from dataclasses import replace

from jupyter_tutor.exercises.metadata import TutorMetadata
from jupyter_tutor.learning import model
from jupyter_tutor.overview import ProfileView, ProgressView
from jupyter_tutor.server import learner_schemas as schemas
from jupyter_tutor.server import views


def profile(view: ProfileView) -> schemas.ProfileState:
    return schemas.ProfileState.model_validate(
        {
            "profile": replace(view.profile, wish=view.wish),
            "questions": view.questions,
            "unanswered": list(view.unanswered),
            "current_level": view.level,
            "levels": list(view.levels),
            "all_topics": list(view.topics),
        }
    )


def notice(value: model.Notice) -> schemas.Notice:
    return schemas.Notice(**{name: getattr(value, name) for name in schemas.Notice.model_fields})


def progress(view: ProgressView, exercises: Mapping[str, TutorMetadata]) -> schemas.Progress:
    shared = ("today", "level", "completed", "passed", "active_seconds", "skips_left", "streak_rule", "frequency")
    return schemas.Progress(
        **{name: getattr(view, name) for name in shared},
        level_history=[schemas.LevelChange.model_validate(change) for change in view.level_history],
        current_streak=view.streaks.current,
        longest_streak=view.streaks.longest,
        calendar=[schemas.Day.model_validate(day) for day in view.calendar],
        history=[views.daily(d, exercises.get(d.id)) for d in view.latest],
        skills=[schemas.Skill.model_validate(skill) for skill in view.skills],
        badges=[schemas.Badge.model_validate(badge) for badge in view.badges],
    )
