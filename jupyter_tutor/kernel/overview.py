"""How a learner is doing, as HTML: each section alone for the dashboard, and all of them for pages without widgets."""

from jupyter_tutor.kernel.badges import badges_html
from jupyter_tutor.kernel.drawings import mastery_svg, radar_svg
from jupyter_tutor.kernel.learner_replies import Progress
from jupyter_tutor.kernel.page import folded, page, paragraph, section, table
from jupyter_tutor.kernel.plain import escape, line
from jupyter_tutor.kernel.skills import BAND, FEWEST, RADAR_NEEDS, percent, returns, topic_word
from jupyter_tutor.kernel.streak_calendar import calendar_svg, legend_html
from jupyter_tutor.kernel.weeks import weeks, weeks_svg
from jupyter_tutor.kernel.words import counted, duration

_KEY = "Filled: passed. Framed: completed without passing."
_HEADINGS = {
    "figures": "Your progress",
    "calendar": "Streak calendar",
    "weeks": "Exercises per week",
    "skills": "Skills",
    "badges": "Badges",
    "levels": "Level",
}
_NO_SKILLS = "Your first submission says something about its topics: then they are shown here."


def overview_html(progress: Progress, open_facts: bool = False) -> str:
    """All but the exercises, with drawings in place of charts."""
    skills = progress.skills
    drawn = {
        "weeks": weeks_svg(progress.calendar, progress.today) + paragraph(_KEY),
        "skills": radar_svg(skills) + (mastery_svg(skills, progress.today) if skills else ""),
    }
    facts = sections(progress, open_facts)
    return page("".join(section(heading(name), drawn.get(name, ""), body) for name, body in facts.items()))


def sections(progress: Progress, open_facts: bool = False) -> dict[str, str]:
    """What each section says beside its chart, by name."""
    few = paragraph(RADAR_NEEDS) if 0 < len(progress.skills) < FEWEST else ""
    return {
        "figures": _figures(progress),
        "calendar": _calendar(progress),
        "weeks": _weeks(progress, open_facts),
        "skills": few + (_skills(progress) + paragraph(BAND) if progress.skills else paragraph(_NO_SKILLS)),
        "badges": badges_html(progress.badges),
        "levels": _levels(progress),
    }


def heading(name: str) -> str:
    """What stands over a section."""
    return _HEADINGS[name]


def notice_html(text: str) -> str:
    """What went wrong."""
    return page(f'<p role="alert">{escape(text)}</p>') if text else ""


def _figures(progress: Progress) -> str:
    figures = (
        ("Streak", counted(progress.current_streak, "day")),
        ("Longest streak", counted(progress.longest_streak, "day")),
        ("Passed", str(progress.passed)),
        ("Completed", str(progress.completed)),
        ("Active time", duration(progress.active_seconds)),
        ("Level", escape(line(progress.level))),
    )
    return f"<dl>{''.join(f'<div><dt>{name}</dt><dd>{value}</dd></div>' for name, value in figures)}</dl>"


def _calendar(progress: Progress) -> str:
    rule = paragraph(line(progress.streak_rule))
    return calendar_svg(progress.calendar, progress.today) + legend_html() + rule


def _weeks(progress: Progress, open_facts: bool) -> str:
    """The weeks with exercises, latest first."""
    found = [week for week in weeks(progress.calendar, progress.today) if week.passed + week.other]
    rows = [[str(week.monday), str(week.passed), str(week.other)] for week in reversed(found)]
    if not rows:
        return paragraph("No exercise is completed yet.")
    facts = table(("Week of", "Passed", "Completed without passing"), rows)
    return facts if open_facts else folded("The same as a table", facts)


def _skills(progress: Progress) -> str:
    heads = ("Topic", "Chance", "Likely", "Exercises", "Comes back", "Mastered")
    rows = [
        [
            escape(topic_word(skill.topic)),
            f"{percent(skill.mean):.0f} %",
            f"{percent(skill.low):.0f} to {percent(skill.high):.0f} %",
            str(skill.evidence),
            returns(skill, progress.today),
            "✓ yes" if skill.mastered else "not yet",
        ]
        for skill in progress.skills
    ]
    return table(heads, rows)


def _levels(progress: Progress) -> str:
    if not progress.level_history:
        return f"<p>{escape(line(progress.level))}, since the start.</p>"
    rows = [
        [str(change.date), escape(line(change.level)), escape(line(change.reason))]
        for change in reversed(progress.level_history)
    ]
    return table(("Date", "Level", "Why"), rows)
