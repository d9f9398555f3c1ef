"""What goes on after the programme: activities by what was decided about them."""

from collections.abc import Iterable
from dataclasses import dataclass

from reporting.domain.facts import ActivityFact
from reporting.domain.figures import Picture

CHOICES = ("yes_certain", "uncertain", "no", "")


@dataclass(frozen=True, kw_only=True)
class ContinuationGroup:
    """Activities with the same answer; slug empty is not filled in. last_year_cents None when no plan is known."""

    slug: str
    activities: tuple[ActivityFact, ...]
    last_year_cents: int
    total_cents: int


def by_continuation(
    rows: Iterable[tuple[ActivityFact, Picture]], last_school_year: str | None
) -> tuple[ContinuationGroup, ...]:
    """The groups that have activities, certain first; amounts are what was planned."""
    kept: dict[str, list[tuple[ActivityFact, Picture]]] = {slug: [] for slug in CHOICES}
    for activity, picture in rows:
        kept[activity.continuation if activity.continuation in CHOICES else ""].append((activity, picture))
    return tuple(
        ContinuationGroup(
            slug=slug,
            activities=tuple(activity for activity, _ in found),
            last_year_cents=sum(picture.year(last_school_year).planned_cents or 0 for _, picture in found),
            total_cents=sum(picture.total.planned_cents or 0 for _, picture in found),
        )
        for slug, found in kept.items()
        if found
    )
