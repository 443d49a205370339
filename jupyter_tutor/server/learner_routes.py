"""The part of the REST interface that is about the learner: profile, progress, notices and data."""

from collections.abc import AsyncIterator

from jupyter_tutor.archive import MOST_BYTES
from jupyter_tutor.grading.feed import Event
from jupyter_tutor.server import learner_schemas as schemas
from jupyter_tutor.server import learner_views as views
from jupyter_tutor.server.route import Route
from jupyter_tutor.settings import LEARNER
from jupyter_tutor.tutor import Tutor


async def profile(tutor: Tutor) -> schemas.ProfileState:
    return views.profile(await tutor.learners.profile(LEARNER))


async def change_profile(tutor: Tutor, body: schemas.ProfileChange) -> schemas.ProfileState:
    answers = {name: getattr(body, name) for name in type(body).model_fields if name in body.model_fields_set}
    return views.profile(await tutor.choose(LEARNER, answers))


async def progress(tutor: Tutor) -> schemas.Progress:
    view = await tutor.learners.progress(LEARNER)
    return views.progress(view, await tutor.library.metadata(view.latest))


async def progress_events(tutor: Tutor) -> AsyncIterator[Event]:
    async for event in tutor.learners.changes(LEARNER):
        yield event


async def notices(tutor: Tutor) -> list[schemas.Notice]:
    return [views.notice(notice) for notice in await tutor.learners.notices(LEARNER)]


async def notices_seen(tutor: Tutor, body: schemas.NoticesSeen) -> None:
    await tutor.learners.see_notices(LEARNER, body.keys)


async def export_data(tutor: Tutor) -> schemas.Archive:
    return schemas.Archive.model_validate_json(await tutor.rights.export(LEARNER, answers=False))


async def import_data(tutor: Tutor, body: schemas.ArchiveText) -> None:
    await tutor.take_in(LEARNER, body.text)


async def erase_data(tutor: Tutor) -> None:
    await tutor.erase(LEARNER)


ROUTES = (
    Route("GET", "profile", "What the learner chose, and the interview.", profile, schemas.ProfileState),
    Route("PATCH", "profile", "Choose.", change_profile, schemas.ProfileState, schemas.ProfileChange),
    Route("GET", "progress", "How the learner is doing.", progress, schemas.Progress),
    Route(
        "GET",
        "progress/events",
        "What changes, without an end: progress of grading, and changed when there is something to ask for again.",
        progress_events,
        stream=True,
    ),
    Route("GET", "notices", "What the learner is to be told, oldest first.", notices, list[schemas.Notice]),
    Route("POST", "notices/seen", "It was told.", notices_seen, None, schemas.NoticesSeen, status=204),
    Route(
        "GET",
        "data",
        "Everything that is kept of the learner, but written exercises not passed yet.",
        export_data,
        schemas.Archive,
    ),
    Route(
        "PUT",
        "data",
        "Take in what was downloaded; nothing may be kept of the learner yet.",
        import_data,
        None,
        schemas.ArchiveText,
        status=204,
        most=3 * MOST_BYTES,  # a text in a text has many escapes
    ),
    Route("DELETE", "data", "Delete everything that is kept of the learner.", erase_data, None, status=204),
)
