"""When an activity needs somebody's eye: it spends much less than planned, is not reported on, or ends soon."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from uuid import UUID

from reporting.domain.summary import Summary

KINDS = ("underspend", "stale", "ending")
MUCH_LESS = Fraction(75, 100)
SOON = timedelta(days=61)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A signal that should stand."""

    activity_id: UUID
    kind: str


def wanted_signals(summary: Summary) -> frozenset[Wanted]:
    """The signals that should stand today.

    underspend: spent less than three quarters of its plan on the as-of date, by the page's own rule; stale: no news
    for a quarter; ending: its last day is within two months and nobody knows whether it goes on.
    """
    found: set[Wanted] = set()
    for row in summary.rows:
        activity = row.activity
        if activity.ended:
            continue
        if row.plan_cents and row.realised_cents is not None and row.realised_cents < row.plan_cents * MUCH_LESS:
            found.add(Wanted(activity_id=activity.id, kind="underspend"))
        if row.stale:
            found.add(Wanted(activity_id=activity.id, kind="stale"))
        soon = summary.facts.today <= activity.ends_on <= summary.facts.today + SOON
        if soon and activity.continuation in ("", "uncertain"):
            found.add(Wanted(activity_id=activity.id, kind="ending"))
    return frozenset(found)
