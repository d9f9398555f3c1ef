"""The summary of a municipality: every figure that page, API and download show, computed once from the facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from coordination.contracts.periods import Elapsed, Period, elapsed_on
from reporting.domain import plan, reports, splits
from reporting.domain.continuing import ContinuationGroup, by_continuation
from reporting.domain.facts import ActivityFact, Facts
from reporting.domain.figures import Figures, Picture, added, picture_of
from reporting.domain.lately import Lately, lately
from reporting.domain.leftover import LeftOver, left_over
from reporting.domain.participants import Participants, participants_of, schools_by_activity
from reporting.domain.plan import PlanPoint

GROUPS = (
    ("delayed", frozenset({"delayed"})),
    ("running", frozenset({"running"})),
    ("not_started", frozenset({"draft", "decided"})),
    ("ended", frozenset({"completed", "stopped"})),
)


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """One row of the years table; school_year None is not divided. percentage is the national share, whole."""

    school_year: str | None
    figures: Figures
    percentage: int | None = None


@dataclass(frozen=True, kw_only=True)
class ActivityRow:
    """An activity with its figures. plan_cents is what it should have spent by the as-of date, by the rule."""

    activity: ActivityFact
    picture: Picture
    plan_cents: int | None
    last_report: date | None
    stale: bool
    age_days: int | None
    schools: int

    @property
    def planned_cents(self) -> int:
        """Its budget."""
        return self.picture.total.planned_cents or 0

    @property
    def realised_cents(self) -> int | None:
        """What it spent; None when nobody said."""
        return self.picture.total.realised_cents

    @property
    def share(self) -> Fraction:
        """The part of its budget that is spent, to sort by."""
        return Fraction(self.realised_cents or 0, self.planned_cents) if self.planned_cents else Fraction(0)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Activities under one heading: delayed, running, not_started, ended, or other for a later status."""

    slug: str
    rows: tuple[ActivityRow, ...]


