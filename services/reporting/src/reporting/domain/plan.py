"""What should have been spent by a date according to plan, by one rule that stands written beside every claim.

The rule: everything planned in the school years that are over, plus of the running school year as many twelfths (or
whatever its number of months is) as there are whole calendar months behind us. What has no school year counts not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coordination.contracts.periods import Elapsed, Period

NEAR = Fraction(1, 100)
SLIGHT = Fraction(10, 100)

PlannedIn = Callable[[str], int | None]


@dataclass(frozen=True, kw_only=True)
class PlanPoint:
    """One point of the plan added up: on this day this much should have been spent."""

    day: date
    cents: int
    school_year: str


def planned_until(elapsed: Elapsed, planned_in: PlannedIn) -> int:
    """Cents that should have been spent by then; planned_in gives the plan of a school year, None counts as nothing.

    Half a cent is rounded up.
    """
    whole = sum(planned_in(period.school_year) or 0 for period in elapsed.finished)
    if elapsed.running is None:
        return whole
    return whole + elapsed.part_of(planned_in(elapsed.running.school_year) or 0)


def points(periods: Sequence[Period], planned_in: PlannedIn) -> tuple[PlanPoint, ...]:
    """The plan added up at the end of each school year."""
    found, total = [], 0
    for period in periods:
        total += planned_in(period.school_year) or 0
        found.append(PlanPoint(day=period.ends_on, cents=total, school_year=period.school_year))
    return tuple(found)


def verdict(realised: int, planned: int) -> str:
    """How spending stands against the plan on a date: as_planned (within 1%), slightly (within 10%) or much off.

    One of as_planned, slightly_behind, behind, slightly_ahead, ahead; no_plan when nothing was planned by then.
    """
    if planned <= 0:
        return "no_plan"
    off = Fraction(realised - planned, planned)
    if abs(off) <= NEAR:
        return "as_planned"
    side = "behind" if off < 0 else "ahead"
    return f"slightly_{side}" if abs(off) <= SLIGHT else side


def share_of_window(day: date, starts_on: date, ends_on: date) -> tuple[int, int]:
    """How many days of a window are over on a day, and how many there are; first and last day included."""
    total = (ends_on - starts_on).days + 1
    return min(max((day - starts_on).days + 1, 0), total), total
