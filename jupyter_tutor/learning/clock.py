"""Which date it is for a learner."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

from jupyter_tutor.errors import OperatorError

_LOCAL = {"localtime", "posixrules", "Factory"}


def local_date(now_utc: datetime, zone: str) -> date:
    """The date in a time zone at an instant, which has to be aware. Raises OperatorError for an unknown zone."""
    if now_utc.tzinfo is None:
        raise ValueError("an instant without a time zone has no local date")
    return now_utc.astimezone(_zone(zone)).date()


def day_of(now: datetime, zone: str, known: Iterable[date]) -> date:
    """The date whose exercise is due; never before one that is `known`, or a clock moved back gave a second one."""
    return max([local_date(now, zone), *known])


def start_of(day: date, zone: str) -> datetime:
    """The instant, in UTC, at which a date begins in a time zone. Raises OperatorError for an unknown zone."""
    return datetime.combine(day, time(), _zone(zone)).astimezone(UTC)


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name, the same on every machine."""
    return name in available_timezones() - _LOCAL


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # unknown, not a name at all, a folder of zones
        raise OperatorError(f"there is no time zone {name!r}: use an IANA name such as 'Europe/Vienna'") from error