@dataclass(frozen=True, kw_only=True)
class PlanOnDate:
    """What should have been spent on the as-of date by the rule, in cents, and how spending stands against it."""

    elapsed: Elapsed
    cents: int
    verdict: str
    undivided_cents: int
    days_over: int
    days: int


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Everything a council sees. Sums are over what is known; the missing counts say of how many it is not."""

    facts: Facts
    allocated_cents: int
    planned_cents: int
    committed_cents: int | None
    committed_missing: int
    realised_cents: int | None
    realised_missing: int
    years: tuple[YearRow, ...]
    rows: tuple[ActivityRow, ...]
    coverage: reports.Coverage
    reference_date: date | None
    plan: PlanOnDate | None
    points: tuple[PlanPoint, ...]
    left: LeftOver
    by_schools: tuple[splits.Part, ...]
    by_sectors: tuple[splits.Part, ...]
    by_source: tuple[tuple[str, int], ...]
    cooperation_cents: int
    continuation: tuple[ContinuationGroup, ...]
    participants: Participants
    lately: Lately

    @property
    def unassigned_cents(self) -> int:
        """Received and not given to an activity; below zero more was given than received."""
        return self.allocated_cents - self.planned_cents

    @property
    def remaining_cents(self) -> int | None:
        """Received and not spent; None when nobody said what was spent."""
        return None if self.realised_cents is None else self.allocated_cents - self.realised_cents

    @property
    def of_allocation(self) -> tuple[int | None, int | None, int | None]:
        """Allocated, unassigned and remaining as they are told: unknown when nobody said what was received."""
        if not self.facts.allocations:
            return None, None, None
        return self.allocated_cents, self.unassigned_cents, self.remaining_cents

    @property
    def as_of(self) -> date | None:
        """The day up to which reporting is complete."""
        return self.coverage.as_of

    @property
    def last_change_at(self) -> datetime | None:
        """When something was last heard about this municipality."""
        return self.facts.last_change_at

    @property
    def undivided(self) -> Figures:
        """What has a total but no year."""
        return self.years[-1].figures

    @property
    def groups(self) -> tuple[Group, ...]:
        """The activities by how they stand, each group by the part spent, the least first."""
        known = frozenset().union(*(statuses for _, statuses in GROUPS))
        kept = [(slug, [row for row in self.rows if row.activity.status in statuses]) for slug, statuses in GROUPS]
        kept.append(("other", [row for row in self.rows if row.activity.status not in known]))
        return tuple(
            Group(slug=slug, rows=tuple(sorted(rows, key=lambda row: (row.share, row.activity.number))))
            for slug, rows in kept
            if rows
        )


def summarise(facts: Facts) -> Summary:
    """Compute the summary. Pure: the same facts give the same figures wherever they are shown."""
    years = [period.school_year for period in facts.periods]
    pictures = [(activity, picture_of(activity, years)) for activity in facts.activities]
    whole = added([picture for _, picture in pictures], years)
    coverage = reports.coverage_of(facts.activities, facts.today)
    participants = participants_of(facts)
    rows = _rows(facts, pictures, coverage, participants)
    allocated = sum(one.amount_cents for one in facts.allocations)
    planned = whole.total.planned_cents or 0
    realised = whole.total.realised_cents if facts.activities else 0
    return Summary(
        facts=facts,
        allocated_cents=allocated,
        planned_cents=planned,
        committed_cents=whole.total.committed_cents if facts.activities else 0,
        committed_missing=sum(1 for _, picture in pictures if picture.total.committed_cents is None),
        realised_cents=realised,
        realised_missing=sum(1 for _, picture in pictures if picture.total.realised_cents is None),
        years=_years(facts.periods, whole),
        rows=rows,
        coverage=coverage,
        reference_date=reports.last_reference(facts.activities),
        plan=_plan(facts, whole, coverage.as_of, realised),
        points=plan.points(facts.periods, lambda year: whole.year(year).planned_cents),
        left=left_over(allocated_cents=allocated, planned_cents=planned, activities=pictures),
        by_schools=splits.by_schools(pictures, schools_by_activity(participants), allocated - planned),
        by_sectors=splits.by_sectors(pictures, facts.sector_groups),
        by_source=splits.by_source(pictures),
        cooperation_cents=splits.cooperation_cents(pictures),
        continuation=by_continuation(pictures, years[-1] if years else None),
        participants=participants,
        lately=lately(facts.changes),
    )


def _years(periods: Sequence[Period], whole: Picture) -> tuple[YearRow, ...]:
    weights = {period.school_year: period.national_weight for period in periods}
    return tuple(
        YearRow(school_year=year, figures=figures, percentage=weights.get(year) if year else None)
        for year, figures in whole.by_year.items()
    )


def _rows(
    facts: Facts,
    pictures: Sequence[tuple[ActivityFact, Picture]],
    coverage: reports.Coverage,
    participants: Participants,
) -> tuple[ActivityRow, ...]:
    newest = reports.newest_report(facts.activities, facts.today)
    elapsed = elapsed_on(coverage.as_of, facts.periods) if coverage.as_of else None

    def plan_of(picture: Picture) -> int | None:
        if elapsed is None:
            return None
        return plan.planned_until(elapsed, lambda year: picture.year(year).planned_cents)

    def row(activity: ActivityFact, picture: Picture) -> ActivityRow:
        last = reports.last_report(activity, facts.today)
        return ActivityRow(
            activity=activity,
            picture=picture,
            plan_cents=plan_of(picture),
            last_report=last,
            stale=reports.is_stale(activity, newest, facts.today),
            age_days=(facts.today - last).days if last else None,
            schools=participants.schools_in(activity.id),
        )

    return tuple(row(activity, picture) for activity, picture in pictures)


def _plan(facts: Facts, whole: Picture, as_of: date | None, realised: int | None) -> PlanOnDate | None:
    if as_of is None or not facts.periods:
        return None
    elapsed = elapsed_on(as_of, facts.periods)
    cents = plan.planned_until(elapsed, lambda year: whole.year(year).planned_cents)
    over, days = plan.share_of_window(
        as_of, facts.window_starts_on or facts.periods[0].starts_on, facts.window_ends_on or facts.periods[-1].ends_on
    )
    return PlanOnDate(
        elapsed=elapsed,
        cents=cents,
        verdict="unknown" if realised is None else plan.verdict(realised, cents),
        undivided_cents=whole.year(None).planned_cents or 0,
        days_over=over,
        days=days,
    )
