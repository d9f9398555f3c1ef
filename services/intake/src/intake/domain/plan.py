"""What an activity should have spent by a day according to its plan, by one rule that is written beside the figure.

The rule: everything planned in the school years that are over, plus of the running school year as many parts as whole
calendar months of it are behind us. What has no school year does not count.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from coordination.contracts.periods import Period, elapsed_on


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
    elapsed = elapsed_on(day, periods)
    running = elapsed.running.school_year if elapsed.running else ""
    return PlanOnDay(
        day=day,
        finished_until=elapsed.finished_until,
        finished_cents=sum(planned_in(period.school_year) or 0 for period in elapsed.finished),
        running=running,
        months=elapsed.months,
        months_of_year=elapsed.months_of_year,
        running_cents=elapsed.part_of(planned_in(running) or 0) if running else 0,
    )
