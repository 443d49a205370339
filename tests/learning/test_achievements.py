"""Badges from measures."""

from datetime import date

from jupyter_tutor.learning.achievements import ACHIEVEMENTS, Achievement, Measures, badges, newly_earned

DAY = date(2026, 3, 2)


def measures(streak: int = 0, passed: int = 0, mastered: tuple[str, ...] = ()) -> Measures:
    topics = dict.fromkeys(mastered, 1)
    return {"streak": {"": streak}, "passed": {"": passed}, "mastered": {"": len(mastered)} | topics}


def earned(found: Measures) -> set[str]:
    return {notice.key for notice in newly_earned(ACHIEVEMENTS, found, DAY)}


def test_streaks_exercises_and_mastery_earn_badges() -> None:
    assert earned(measures()) == set()
    assert earned(measures(streak=6, passed=9)) == set()
    assert earned(measures(streak=7, passed=10)) == {"streak-7", "passed-10"}
    all_of_them = {"streak-7", "streak-30", "streak-100", "streak-365"}
    assert earned(measures(streak=400)) == all_of_them
    assert earned(measures(passed=500)) == {"passed-10", "passed-50", "passed-100", "passed-500"}
    assert earned(measures(mastered=("linked-lists",))) == {"mastered/linked-lists"}


def test_a_badge_of_a_topic_names_it() -> None:
    notice = newly_earned(ACHIEVEMENTS, measures(mastered=("linked-lists",)), DAY)[0]
    assert (notice.title, notice.text) == ("Mastery of linked lists", "You have mastered linked lists.")


def test_earned_badges_come_first_then_the_nearest() -> None:
    found = badges(ACHIEVEMENTS, measures(streak=6, passed=10), {"passed-10": DAY})
    assert [(badge.key, badge.have, badge.need) for badge in found[:3]] == [
        ("passed-10", 10, 10),
        ("streak-7", 6, 7),
        ("streak-30", 6, 30),
    ]


def test_a_badge_stays_when_the_measure_falls() -> None:
    kept = badges(ACHIEVEMENTS, measures(), {"mastered/loops": DAY, "streak-7": DAY})
    assert {badge.key: badge.earned for badge in kept[:2]} == {"mastered/loops": DAY, "streak-7": DAY}


def test_more_achievements_are_more_data() -> None:
    hard = Achievement("hard-1", "First hard one", "A hard exercise passed.", "hard_passed", 1)
    assert [n.key for n in newly_earned([hard], {"hard_passed": {"": 1}}, DAY)] == ["hard-1"]
    assert len({one.key for one in ACHIEVEMENTS}) == len(ACHIEVEMENTS)
