"""The widgets of the dashboard, and what they follow."""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.charts import MIME
from jupyter_tutor.kernel.events import Event
from jupyter_tutor.kernel.learner_replies import Progress
from jupyter_tutor.kernel.reading import read
from jupyter_tutor.kernel.replies import Daily

if TYPE_CHECKING:
    from tests.kernel.conftest import Double, Make


class Source:
    """Says what a test wants."""

    def __init__(self) -> None:
        self.answers: list[Progress | str] = []
        self.dailies: list[Daily] | str = []

    def load(self) -> Progress | str:
        return self.answers.pop(0)

    def exercises(self) -> list[Daily] | str:
        return self.dailies

    def link(self, path: str) -> str | None:
        return f"../{path}"


@pytest.fixture
def boxes() -> Iterator[Callable[..., Any]]:
    """Make dashboards that are closed in the end."""
    from jupyter_tutor.kernel.widgets import ProgressBox

    made: list[Any] = []

    def make(progress: Progress) -> Any:
        made.append(ProgressBox(progress, Source()))
        return made[-1]

    yield make
    for box in made:
        box.box.close()


@pytest.fixture
def box(boxes: Callable[..., Any], double: "Double", make: "Make") -> Any:
    """A dashboard with skills and badges."""
    return boxes(make(**double.RICH))


def shown(frame: Any) -> Any:
    """What a frontend is given to show there."""
    return frame.outputs[0]["data"] if frame.outputs else None


def history(box: Any) -> str:
    """The exercises that are shown."""
    return str(shown(box.history)["text/html"])


def eventually(what: Callable[[], bool]) -> None:
    """It becomes true."""
    end = time.monotonic() + 10
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_charts_tables_badges_and_exercises_are_shown(box: Any) -> None:
    assert [MIME in shown(frame) for frame in box.charts.values()] == [True, True, True]
    assert "Streak calendar" in box.top.value
    assert "linked lists" in box.skills.value
    assert "Ten solved" in box.rest.value
    assert '<a href="../tutor/2026-11-21-two-sum.ipynb">' in history(box)


def test_a_chart_without_data_takes_no_place(boxes: Callable[..., Any], make: "Make") -> None:
    box = boxes(make())
    assert (shown(box.charts["radar"]), box.charts["radar"].layout.display) == (None, "none")
    assert box.charts["weeks"].layout.display == ""


def test_every_filter_has_a_label_and_changes_the_exercises_alone(box: Any) -> None:
    before = box.top.value, box.skills.value, box.charts["mastery"].outputs
    filters = box.filters
    for one, value in (
        (filters.status, "skipped"),
        (filters.topic, "linked-lists"),
        (filters.difficulty, "hard"),
        (filters.text, "old"),
    ):
        assert one.description.endswith(":")
        empty, one.value = one.value, value
        assert "Old one" in history(box)
        assert "Two sum" not in history(box)
        one.value = empty
        assert "Two sum" in history(box)
    assert before == (box.top.value, box.skills.value, box.charts["mastery"].outputs)


def test_the_topics_that_can_be_chosen_are_those_of_the_exercises(box: Any) -> None:
    assert box.filters.topic.options == (("all", None), ("hashing", "hashing"), ("linked lists", "linked-lists"))


def test_filters_are_about_all_exercises_also_those_that_are_not_among_the_latest(
    boxes: Callable[..., Any], double: "Double", make: "Make"
) -> None:
    dailies = [double.DAILY | {"title": f"Number {n}"} for n in range(500)]
    box = boxes(make(history=dailies[:20]))
    box.source.dailies = read(list[Daily], dailies)
    box.filters.text.value = "number 499"
    assert "Number 499" in history(box)
    box.filters.text.value = ""
    assert (history(box).count("<a "), box.more.layout.display) == (20, "")
    for _ in range(10):
        box.more.click()
    assert (history(box).count("<a "), box.more.layout.display) == (500, "none")


def test_when_the_rest_cannot_be_had_the_latest_stay_and_the_reason_is_told(
    boxes: Callable[..., Any], double: "Double", make: "Make"
) -> None:
    box = boxes(make(history=[double.DAILY] * 20))
    box.source.dailies = "The server does not <answer>."
    box.more.click()
    assert "does not &lt;answer&gt;." in box.notice.value
    assert history(box).count("<a ") == 20


def test_refresh_shows_what_the_server_says_and_keeps_the_filter(box: Any, make: "Make") -> None:
    box.filters.status.value = "skipped"
    box.source.answers[:] = [make(current_streak=77)]
    box.button.click()
    assert "77 days" in box.top.value
    assert "Two sum" not in history(box)
    assert shown(box.charts["radar"]) is None


def test_a_refresh_that_fails_keeps_what_was_there_and_says_why(box: Any, make: "Make") -> None:
    box.source.answers[:] = ["The server does not <answer>.", make()]
    before = box.top.value
    box.button.click()
    assert "does not &lt;answer&gt;." in box.notice.value
    assert (box.top.value, box.button.disabled) == (before, False)
    box.button.click()
    assert box.notice.value == ""


def test_grading_is_a_bar_with_its_words_until_something_changed(box: Any, make: "Make") -> None:
    box.hear(Event("progress", '{"daily": "d1", "title": "<b>Two\\u202e sum", "done": 2, "total": 5}'))
    assert 'role="status" aria-live="polite">Checking <bdi>&lt;b&gt;Two sum</bdi>: 2 of 5<' in box.working.value
    assert '<progress value="2" max="5"' in box.working.value
    box.source.answers[:] = [make(current_streak=78)]
    box.hear(Event("changed", "{}"))
    assert box.working.value == ""
    assert "78 days" in box.top.value


def test_what_is_not_known_is_passed_over_and_a_failure_in_the_background_is_silent(box: Any) -> None:
    before = box.top.value
    box.hear(Event("weather", "sun"))
    box.source.answers[:] = ["The server does not answer."]
    box.hear(Event("changed", "{}"))
    assert (box.top.value, box.notice.value) == (before, "")


def test_a_dashboard_follows_the_server_until_its_widgets_are_closed(
    boxes: Callable[..., Any], double: "Double", make: "Make", api: Api
) -> None:
    double.changes = [[b": hello\n\n", double.event("changed", {}), *[b": waiting\n\n", 0.02] * 500]]
    box = boxes(make())
    box.source.answers[:] = [make(current_streak=79)]
    watch = box.watch(lambda: api)
    eventually(lambda: "79 days" in box.top.value)
    box.box.close()
    watch.thread.join(5)
    assert not watch.thread.is_alive()
