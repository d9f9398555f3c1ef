"""What is left of an allocation, in parts that add up to it: spent, still to spend, left at ended ones, unassigned."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.domain.facts import ActivityFact
from reporting.domain.figures import Picture


@dataclass(frozen=True, kw_only=True)
class LeftAtEnded:
    """What an activity that is over did not spend."""

    activity: ActivityFact
    cents: int


@dataclass(frozen=True, kw_only=True)
class LeftOver:
    """Cents left. certain is what no activity will spend: unassigned and left at ended ones."""

    unassigned_cents: int
    ended: tuple[LeftAtEnded, ...]
    still_to_spend_cents: int
    still_running: int

    @property
    def ended_cents(self) -> int:
        """Left at activities that are over."""
        return sum(one.cents for one in self.ended)

    @property
    def certain_cents(self) -> int:
        """What is certainly left."""
        return self.unassigned_cents + self.ended_cents

    @property
    def total_cents(self) -> int:
        """All that is left of the allocation; an activity whose spending is unknown counts with its whole plan."""
        return self.certain_cents + self.still_to_spend_cents


def left_over(
    *, allocated_cents: int, planned_cents: int, activities: Sequence[tuple[ActivityFact, Picture]]
) -> LeftOver:
    """Divide what is left; together with what is spent it is the allocation to the cent."""

    def left(picture: Picture) -> int:
        return (picture.total.planned_cents or 0) - (picture.total.realised_cents or 0)

    ended = [
        LeftAtEnded(activity=one, cents=left(picture)) for one, picture in activities if one.ended and left(picture)
    ]
    running = [left(picture) for one, picture in activities if not one.ended]
    return LeftOver(
        unassigned_cents=allocated_cents - planned_cents,
        ended=tuple(sorted(ended, key=lambda one: (-one.cents, one.activity.number))),
        still_to_spend_cents=sum(running),
        still_running=len(running),
    )
