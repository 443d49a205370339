"""The table of the REST interface. Handlers and the OpenAPI document are both made from it."""

from collections.abc import AsyncIterator

from jupyter_tutor.grading.feed import Event
from jupyter_tutor.learning.model import Filters
from jupyter_tutor.server import learner_routes, schemas, views
from jupyter_tutor.server.route import Route
from jupyter_tutor.settings import LEARNER
from jupyter_tutor.tutor import Tutor

NOT_STORED = "Your answer is kept, and its result could not be stored: it is checked again when the server starts next."


async def today(tutor: Tutor) -> schemas.DailyDetail:
    return views.detail(await tutor.today(LEARNER))


async def dailies(tutor: Tutor, query: schemas.DailyQuery) -> schemas.DailyPage:
    filters = Filters(query.status, query.topic, query.kind, query.difficulty, query.language, query.q)
    page = await tutor.dailies(LEARNER, filters, query.cursor, query.limit)
    exercises = await tutor.library.metadata(page.items)
    return schemas.DailyPage(
        items=[views.daily(d, exercises.get(d.id)) for d in page.items], next_cursor=page.next_cursor
    )


async def daily(tutor: Tutor, id: str) -> schemas.DailyDetail:
    return views.detail(await tutor.daily(LEARNER, id))


async def daily_at(tutor: Tutor, query: schemas.PathQuery) -> schemas.DailyDetail:
    return views.detail(await tutor.daily_at(LEARNER, query.path))


async def open_daily(tutor: Tutor, id: str) -> schemas.Opened:
    opened, created = await tutor.open(LEARNER, id)
    return schemas.Opened(path=opened.path, created=created)


async def submit(tutor: Tutor, id: str, body: schemas.SubmitRequest) -> schemas.Submission:
    return views.submission(await tutor.submit(LEARNER, id, body.sources, body.path))


async def submission(tutor: Tutor, id: str) -> schemas.Submission:
    return views.submission(await tutor.submission(LEARNER, id))


async def events(tutor: Tutor, id: str) -> AsyncIterator[Event]:
    async for event in tutor.events(LEARNER, id):
        if event.kind == "done":
            done = views.submission(event.submission or await tutor.submission(LEARNER, id))
            if done.status not in ("done", "failed"):
                done = done.model_copy(update={"status": "failed", "problem": NOT_STORED})
            event = Event("done", done.model_dump(mode="json"))
        yield event


async def hints(tutor: Tutor, id: str) -> list[schemas.Hint]:
    view = await tutor.daily(LEARNER, id)
    return views.detail(view).hints


async def hint(tutor: Tutor, id: str, body: schemas.HelpRequest) -> schemas.Speech:
    return views.speech(await tutor.hint(LEARNER, id, body.sources, body.path))


async def ask(tutor: Tutor, id: str, body: schemas.Question) -> schemas.Speech:
    return views.speech(await tutor.ask(LEARNER, id, body.text, body.sources, body.path))


async def feedback(tutor: Tutor, id: str) -> schemas.Speech:
    return views.speech(await tutor.feedback(LEARNER, id))


async def speeches(tutor: Tutor, id: str) -> list[schemas.Speech]:
    daily = await tutor.store.daily(LEARNER, id)
    return [views.speech(said) for said in tutor.coach.speeches.under_way(LEARNER, daily.id)]


async def speech(tutor: Tutor, id: str) -> schemas.Speech:
    return views.speech(tutor.coach.speeches.find(LEARNER, id))


async def speech_events(tutor: Tutor, id: str) -> AsyncIterator[Event]:
    said = tutor.coach.speeches.find(LEARNER, id)
    async for event in said.feed.listen():
        yield Event("done", views.speech(said).model_dump(mode="json")) if event.kind == "done" else event


async def messages(tutor: Tutor, id: str, query: schemas.ChatQuery) -> schemas.ChatPage:
    daily = await tutor.store.daily(LEARNER, id)
    return views.chat(await tutor.store.chat(LEARNER, daily.id, query.cursor, query.limit))


async def find_messages(tutor: Tutor, query: schemas.FindQuery) -> schemas.ChatPage:
    return views.chat(await tutor.store.find_messages(LEARNER, query.q, query.cursor, query.limit))


async def memories(tutor: Tutor) -> schemas.Memories:
    kept = [views.memory(m) for m in await tutor.store.memories(LEARNER)]
    return schemas.Memories(on=await tutor.remembering.allowed(LEARNER), items=kept)


async def switch_memory(tutor: Tutor, body: schemas.MemorySwitch) -> schemas.Memories:
    await tutor.choose(LEARNER, {"memory": body.on})
    return await memories(tutor)


async def correct_memory(tutor: Tutor, id: str, body: schemas.MemoryChange) -> schemas.Memory:
    return views.memory(await tutor.remembering.correct(LEARNER, id, body.text, body.on))


async def forget(tutor: Tutor, id: str) -> None:
    await tutor.store.forget(LEARNER, id)


async def forget_all(tutor: Tutor) -> None:
    await tutor.store.forget(LEARNER)


