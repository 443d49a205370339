"""Following a submission, and an exercise being written, over streams that break."""

from typing import TYPE_CHECKING

import pytest

from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.follow import Patience, Restarted, follow, follow_writing
from jupyter_tutor.kernel.message import NoAnswer, TutorMessage
from jupyter_tutor.kernel.replies import Check, Outcome, Stage, Step, Submission

if TYPE_CHECKING:
    from tests.kernel.conftest import Double

QUICK = Patience(pause=0.01, give_up=5, failures=2)


def kinds(api: Api, patience: Patience = QUICK) -> list[type]:
    return [type(update) for update in follow(api, "s1", patience)]


def test_updates_come_in_order_and_the_submission_last(api: Api, double: "Double") -> None:
    double.streams = [double.graded(double.CHECK, double.FAILED)]
    assert kinds(api) == [Step, Check, Step, Check, Submission]


def test_a_stream_that_breaks_is_read_again_from_its_start(api: Api, double: "Double") -> None:
    whole = double.graded(double.CHECK, double.FAILED)
    double.streams = [whole[:2], [b"event: check\nda"], whole]
    assert kinds(api) == [Step, Check, Restarted, Restarted, Step, Check, Step, Check, Submission]


def test_after_a_break_the_submission_itself_may_be_finished(api: Api, double: "Double") -> None:
    double.streams = [[]]
    double.answers["GET tutor/api/v1/submissions/s1"] = double.reply(double.submission("failed", problem="No grader."))
    assert [update.problem for update in follow(api, "s1", QUICK) if isinstance(update, Submission)] == ["No grader."]


def test_unknown_events_are_passed_over(api: Api, double: "Double") -> None:
    double.streams = [[double.event("weather", "sun"), *double.graded(double.CHECK)]]
    assert kinds(api) == [Step, Check, Submission]


def test_a_server_that_goes_away_ends_it(api: Api, double: "Double") -> None:
    double.streams = [double.graded(double.CHECK, double.FAILED)[:2]]
    double.after_stream = double.close
    with pytest.raises(NoAnswer, match="does not answer"):
        kinds(api)


@pytest.mark.parametrize("data", ["{", '"text"', '{"name": "x"}', ""])
def test_an_event_that_cannot_be_read_ends_it(api: Api, double: "Double", data: str) -> None:
    double.streams = [[double.event("check", data)]]
    with pytest.raises(TutorMessage, match=r"no JSON|not understood"):
        kinds(api)


def test_a_refusal_ends_it(api: Api, double: "Double") -> None:
    double.streams = [[]]
    double.answers["GET tutor/api/v1/submissions/s1"] = double.problem(404, "There is no such submission.")
    with pytest.raises(TutorMessage, match="no such submission"):
        kinds(api)


def test_waiting_has_an_end(api: Api, double: "Double") -> None:
    double.streams = [[]]
    with pytest.raises(NoAnswer, match="no verdict yet"):
        kinds(api, Patience(pause=0.01, give_up=0.1))


def test_stages_come_in_order_and_the_outcome_last_also_when_the_stream_breaks(api: Api, double: "Double") -> None:
    first, second = double.stage("drafting", "Writing a draft"), double.stage("drafting", "Writing a draft", 2)
    double.streams = [[first, b"event: sta"], [first, second, double.ended("written", daily="d1")]]
    updates = list(follow_writing(api, "g1", QUICK))
    assert [type(update) for update in updates] == [Stage, Restarted, Stage, Stage, Outcome]
    assert updates[3] == Stage("Writing a draft", 2, 3)
    assert updates[-1] == Outcome("written", None, "d1")
    assert double.calls == ["GET generations/g1/events"] * 2
