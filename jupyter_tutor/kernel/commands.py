"""What the words after `%tutor` do."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from IPython.core.display_functions import display

from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.card import card
from jupyter_tutor.kernel.cells import ExecutedCells
from jupyter_tutor.kernel.client import Client
from jupyter_tutor.kernel.follow import Patience, follow, follow_speech, follow_writing
from jupyter_tutor.kernel.message import NoAnswer, TutorMessage
from jupyter_tutor.kernel.notebook import link, notebook_path
from jupyter_tutor.kernel.notices import tell_notices
from jupyter_tutor.kernel.plain import escape, line
from jupyter_tutor.kernel.printable import FILE, save
from jupyter_tutor.kernel.profile import change_profile
from jupyter_tutor.kernel.progress import Dashboard
from jupyter_tutor.kernel.replies import DailyDetail, Generation, Speech
from jupyter_tutor.kernel.results import Results
from jupyter_tutor.kernel.screen import board, complain, show
from jupyter_tutor.kernel.server import Server, find_server
from jupyter_tutor.kernel.sheet import paragraph, sheet
from jupyter_tutor.kernel.talk import Talk, remembered
from jupyter_tutor.kernel.words import counted
from jupyter_tutor.kernel.writing import CURRICULUM, STOPPED, TOO_LATE, Draft

_KEEP = "It can be printed from a browser, or kept: nothing in it is loaded from elsewhere."
_AGAIN = {"answer": "ask"}
"""The command that a kind of speech comes from, where it has another name."""


@dataclass
class Commands:
    """The commands of one run of the magic, in front of one server."""

    cells: ExecutedCells
    server: Server = field(default_factory=find_server)
    patience: Patience = field(default_factory=Patience)

    @cached_property
    def api(self) -> Api:
        """The server's interface."""
        return Api(Client(self.server))

    @cached_property
    def notebook(self) -> str | None:
        """This kernel's notebook, from the server's root."""
        return notebook_path(self.server)

    def today(self) -> None:
        """Show today's exercise and make sure that its notebook is there."""
        daily = self.api.today()
        opened = self.api.open(daily.id)
        show(card(daily, opened, link(opened.path, self.notebook)))
        tell_notices(self.api)

    def hint(self) -> None:
        """Say the next hint, about the notebook as it is."""
        daily = self.exercise()
        self._listen(self.api.hint(daily.id, self._newer(daily)))

    def ask(self, *words: str) -> None:
        """Answer a question about the exercise."""
        if not words:
            raise TutorMessage("What do you want to know? For example: `%tutor ask what does enumerate do`")
        daily = self.exercise()
        self._listen(self.api.ask(daily.id, " ".join(words), self._newer(daily)))

    def feedback(self) -> None:
        """Comment on the latest submission."""
        daily = self.exercise()
        if daily.latest is None:
            raise TutorMessage("You have handed in nothing yet: `%tutor submit` does, and feedback comes after it.")
        self._listen(self.api.feedback(daily.latest.id))

    def memory(self, *words: str) -> None:
        """Show what is remembered of the learner; `on` and `off` switch it."""
        if words[1:] or (words and words[0] not in ("on", "off")):
            raise TutorMessage("`%tutor memory` shows what is remembered; `%tutor memory off` and `on` switch it.")
        kept = self.api.switch_memory(words[0] == "on") if words else self.api.memory()
        print("\n".join(remembered(kept)))

    def _listen(self, speech: Speech) -> None:
        talk, screen = Talk(speech), board()
        screen.draw(talk)
        if talk.done:
            return
        try:
            for update in follow_speech(self.api, speech.id, self.patience, _AGAIN.get(speech.kind, speech.kind)):
                talk.add(update)
                screen.draw(talk)
        except KeyboardInterrupt:
            complain("You stopped listening: the Jupyter Tutor panel shows all that is said.")

    def submit(self) -> None:
        """Hand in the answer and show each check as it comes."""
        daily = self.exercise()
        results, screen = Results(daily.title), board()
        submission = self.api.submit(daily.id, self._unsaved(daily))
        screen.draw(results)
        try:
            for update in follow(self.api, submission.id, self.patience):
                results.add(update)
                screen.draw(results)
        except NoAnswer as message:
            raise NoAnswer(
                f"{message}\nYour answer was handed in: look in the Jupyter Tutor panel, or run `%tutor submit` again."
            ) from None
        except KeyboardInterrupt:
            complain(
                "You stopped watching. Your answer was handed in, and its result will be in the Jupyter Tutor panel."
            )
            return
        if results.passed and daily.is_today:
            results.closing += self._streak()
            screen.draw(results)
        tell_notices(self.api)

    def skip(self) -> None:
        """Leave the exercise out."""
        daily = self.api.skip(self.exercise().id)
        print(
            f"Skipped: {line(daily.title)}. It counts as not done; you can still submit it.\n"
            f"You have {counted(daily.skips_left, 'skip')} left this week (Monday to Sunday)."
        )
        tell_notices(self.api)

    def complete(self) -> None:
        """End the exercise without passing it."""
        daily = self.api.complete(self.exercise().id)
        earned = (
            "You had passed it."
            if daily.passed
            else "It was not passed, so it earns no streak; you can still submit it."
        )
        print(f"Marked as complete: {line(daily.title)}. {earned}")
        tell_notices(self.api)

    def generate(self, *topic: str) -> None:
        """Have an exercise written by the language model, and show its stages as they come."""
        if odd := next((word for word in topic if word.startswith("-")), None):
            raise TutorMessage(f"`%tutor generate` takes the words of a topic, and no option `{line(odd)[:40]}`.")
        if off := self.api.model().off:
            raise TutorMessage(f"{line(off)} {CURRICULUM}")
        generation = self.api.generate(" ".join(topic) or None)
        try:
            self._watch(generation)
        except NoAnswer as message:
            raise NoAnswer(f"{message}\nThe exercise may still be written: `%tutor today` will show it.") from None
        except KeyboardInterrupt:
            stands = self.api.cancel_generation(generation.id)
            complain(TOO_LATE if stands.status == "written" else STOPPED)

    def _watch(self, generation: Generation) -> None:
        draft, screen = Draft(generation), board()
        screen.draw(draft)
        for update in follow_writing(self.api, generation.id, self.patience):
            draft.add(update)
            screen.draw(draft)

    def progress(self) -> None:
        """Show the dashboard."""
        display(Dashboard(lambda: self.api))

    def report(self) -> None:
        """Write the progress as a page beside this notebook."""
        beside = self._folder()
        path = save(self.api, (beside or Path.cwd()) / FILE)
        where = f'<a href="{FILE}">{FILE}</a>' if beside else escape(str(path))
        html = sheet(paragraph(f"Your report: {where}. {_KEEP}"))
        show({"text/plain": f"Your report: {line(str(path))}\n{_KEEP}", "text/html": html})

    def profile(self, *words: str) -> None:
        """Show what was chosen, or change it."""
        change_profile(self.api, list(words))

    def exercise(self) -> DailyDetail:
        """The exercise of this notebook, else today's."""
        here = self.api.by_path(self.notebook) if self.notebook else None
        return here or self.api.today()

    def _folder(self) -> Path | None:
        """Where this notebook lies, if that is known and still there."""
        folder = (self.server.root / self.notebook).parent if self.server.root and self.notebook else None
        return folder if folder and folder.is_dir() else None

    def _unsaved(self, daily: DailyDetail) -> dict[str, str]:
        """As `_newer`; says so when this is another notebook."""
        if not self._is_here(daily):
            print("This notebook is no exercise: what is handed in is today's, as it was saved.")
        return self._newer(daily)

    def _newer(self, daily: DailyDetail) -> dict[str, str]:
        """Cells that were run after the notebook was saved; none when this is another notebook."""
        return self.cells.since(self.api.saved_at(daily.path)) if self._is_here(daily) else {}

    def _is_here(self, daily: DailyDetail) -> bool:
        return self.notebook in (None, daily.path)

    def _streak(self) -> list[str]:
        with suppress(TutorMessage):
            days = self.api.progress().current_streak
            if days > 0:
                return [f"Your streak: {days} days." if days > 1 else "Your streak has begun: 1 day."]
        return []


