"""`jupyter tutor generate` against a real endpoint that plays its answers."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyter_tutor.exercises.exercise import read_exercise
from jupyter_tutor.testing.model import ModelServer, Refuse, Say
from tests.cli.conftest import Run
from tests.generation.drafts import DATA_STRUCTURE

Generate = Callable[..., "subprocess.CompletedProcess[str]"]

ASKED = ("--topic", "queues", "--kind", "data-structure", "--difficulty", "easy")
KEY = "sk-marked-77c1"
GOOD = [Say(DATA_STRUCTURE.model_dump_json()), Say(json.dumps({"code": DATA_STRUCTURE.reference}))]


@pytest.fixture
def generate(tutor: Run) -> Generate:
    def run(server: ModelServer | None, *words: object) -> "subprocess.CompletedProcess[str]":
        endpoint = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": KEY} if server else {}
        return tutor("generate", *words, **endpoint)

    return run


def test_an_exercise_is_written_with_a_report_of_what_was_tried(generate: Generate, tmp_path: Path) -> None:
    with ModelServer([Say("no JSON at all"), *GOOD]) as server:
        done = generate(server, *ASKED, "--interests", "theatre", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    path = Path(done.stdout.strip())
    assert path == tmp_path / "out" / "the-ticket-desk.ipynb"
    assert read_exercise(path).metadata.topics[0] == "queues"
    assert "Try 1, no draft: refused at drafting" in done.stderr
    assert "Try 2, The ticket desk: accepted" in done.stderr
    assert "tokens" in done.stderr
    assert KEY not in done.stdout + done.stderr + path.read_text()


def test_what_was_tried_comes_as_json_too_when_nothing_was_proven(generate: Generate, tmp_path: Path) -> None:
    with ModelServer([Say("{}"), Say("{}"), Say("{}")]) as server:
        done = generate(server, *ASKED, "--json", "-o", tmp_path / "out")
    assert done.returncode == 1
    said = json.loads(done.stdout)
    assert said["exercise"] is None
    assert len(said["report"]["tries"]) == 3
    assert "no draft was accepted in 3 tries" in done.stderr
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--language", "cobol"), "python only"),
        (("--topic", "<script>"), "is no topic"),
        (("--kind", "essay"), "none of algorithm"),
        (("--minutes", "500"), "between 5 and 120 minutes"),
        ((), "there is no language model: set OPENAI_BASE_URL"),
    ],
    ids=["language", "topic", "kind", "minutes", "no model"],
)
def test_what_cannot_be_written_is_said_at_once(
    generate: Generate, words: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    done = generate(None, *words, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_key_and_a_place_that_cannot_be_written_are_named(generate: Generate, tmp_path: Path) -> None:
    with ModelServer([Refuse(401)] * 9) as server:
        done = generate(server, *ASKED, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "key" in done.stderr
    assert KEY not in done.stderr
    (tmp_path / "file").write_text("")
    with ModelServer([]) as server:
        done = generate(server, *ASKED, "-o", tmp_path / "file" / "below")
        assert server.requests == []
    assert "cannot be written to" in done.stderr
