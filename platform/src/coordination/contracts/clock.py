"""The one business clock: rules and pages ask it what day it is, never the system.

An example world stands still at its own date; everywhere else it is today in the zone asked for. The moment at which
something is recorded is always real.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

NETHERLANDS = "Europe/Amsterdam"
_standing_still: dict[str, date] = {}


def stand_still_at(day: date | None) -> None:
    """Fix today for this process, as an example world does; None lets the clock run again."""
    _standing_still.clear()
    if day is not None:
        _standing_still["today"] = day


def stands_still() -> bool:
    """Whether today is fixed, so that a page can say so."""
    return bool(_standing_still)


def today(zone: str = NETHERLANDS) -> date:
    """The business date in a time zone of the IANA database."""
    return _standing_still.get("today") or datetime.now(ZoneInfo(zone)).date()


def recorded_now() -> datetime:
    """The real moment, in UTC, for what is written down now."""
    return datetime.now(UTC)