def print_help() -> None:
    """All the words."""
    width = max(map(len, COMMANDS))
    print("\n".join(["Jupyter Tutor", *(f"  %tutor {word:<{width}}  {says}" for word, (_, says) in COMMANDS.items())]))


COMMANDS: dict[str, tuple[Callable[..., None] | None, str]] = {
    "today": (Commands.today, "today's exercise, and where its notebook is"),
    "hint": (Commands.hint, "the next hint; hints cost nothing"),
    "ask": (Commands.ask, "ask the tutor about this exercise, in your own words"),
    "submit": (Commands.submit, "hand in this notebook and see each check"),
    "feedback": (Commands.feedback, "what is good about your last submission, and what to change"),
    "skip": (Commands.skip, "leave this exercise out; the skips of a week are counted"),
    "complete": (Commands.complete, "end this exercise without passing it; earns no streak"),
    "generate": (Commands.generate, "have another exercise written, about words that may follow"),
    "progress": (Commands.progress, "streak, level, skills, badges and history"),
    "report": (Commands.report, "write the same as a page for paper, beside this notebook"),
    "profile": (Commands.profile, "what you chose; ask goes through the questions, a name and words change one thing"),
    "memory": (Commands.memory, "what the tutor remembers of you; on and off switch it"),
    "help": (None, "this list"),
}
"""What each does, and what it is for."""
OPEN = {"generate", "ask", "memory", "profile"}
"""Those that take more words."""
