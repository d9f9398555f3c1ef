"""How fresh the figures are: the last report of each activity, what reporting is complete up to, and who lags."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.domain.facts import NOT_STARTED, ActivityFact

QUARTER = timedelta(days=92)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Of how many activities that should report there is a report; as_of is the day all of those have reached."""

    reported: int
    expected: int
    as_of: date | None

    @property
    def complete(self) -> bool:
        """Whether none lags behind."""
        return self.reported == self.expected


def last_report(activity: ActivityFact, today: date) -> date | None:
    """The newest day something was said about an activity: a report, a dated entry or a reference date.

    A day that is still to come says nothing about how far reporting has got.
    """
    days = [line.reference_date or line.dated_on for line in activity.lines]
    days.append(activity.reported_on)
    return max((day for day in days if day is not None and day <= today), default=None)


def newest_report(activities: Sequence[ActivityFact], today: date) -> date | None:
    """The newest day something was said about any of them."""
    return max((day for one in activities if (day := last_report(one, today)) is not None), default=None)


def last_reference(activities: Sequence[ActivityFact]) -> date | None:
    """The newest date up to which one amount of spending is known."""
    return max((line.reference_date for one in activities for line in one.lines if line.reference_date), default=None)


def expects_report(activity: ActivityFact, today: date) -> bool:
    """Whether there should be news of an activity: it started, or somebody reported on it all the same."""
    return activity.status not in NOT_STARTED or last_report(activity, today) is not None


def is_stale(activity: ActivityFact, newest: date | None, today: date) -> bool:
    """Whether an activity that should report lags a quarter or more behind the newest report of its municipality."""
    if activity.ended or not expects_report(activity, today):
        return False
    last = last_report(activity, today)
    return last is None or (newest is not None and newest - last >= QUARTER)


def coverage_of(activities: Sequence[ActivityFact], today: date) -> Coverage:
    """The moment up to which reporting is complete, over those that do not lag.

    It is the earliest of the newest reports of the activities that still run. An activity a quarter or more behind
    does not draw all the others back: it counts as missing instead. Ended ones have said their last.
    """
    expected = [one for one in activities if expects_report(one, today)]
    newest = newest_report(expected, today)
    reporting = [one for one in expected if not is_stale(one, newest, today)]
    running = [day for one in reporting if not one.ended and (day := last_report(one, today)) is not None]
    ended = [day for one in reporting if one.ended and (day := last_report(one, today)) is not None]
    as_of = min(running) if running else max(ended, default=None)
    return Coverage(reported=len(reporting), expected=len(expected), as_of=as_of)
