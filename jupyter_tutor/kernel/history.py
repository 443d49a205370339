"""The exercises of a learner, filtered, with links to their notebooks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jupyter_tutor.kernel.page import page, paragraph, section, table
from jupyter_tutor.kernel.plain import escape, line
from jupyter_tutor.kernel.replies import Daily
from jupyter_tutor.kernel.skills import topic_word
from jupyter_tutor.kernel.streak_calendar import mark_html
from jupyter_tutor.kernel.words import kind_word, number, status_word

Link = Callable[[str], str | None]
"""From the path of a notebook to its address as the frontend follows it."""
HEADING = "Exercises"
HEADS = ("Date", "Exercise", "Kind", "Topics", "Difficulty", "Status", "Score")


@dataclass(frozen=True)
class Filter:
    """Which exercises: None and an empty text let all through. `status` is in words."""

    status: str | None = None
    topic: str | None = None
    difficulty: str | None = None
    text: str = ""

    def takes(self, daily: Daily) -> bool:
        """Whether an exercise is one of them; each word of the text is in its title, topics or kind."""
        about = " ".join([daily.title, kind_word(daily.kind), *daily.topics, *map(topic_word, daily.topics)]).casefold()
        return (
            self.status in (None, status_word(daily))
            and (self.topic is None or self.topic in daily.topics)
            and self.difficulty in (None, daily.difficulty)
            and all(word in about for word in self.text.casefold().split())
        )


ALL = Filter()


def no_link(path: str) -> None:
    """Where no frontend follows links to notebooks."""


def history_html(dailies: Sequence[Daily], link: Link = no_link) -> str:
    """All exercises under their heading."""
    return page(section(HEADING, exercises_html(dailies, link=link)))


def exercises_html(
    dailies: Sequence[Daily], wanted: Filter = ALL, link: Link = no_link, most: int | None = None
) -> str:
    """The exercises that the filter takes, the first `most` of them."""
    chosen = [daily for daily in dailies if wanted.takes(daily)]
    if not chosen:
        return paragraph("There is no such exercise." if dailies else "There is no exercise yet.")
    rows = [_row(daily, link) for daily in chosen[:most]]
    cut = paragraph(f"{len(rows)} of {len(chosen)} shown, the latest first.") if len(rows) < len(chosen) else ""
    return table(HEADS, rows) + cut


def _row(daily: Daily, link: Link) -> list[str]:
    score = "-" if daily.best_score is None else number(daily.best_score)
    topics = ", ".join(map(topic_word, daily.topics))
    words = (kind_word(daily.kind), topics, line(daily.difficulty))
    return [str(daily.date), _title(daily, link), *map(escape, words), mark_html(status_word(daily)), score]


def _title(daily: Daily, link: Link) -> str:
    href, title = link(daily.path), f"<bdi>{escape(line(daily.title))}</bdi>"
    return title if href is None else f'<a href="{escape(href)}">{title}</a>'