async def model(tutor: Tutor) -> schemas.ModelState:
    return views.model_state(await tutor.model_view(LEARNER))


async def generate(tutor: Tutor, body: schemas.GenerationRequest) -> schemas.Generation:
    return views.generation(await tutor.generate(LEARNER, body.topic, body.kind, body.difficulty))


async def generation(tutor: Tutor, id: str) -> schemas.Generation:
    return views.generation(tutor.authoring.find(LEARNER, id))


async def generation_events(tutor: Tutor, id: str) -> AsyncIterator[Event]:
    async for event in tutor.authoring.events(LEARNER, id):
        yield event


async def cancel_generation(tutor: Tutor, id: str) -> schemas.Generation:
    return views.generation(await tutor.authoring.cancel(LEARNER, id))


async def skip(tutor: Tutor, id: str) -> schemas.DailyDetail:
    return views.detail(await tutor.skip(LEARNER, id))


async def complete(tutor: Tutor, id: str) -> schemas.DailyDetail:
    return views.detail(await tutor.complete(LEARNER, id))


async def activity(tutor: Tutor, id: str, body: schemas.Activity) -> None:
    await tutor.activity(LEARNER, id, body.seconds)


ROUTES = (
    Route("GET", "daily", "Today's exercise, made on the first ask.", today, schemas.DailyDetail),
    Route(
        "GET", "dailies", "The learner's exercises, newest first.", dailies, schemas.DailyPage, query=schemas.DailyQuery
    ),
    Route(
        "GET", "dailies/by-path", "The exercise of a notebook.", daily_at, schemas.DailyDetail, query=schemas.PathQuery
    ),
    Route("GET", "dailies/{id}", "One exercise.", daily, schemas.DailyDetail),
    Route("POST", "dailies/{id}/open", "Make sure that the learner's notebook is there.", open_daily, schemas.Opened),
    Route(
        "POST",
        "dailies/{id}/submissions",
        "Submit the learner's notebook.",
        submit,
        schemas.Submission,
        schemas.SubmitRequest,
        status=202,
    ),
    Route("GET", "dailies/{id}/hints", "The hints that were given.", hints, list[schemas.Hint]),
    Route(
        "POST", "dailies/{id}/hints", "Ask for the next hint.", hint, schemas.Speech, schemas.HelpRequest, status=202
    ),
    Route(
        "GET",
        "dailies/{id}/chat",
        "What was said about an exercise, newest first.",
        messages,
        schemas.ChatPage,
        query=schemas.ChatQuery,
    ),
    Route("POST", "dailies/{id}/chat", "Ask a question.", ask, schemas.Speech, schemas.Question, status=202),
    Route(
        "GET",
        "chat",
        "Look in all conversations, newest first.",
        find_messages,
        schemas.ChatPage,
        query=schemas.FindQuery,
    ),
    Route(
        "POST", "submissions/{id}/feedback", "Feedback on a graded submission.", feedback, schemas.Speech, status=202
    ),
    Route("GET", "dailies/{id}/speeches", "What the tutor is saying.", speeches, list[schemas.Speech]),
    Route("GET", "speeches/{id}", "What the tutor said so far.", speech, schemas.Speech),
    Route(
        "GET",
        "speeches/{id}/events",
        "What the tutor says: text, withdrawn when all before it is taken back, and last done.",
        speech_events,
        stream=True,
    ),
    Route("GET", "memory", "What is remembered of the learner.", memories, schemas.Memories),
    Route("PUT", "memory", "Switch remembering on or off.", switch_memory, schemas.Memories, schemas.MemorySwitch),
    Route("DELETE", "memory", "Forget everything.", forget_all, None, status=204),
    Route("PATCH", "memory/{id}", "Correct one thing.", correct_memory, schemas.Memory, schemas.MemoryChange),
    Route("DELETE", "memory/{id}", "Forget one thing.", forget, None, status=204),
    Route("POST", "dailies/{id}/skip", "Skip today's exercise.", skip, schemas.DailyDetail),
    Route("POST", "dailies/{id}/complete", "Mark an exercise as complete.", complete, schemas.DailyDetail),
    Route("POST", "dailies/{id}/activity", "Report active time.", activity, None, schemas.Activity, status=204),
    Route("GET", "submissions/{id}", "One submission.", submission, schemas.Submission),
    Route(
        "GET",
        "submissions/{id}/events",
        "What happens to a submission: progress, check, verdict, and last done.",
        events,
        stream=True,
    ),
    Route("GET", "model", "Whether a language model helps.", model, schemas.ModelState),
    Route(
        "POST",
        "generations",
        "Have an exercise written by the language model.",
        generate,
        schemas.Generation,
        schemas.GenerationRequest,
        status=202,
    ),
    Route("GET", "generations/{id}", "An exercise that is being written.", generation, schemas.Generation),
    Route(
        "GET",
        "generations/{id}/events",
        "What happens to it: stage, and last done.",
        generation_events,
        stream=True,
    ),
    Route("POST", "generations/{id}/cancel", "Stop writing it.", cancel_generation, schemas.Generation),
    *learner_routes.ROUTES,
)
