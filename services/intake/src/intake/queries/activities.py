"""Activities with their figures: the grid of a municipality, and one activity in full."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from coordination.contracts.periods import Period
from coordination.contracts.refusals import NotFound
from coordination.identity.actor import Actor
from coordination.web.filters import filtered
from intake.domain import who_may
from intake.domain.figures import Picture, all_added
from intake.models import Activity
from intake.models.ledger import lines_by_activity
from intake.models.rows import Row, row_of
from intake.queries.allocations import Summary, summary_of
from intake.queries.basis import DEFAULT_PROGRAMME, periods
from intake.queries.filters import ActivityFilter


@dataclass(frozen=True, kw_only=True)
class Grid:
    """What a grid shows: its rows, their sums, and what of the allocation is assigned.

    summary is of the whole municipality whatever the filter; None when the rows are of several.
    """

    rows: Sequence[Row]
    total: Picture
    periods: Sequence[Period]
    unfiltered_count: int
    summary: Summary | None = None

    @property
    def school_years(self) -> list[str]:
        """The school years of the columns."""
        return [period.school_year for period in self.periods]

    @property
    def reference_date(self) -> date | None:
        """The newest reference date among the amounts known up to a date."""
        return max((row.until.reference_date for row in self.rows if row.until.reference_date), default=None)

    def missing(self, figure: str) -> int:
        """Of how many rows a figure (planned, committed, realised) is unknown."""
        return sum(getattr(row.total, figure) is None for row in self.rows)


def visible_activities(actor: Actor) -> QuerySet[Activity]:
    """The activities this actor may see, withdrawn ones left out."""
    rows = Activity.objects.filter(withdrawn=False).order_by("municipality", "number")
    return rows if actor.is_administrator else rows.filter(municipality__in=who_may.visible(actor))


def wanted_activities(*, actor: Actor, wanted: Mapping[str, str] | None = None) -> QuerySet[Activity]:
    """Those that fit a filter. Raises Invalid for a filter that cannot be read."""
    return filtered(ActivityFilter, visible_activities(actor), wanted)


def grid(*, actor: Actor, wanted: Mapping[str, str] | None = None, programme: str = DEFAULT_PROGRAMME) -> Grid:
    """All activities that fit the filter, without paging, in five queries however many there are."""
    years = periods(programme)
    activities = list(wanted_activities(actor=actor, wanted=wanted))
    found = rows_of(activities, [period.school_year for period in years])
    codes = _codes_in_view(actor, wanted)
    summary = summary_of(codes[0], programme) if len(codes) == 1 else None
    scope = visible_activities(actor)
    return Grid(
        rows=found,
        total=all_added([row.picture for row in found], [period.school_year for period in years]),
        periods=years,
        unfiltered_count=(scope.filter(municipality__in=codes) if codes else scope).count(),
        summary=summary,
    )


def _codes_in_view(actor: Actor, wanted: Mapping[str, str] | None) -> list[str]:
    asked = [code for code in str((wanted or {}).get("municipality") or "").split(",") if code]
    if asked:
        return [code for code in asked if who_may.sees(actor, code)]
    return [] if actor.is_administrator else sorted(who_may.visible(actor))


def rows_of(activities: Iterable[Activity], school_years: Sequence[str]) -> list[Row]:
    """Activities with their figures, in one query for all their lines."""
    kept = list(activities)
    lines = lines_by_activity([activity.id for activity in kept])
    return [row_of(activity, lines[activity.id], school_years) for activity in kept]


def activity(*, actor: Actor, activity_id: UUID | str) -> Activity:
    """One activity, also a withdrawn one. Raises NotFound, also when it is not this actor's to see."""
    try:
        found = Activity.objects.filter(id=UUID(str(activity_id))).first()
    except ValueError:
        raise NotFound from None
    if found is None or not who_may.sees(actor, found.municipality):
        raise NotFound
    return found


def row(*, actor: Actor, activity_id: UUID | str) -> Row:
    """One activity with its figures. Raises NotFound."""
    found = activity(actor=actor, activity_id=activity_id)
    years = [period.school_year for period in periods(found.programme)]
    return rows_of([found], years)[0]
