"""What an activity should have spent by a day according to its plan, by one rule that is written beside the figure.

The rule: everything planned in the school years that are over, plus of the running school year as many parts as whole
calendar months of it are behind us. What has no school year does not count.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from coordination.contracts.periods import Period, months_touched, period_of


@dataclass(frozen=True, kw_only=True)
class PlanOnDay:
    """The plan up to a day in cents, and the two parts of which it is made; running is the school year that goes on."""

    day: date
    finished_until: date | None
    finished_cents: int
    running: str
    months: int
    months_of_year: int
    running_cents: int

    @property
    def cents(self) -> int:
        """Both parts together."""
        return self.finished_cents + self.running_cents


def plan_on(day: date, periods: Sequence[Period], planned_in: Callable[[str], int | None]) -> PlanOnDay:
    """The plan up to and including a day; planned_in gives cents of a school year, None counts as nothing.

    The month of the day counts only when the day is its last; half a cent is rounded up.
    """
    finished = [period for period in periods if period.ends_on <= day]
    running = next((period for period in [period_of(day, periods)] if period and period.ends_on > day), None)
    months = _whole_months(running, day) if running else 0
    whole = months_touched(running.starts_on, running.ends_on, running) if running else 0
    part = Fraction((planned_in(running.school_year) or 0) * months, whole) if running else Fraction(0)
    return PlanOnDay(
        day=day,
        finished_until=max((period.ends_on for period in finished), default=None),
        finished_cents=sum(planned_in(period.school_year) or 0 for period in finished),
        running=running.school_year if running else "",
        months=months,
        months_of_year=whole,
        running_cents=int(part + Fraction(1, 2)),
    )


def _whole_months(period: Period, day: date) -> int:
    begun = months_touched(period.starts_on, day, period)
    return begun if (day + timedelta(days=1)).day == 1 else max(begun - 1, 0)
