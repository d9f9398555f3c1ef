"""School years and the periods of a programme; periods are a programme's own data with their own dates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

SCHOOL_YEAR = re.compile(r"^(\d{4})-(\d{4})$")


@dataclass(frozen=True, kw_only=True)
class Period:
    """One school year of a programme, first and last day included.

    national_weight is the share, in whole points, that all municipalities together spent in it (the final
    evaluation's figure 6-1 gives 17, 32, 27 and 25, which add up to 101), or None when there is no such figure.
    """

    school_year: str
    starts_on: date
    ends_on: date
    national_weight: int | None = None


def is_school_year(text: str) -> bool:
    """Whether the text is two consecutive calendar years written 2021-2022."""
    found = SCHOOL_YEAR.match(text)
    return found is not None and int(found[2]) == int(found[1]) + 1


def period_of(day: date, periods: Sequence[Period]) -> Period | None:
    """The period in which a day lies, or None when it lies in none of them."""
    return next((period for period in periods if period.starts_on <= day <= period.ends_on), None)


def months_touched(starts_on: date, ends_on: date, period: Period) -> int:
    """How many calendar months of a period an activity touches; 0 when they do not meet."""
    first, last = max(starts_on, period.starts_on), min(ends_on, period.ends_on)
    if first > last:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


@dataclass(frozen=True, kw_only=True)
class Elapsed:
    """Where a day stands in a programme: the years that are over, and how many whole months of the running one are."""

    day: date
    finished: tuple[Period, ...]
    running: Period | None
    months: int
    months_of_year: int

    @property
    def finished_until(self) -> date | None:
        """The last day of the newest school year that is over; None when none is."""
        return max((period.ends_on for period in self.finished), default=None)

    def part_of(self, cents: int) -> int:
        """What of the cents of the running year belongs to its whole months so far; half a cent counts as one."""
        if not self.months:
            return 0
        part = int(Fraction(abs(cents) * self.months, self.months_of_year) + Fraction(1, 2))
        return part if cents >= 0 else -part


def elapsed_on(day: date, periods: Sequence[Period]) -> Elapsed:
    """Where a day stands; the month of the day counts only when the day is its last, and a year that ends is over."""
    running = next((one for one in [period_of(day, periods)] if one and one.ends_on > day), None)
    return Elapsed(
        day=day,
        finished=tuple(period for period in periods if period.ends_on <= day),
        running=running,
        months=_whole_months(running, day) if running else 0,
        months_of_year=months_touched(running.starts_on, running.ends_on, running) if running else 0,
    )


def _whole_months(period: Period, day: date) -> int:
    begun = months_touched(period.starts_on, day, period)
    return begun if (day + timedelta(days=1)).day == 1 else begun - 1
