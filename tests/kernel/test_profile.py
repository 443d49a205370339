"""`%tutor profile`: showing it, changing one thing, and the interview."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from IPython.core.error import StdinNotImplementedError

if TYPE_CHECKING:
    from tests.kernel.conftest import Double

Tutor = Callable[[str], tuple[str, str]]
Answers = Callable[..., list[str]]


@pytest.fixture
def learner(found: Path, double: "Double") -> "Double":
    """The double, and this process is its kernel."""
    return double


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Let the learner type these answers; exceptions are raised. The prompts that were shown."""

    def script(*answers: str | BaseException) -> list[str]:
        prompts: list[str] = []
        left: Iterator[str | BaseException] = iter(answers)

        def type_in(prompt: str = "") -> str:
            prompts.append(prompt)
            answer = next(left)
            if isinstance(answer, BaseException):
                raise answer
            return answer

        monkeypatch.setattr("builtins.input", type_in)
        return prompts

    return script


def test_alone_it_shows_all_of_it_and_how_to_change_it(learner: "Double", tutor: Tutor) -> None:
    printed, complaint = tutor("profile")
    assert not complaint
    for row in ("  skill      intermediate  (", "  interests  music  (", "  adapt      yes  (", "  goals      none  ("):
        assert row in printed
    assert "  level      medium  (" in printed
    assert "`%tutor profile skill beginner`" in printed
    assert "6 questions are open: `%tutor profile ask`" in printed


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("skill beginner", {"skill": "beginner"}),
        ("SKILL Begin", {"skill": "beginner"}),
        ("interests music, sport ,, card games", {"interests": ["music", "sport", "card games"]}),
        ("interests none", {"interests": []}),
        ("goals analyse data", {"goals": ["analyse data"]}),
        ("topics recursion", {"topics": ["recursion"]}),
        ("level hard", {"level": "hard"}),
        ("level auto", {"adapt": True}),
        ("adapt no", {"adapt": False}),
        ("placement yes", {"placement": True}),
        ("memory off", {"memory": False}),
        ("minutes 45", {"minutes": 45}),
        ("time-zone Asia/Tokyo", {"time_zone": "Asia/Tokyo"}),
        ("zone Asia/Tokyo", {"time_zone": "Asia/Tokyo"}),
        ("wish binary search", {"wish": "binary search"}),
        ("wish none", {"wish": ""}),
    ],
)
def test_one_thing_is_changed_by_its_name(learner: "Double", tutor: Tutor, words: str, body: object) -> None:
    printed, complaint = tutor(f"profile {words}")
    assert not complaint
    assert printed.startswith("Kept. ")
    assert learner.calls == ["GET profile", "PATCH profile"]
    assert learner.bodies("PATCH tutor/api/v1/profile") == [body]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("skil beginner", "Did you mean `%tutor profile skill`?"),
        ("aks", "Did you mean `%tutor profile ask`?"),
        ("weather sunny", "A profile has no `weather`. `%tutor profile` shows"),
        ("skill begginer", "is none of beginner, intermediate, advanced. Did you mean `beginner`?"),
        ("level harder", "is none of easy, medium, hard, auto. Did you mean `hard`?"),
        ("adapt perhaps", "Say yes or no, and not `perhaps`."),
        ("minutes many", "Say a whole number, and not `many`."),
        ("skill \x1b[31m" + "x" * 300, "is none of beginner"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is_near(learner: "Double", tutor: Tutor, words: str, said: str) -> None:
    printed, complaint = tutor(f"profile {words}")
    assert not printed
    assert said in complaint
    assert (len(complaint) < 200, "\x1b" in complaint) == (True, False)
    assert "PATCH profile" not in learner.calls


def test_what_the_server_refuses_is_its_sentence(learner: "Double", tutor: Tutor) -> None:
    learner.answers["PATCH tutor/api/v1/profile"] = learner.problem(400, "Minutes has to be from 5 to 180.")
    assert tutor("profile minutes 500") == ("", "Minutes has to be from 5 to 180.\n")


def test_a_name_alone_says_how_it_stands(learner: "Double", tutor: Tutor) -> None:
    assert tutor("profile interests")[0].startswith("interests: music (what stories")
    assert learner.calls == ["GET profile"]


def test_after_a_change_the_level_says_whether_it_moves(learner: "Double", tutor: Tutor) -> None:
    learner.answers["PATCH tutor/api/v1/profile"] = learner.reply(learner.profile(adapt=False))
    assert tutor("profile adapt no")[0] == "Kept. adapt: no (level medium: it stays until you change it)\n"


def test_a_wish_that_no_exercise_fulfils_is_kept_with_a_word(learner: "Double", tutor: Tutor) -> None:
    learner.answers["PATCH tutor/api/v1/profile"] = learner.reply(learner.profile(wish="recursoin"))
    printed, _ = tutor("profile wish recursoin")
    assert printed == "Kept. wish: recursoin\nNo exercise is about recursoin yet. Did you mean `recursion`?\n"
    learner.answers["PATCH tutor/api/v1/profile"] = learner.reply(learner.profile(wish="Linked lists"))
    assert tutor("profile wish Linked lists")[0] == "Kept. wish: Linked lists\n"


def test_the_questions_are_skipped_and_can_be_asked_later(learner: "Double", tutor: Tutor) -> None:
    printed, _ = tutor("profile skip")
    assert "`%tutor profile ask` goes through the 6 questions at any time." in printed
    assert learner.bodies("profile")[-1] == {"interview": "skipped"}
    learner.answers["GET tutor/api/v1/profile"] = learner.reply(learner.profile(interview="skipped"))
    assert "skip`" not in tutor("profile")[0].splitlines()[-1]


def test_each_answer_is_sent_at_once_and_the_last_ends_the_interview(
    learner: "Double", tutor: Tutor, says: Answers
) -> None:
    prompts = says("1", "y", "music, sport", "none", "30", "Europe/Vienna")
    printed, complaint = tutor("profile ask")
    assert not complaint
    assert "1 of 6  How well do you program?" in printed
    assert "  1  I am beginning\n" in printed
    assert prompts[0] == "Number or word [I can write small programs]: "
    assert prompts[2] == "Words, by commas [music]: "
    assert [body for body in learner.bodies("profile") if body] == [
        {"skill": "beginner"},
        {"placement": True},
        {"interests": ["music", "sport"]},
        {"goals": []},
        {"minutes": 30},
        {"time_zone": "Europe/Vienna"},
        {"interview": "done"},
    ]


def test_enter_alone_keeps_the_default_and_answers_the_question(learner: "Double", tutor: Tutor, says: Answers) -> None:
    says("", " ", "", "", "", "")
    tutor("profile ask")
    sent = [body for body in learner.bodies("profile") if body]
    assert sent[:3] == [{"skill": "intermediate"}, {"placement": False}, {"interests": ["music"]}]
    assert sent[-1] == {"interview": "done"}


def test_what_is_not_understood_or_refused_is_asked_again(learner: "Double", tutor: Tutor, says: Answers) -> None:
    prompts = says("expert", "stop")
    printed, _ = tutor("profile ask")
    assert "`expert` is none of beginner, intermediate, advanced." in printed
    assert prompts[0] == prompts[1]
    learner.answers["PATCH tutor/api/v1/profile"] = learner.problem(400, "That is too beginner.")
    says("beginner", "stop")
    assert "That is too beginner." in tutor("profile ask")[0]


@pytest.mark.parametrize("leaves", ["stop", "STOP", KeyboardInterrupt(), EOFError()], ids=repr)
def test_whoever_leaves_keeps_the_answers_and_goes_on_there(
    learner: "Double", tutor: Tutor, says: Answers, leaves: str | BaseException
) -> None:
    says("beginner", leaves)
    printed, complaint = tutor("profile ask")
    assert not complaint
    assert printed.endswith("Your answers up to here are kept: `%tutor profile ask` goes on there.\n")
    assert [body for body in learner.bodies("profile") if body] == [{"skill": "beginner"}]


def test_only_open_questions_are_asked(learner: "Double", tutor: Tutor, says: Answers) -> None:
    state = learner.profile()
    learner.answers["GET tutor/api/v1/profile"] = learner.reply(state | {"unanswered": ["minutes"]})
    prompts = says("15")
    assert "1 of 1  How many minutes" in tutor("profile ask")[0]
    assert prompts == ["Number [20]: "]
    learner.answers["GET tutor/api/v1/profile"] = learner.reply(state | {"unanswered": []})
    assert tutor("profile ask")[0].startswith("All questions are answered")


def test_where_nothing_can_be_typed_it_says_what_to_do(learner: "Double", tutor: Tutor, says: Answers) -> None:
    says(StdinNotImplementedError("no"))
    _, complaint = tutor("profile ask")
    assert "cannot ask you anything" in complaint
    assert "`%tutor profile`" in complaint


@pytest.mark.parametrize(
    "answer", [(503, "text/html", b""), (404, "text/html", b""), (200, "application/json", b"{}")], ids=str
)
def test_a_server_that_cannot_answer_ends_the_interview(
    learner: "Double", tutor: Tutor, says: Answers, answer: tuple[int, str, bytes]
) -> None:
    learner.answers["PATCH tutor/api/v1/profile"] = answer
    prompts = says("beginner")
    _, complaint = tutor("profile ask")
    assert (len(prompts), complaint.count("\n")) == (1, 1)
