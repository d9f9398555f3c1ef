"""School years and the periods of a programme; periods are a programme's own data with their own dates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
