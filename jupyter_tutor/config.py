"""`c.Tutor.*` in any Jupyter configuration file, shared by the doors."""

from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_data_dir, jupyter_path
from traitlets import Bool, Enum, Float, Int, List, TraitError, Unicode, default
from traitlets.config import Config

from jupyter_tutor.errors import OperatorError
from jupyter_tutor.grading.job import Limits
from jupyter_tutor.learning.achievements import ACHIEVEMENTS, Achievement
from jupyter_tutor.learning.model import LEVELS, Rules
from jupyter_tutor.learning.profile import BOUNDS, SKILLS
from jupyter_tutor.model_config import ModelConfig
from jupyter_tutor.settings import Sandbox, Settings

_RULES = (
    "passes_up",
    "struggles_down",
    "struggle_hints",
    "pause_days",
    "long_pause_days",
    "skips_a_week",
    "recent_days",
    "recall",
    "grace_days",
)


class Tutor(ModelConfig):
    """The settings of Jupyter Tutor."""

    database_url = Unicode(help="The database as an SQLAlchemy URL; SQLite in Jupyter's data folder when not set.").tag(
        config=True
    )
    curriculum = List(
        Unicode(), help="Folders of authored notebooks; `tutor/curriculum` on Jupyter's data path when not set."
    ).tag(config=True)
    folder = Unicode("tutor", help="Where learners' notebooks are written, below the server's root.").tag(config=True)
    time_zone = Unicode(help="The learner's time zone, such as Europe/Berlin; the machine's when not set.").tag(
        config=True
    )
    language = Unicode("python", help="The language of the daily exercises.").tag(config=True)
    skill = Enum(SKILLS, "intermediate", help="The stated skill level; it bounds the difficulty.").tag(config=True)
    first_level = Enum(LEVELS, "easy", help="The difficulty of the first exercise, within the bounds of `skill`.").tag(
        config=True
    )
    interests = List(Unicode(), help="Settings that the learner likes, such as music or science.").tag(config=True)
    passes_up = Int(3, min=1, help="Passes in a row without hints that raise the level.").tag(config=True)
    struggles_down = Int(2, min=1, help="Struggles in a row that lower the level.").tag(config=True)
    struggle_hints = Int(4, min=1, help="From how many hints on an exercise counts as a struggle.").tag(config=True)
    pause_days = Int(
        21, min=1, help="After how many days without an exercise earlier passes and struggles no longer count."
    ).tag(config=True)
    long_pause_days = Int(
        60, min=0, help="After how many days without an exercise the level goes one down; 0 is never."
    ).tag(config=True)
    grace_days = Int(
        7, min=0, help="How many days a streak goes on without a miss before one is forgiven; 0 forgives none."
    ).tag(config=True)
    recall = Float(0.85, min=0.7, max=0.97, help="The chance of recalling a topic below which it comes back.").tag(
        config=True
    )
    skips_a_week = Int(2, min=0, help="How many exercises may be skipped from Monday to Sunday.").tag(config=True)
    recent_days = Int(5, min=0, help="For how many days a topic is not repeated.").tag(config=True)
    achievements = Unicode(
        help="A JSON file with more badges: a list of objects with key, title, text, measure, need, icon and topic."
    ).tag(config=True)
    time_limit = Float(30.0, min=1, help="Seconds of wall time for a submission.").tag(config=True)
    check_limit = Float(5.0, min=0.1, help="Seconds of wall time for a check.").tag(config=True)
    cpu_limit = Int(60, min=1, help="Seconds of CPU time for a submission.").tag(config=True)
    memory_limit = Int(512, min=64, help="Megabytes of memory for all processes of a submission.").tag(config=True)
    process_limit = Int(64, min=8, help="Processes and threads of a submission.").tag(config=True)
    file_limit = Int(16, min=1, help="Megabytes of each file that a submission writes.").tag(config=True)
    cell_output_limit = Int(1_000_000, min=1000, help="Characters of a cell's output that are kept.").tag(config=True)
    output_limit = Int(5_000_000, min=1000, help="Characters of a submission's output that are kept.").tag(config=True)
    sandbox = Enum(
        ("auto", "bwrap", "landlock", "process"),
        "auto",
        help="The wall around learner code; auto is the strongest that works here, `jupyter tutor doctor` says which.",
    ).tag(config=True)
    preload = List(
        Unicode(), ["numpy", "pandas"], help="Modules that submissions find imported already, where installed."
    ).tag(config=True)
    warm_kernels = Int(2, min=0, help="How many kernels are kept ready for submissions.").tag(config=True)
    jobs = Int(0, min=0, help="How many submissions are graded at a time; 0 is one per core.").tag(config=True)
    prove_dailies = Bool(True, help="Run the proof of an exercise on this machine before a learner gets it.").tag(
        config=True
    )

    chat_on = Bool(True, help="Whether learners may ask the tutor questions.").tag(config=True)
    daily_questions = Int(30, min=0, help="Questions of a learner to the language model for a day; 0 is no bound.").tag(
        config=True
    )
    keep_days = Int(
        0, min=0, max=36500, help="Days after which texts of learners are deleted; 0 keeps them for ever."
    ).tag(config=True)

    @default("database_url")
    def _database_url(self) -> str:
        return f"sqlite+aiosqlite:///{data_folder() / 'tutor.sqlite'}"

    @default("curriculum")
    def _curriculum(self) -> list[str]:
        return [folder for folder in jupyter_path("tutor", "curriculum") if Path(folder).is_dir()]

    @default("time_zone")
    def _time_zone(self) -> str:
        from tzlocal import get_localzone_name

        try:
            return get_localzone_name() or "UTC"
        except Exception:  # a machine without a usable zone
            return "UTC"

    def _limits(self) -> Limits:
        return Limits(
            submission=self.time_limit,
            check=self.check_limit,
            cpu=self.cpu_limit,
            memory_mb=self.memory_limit,
            processes=self.process_limit,
            file_mb=self.file_limit,
            cell_output=self.cell_output_limit,
            output=self.output_limit,
        )

    def settings(self) -> Settings:
        """The settings as a plain value."""
        lowest, highest = BOUNDS[self.skill]
        first = LEVELS[min(max(LEVELS.index(self.first_level), LEVELS.index(lowest)), LEVELS.index(highest))]
        rules: dict[str, Any] = {name: getattr(self, name) for name in _RULES}
        return Settings(
            database_url=self.database_url,
            curriculum=tuple(Path(folder) for folder in self.curriculum),
            time_zone=self.time_zone,
            folder=self.folder.strip("/"),
            language=self.language,
            skill=self.skill,
            achievements=(*ACHIEVEMENTS, *more_achievements(self.achievements)),
            jobs=self.jobs,
            sandbox=Sandbox(self.sandbox, tuple(self.preload), self.warm_kernels, self._limits()),
            prove_dailies=self.prove_dailies,
            chat_on=self.chat_on,
            daily_questions=self.daily_questions,
            keep_days=self.keep_days,
            model=self.model_settings(),
            rules=Rules(first_level=first, bounds=(lowest, highest), interests=tuple(self.interests), **rules),
        )


