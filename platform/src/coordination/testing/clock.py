"""A business clock that stands where a test wants it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from coordination.contracts import clock


@contextmanager
def today_is(day: date | str) -> Iterator[date]:
    """Inside, today is this day (a date, or ISO text); afterwards the clock is as it was."""
    wanted = date.fromisoformat(day) if isinstance(day, str) else day
    before = clock.today() if clock.stands_still() else None
    clock.stand_still_at(wanted)
    try:
        yield wanted
    finally:
        clock.stand_still_at(before)
