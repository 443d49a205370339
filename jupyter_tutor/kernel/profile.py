"""`%tutor profile`: what the learner chose, and how to choose."""

from collections.abc import Callable

from jupyter_tutor.kernel.answers import AUTO, field_of, said, suggestion, understood
from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.interview import interview
from jupyter_tutor.kernel.learner_replies import ProfileState
from jupyter_tutor.kernel.message import TutorMessage
from jupyter_tutor.kernel.plain import line
from jupyter_tutor.kernel.skills import topic_word
from jupyter_tutor.kernel.words import counted

_FIELDS = {
    "language": "what you practise",
    "skill": "beginner, intermediate or advanced: it bounds how hard exercises get",
    "level": "how hard they are at present; auto lets it follow how you do",
    "adapt": "yes when the level follows how you do, no when it stays",
    "placement": "yes when your first three exercises find your level",
    "goals": "what you want to be able to do, by commas",
    "interests": "what stories of exercises are chosen by, by commas",
    "topics": "what you prefer to practise, by commas",
    "wish": "a topic for your next exercise",
    "style": "questions, explanations or examples: how the tutor helps",
    "minutes": "how many you have a day",
    "frequency": "daily, weekdays or three-a-week: your streak follows it",
    "time-zone": "where your day begins, such as Europe/Vienna",
    "memory": "yes when the tutor may remember things",
}
_ALIASES = {"zone": "time-zone", "timezone": "time-zone", "time_zone": "time-zone", "interest": "interests"}
_ALIASES |= {"goal": "goals", "topic": "topics"}
_HOW = (
    "Change one by its name: `%tutor profile skill beginner`, `%tutor profile interests music, sport`,\n"
    "`%tutor profile level auto`, `%tutor profile wish none`."
)


def change_profile(api: Api, words: list[str]) -> None:
    """Show it, go through the questions, leave them out, or change one thing."""
    action = _ACTIONS.get(words[0].lower()) if len(words) == 1 else None
    if not words:
        print("\n".join(profile_lines(api.profile())))
    elif action is not None:
        action(api)
    else:
        _change(api, _name(words[0]), " ".join(words[1:]))


def profile_lines(state: ProfileState) -> list[str]:
    """All of it, with what each is for."""
    width = max(map(len, _FIELDS))
    rows = [f"  {name:<{width}}  {_value(name, state)}  ({what})" for name, what in _FIELDS.items()]
    return ["Your profile", *rows, _HOW, *_open(state)]


def _open(state: ProfileState) -> list[str]:
    count = len(state.unanswered)
    if not count:
        return []
    are = "question is" if count == 1 else "questions are"
    leave = "" if state.profile.interview == "skipped" else ", `%tutor profile skip` leaves them out"
    return [f"{count} {are} open: `%tutor profile ask` goes through them{leave}."]


def _value(name: str, state: ProfileState) -> str:
    if name == "level":
        return line(state.current_level)
    return said(getattr(state.profile, name.replace("-", "_")))


def _name(word: str) -> str:
    name = _ALIASES.get(word.lower(), word.lower())
    if name not in _FIELDS:
        near = suggestion(name, [*_FIELDS, *_ACTIONS], "%tutor profile ")
        raise TutorMessage(f"A profile has no `{line(word)[:40]}`.{near} `%tutor profile` shows what it has.")
    return name


def _change(api: Api, name: str, text: str) -> None:
    state, key = api.profile(), name.replace("-", "_")
    if not text:
        print(f"{name}: {_value(name, state)} ({_FIELDS[name]}). Say the value after it to change it.")
        return
    value = understood(field_of(key, state), text)
    state = api.choose("adapt", True) if (name, value) == ("level", AUTO) else api.choose(key, value)
    print(f"Kept. {name}: {_value(name, state)}{_remark(name, state)}")


def _remark(name: str, state: ProfileState) -> str:
    """What else is worth a word about what was chosen."""
    if name in ("level", "adapt", "skill"):
        goes_on = "it follows how you do" if state.profile.adapt else "it stays until you change it"
        return f" (level {line(state.current_level)}: {goes_on})"
    wanted = [state.profile.wish] if name == "wish" else state.profile.topics if name == "topics" else []
    known = {topic_word(topic).casefold(): topic for topic in state.all_topics}
    parts = {part for topic in known for part in topic.split()}
    strange = [one for one in wanted if one and not {topic_word(one).casefold()} & (parts | known.keys())]
    if not strange:
        return ""
    near = suggestion(topic_word(strange[0]), list(known))
    return f"\nNo exercise is about {', '.join(map(line, strange))} yet.{near}"


def _skip(api: Api) -> None:
    state = api.choose("interview", "skipped")
    left = f" goes through the {counted(len(state.unanswered), 'question')} at any time"
    more = f"`%tutor profile ask`{left}." if state.unanswered else "All of them are answered."
    print(f"The questions are left out. {more}")


_ACTIONS: dict[str, Callable[[Api], None]] = {"ask": interview, "skip": _skip}