def more_achievements(file: str) -> tuple[Achievement, ...]:
    """Those of a JSON file. Raises OperatorError when it cannot be read, or holds something else."""
    if not file:
        return ()
    from pydantic import TypeAdapter, ValidationError  # slow to import, and seldom needed

    where = f"the achievements in {file} (c.Tutor.achievements)"
    try:
        found = TypeAdapter(tuple[Achievement, ...]).validate_json(Path(file).expanduser().read_bytes())
    except OSError as error:
        raise OperatorError(f"{where} cannot be read ({error.strerror})") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        at = ".".join(map(str, first["loc"])) or "the file"
        raise OperatorError(f"{where} are not right: {at}: {first['msg']}") from None
    if small := [one.key for one in found if one.need < 1]:
        raise OperatorError(f"{where} are not right: {small[0]} needs less than 1")
    keys = [one.key for one in (*ACHIEVEMENTS, *found)]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise OperatorError(f"{where} are not right: the key {min(twice)!r} is there twice")
    return found


def read_settings(**options: Any) -> Settings:
    """The settings in a configuration, given as `config` or `parent`. Raises OperatorError."""
    try:
        return Tutor(**options).settings()
    except TraitError as error:
        raise OperatorError(f"a setting c.Tutor.* is not right: {error}") from None


def hides_key(config: Config) -> bool:
    """Whether kernels get no key; also where a configuration is wrong elsewhere."""
    try:
        return bool(Tutor(config=config).hide_key)
    except TraitError:
        return True


def data_folder() -> Path:
    """Where the database is kept."""
    return Path(jupyter_data_dir()) / "tutor"
