"""Gathering the facts about one municipality from the copies, as they stand now or as they were known at a moment."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q

from coordination.contracts.periods import Period
from reporting.domain import facts as plain
from reporting.models import history
from reporting.models.activities import Activity, Indicator, Line, Reach
from reporting.models.basis import Allocation, Catalogue, Municipality, Programme
from reporting.models.changes import Change
from reporting.models.journal import JournalEntry
from reporting.models.organisations import Partner, School
from reporting.models.participations import Participation, PartnerRole
from reporting.models.signals import Signal

MOST_CHANGES = 500


def facts_of(municipality: Municipality, *, today: date, known_at: datetime | None = None) -> plain.Facts:
    """All facts about a municipality; with known_at only what had been recorded by that moment."""
    programme = _programme_of(municipality.code)
    periods = tuple(programme.periods.all()) if programme else ()
    code = programme.code if programme else ""
    participations, roles = _taking_part(municipality.code, known_at)
    activities = _activities(municipality.code, code, known_at)
    words, sector_groups = _words()
    return plain.Facts(
        code=municipality.code,
        name=municipality.name,
        kind=municipality.kind,
        zone=municipality.zone,
        theme=municipality.theme,
        today=today,
        programme=code,
        programme_name=programme.name if programme else "",
        window_starts_on=programme.window_starts_on if programme else None,
        window_ends_on=programme.window_ends_on if programme else None,
        periods=tuple(
            Period(
                school_year=one.school_year,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                national_weight=one.national_weight,
            )
            for one in periods
        ),
        allocations=_allocations(municipality.code, code, known_at),
        activities=activities,
        schools=_schools(municipality.code, [one.school_id for one in participations]),
        partners=_partners(activities, roles),
        participations=participations,
        roles=roles,
        changes=_changes(municipality.code, known_at),
        signals=_signals(municipality.code, today, known_at),
        words=words,
        sector_groups=sector_groups,
        last_change_at=_last_change(municipality.code, known_at),
    )


def _programme_of(code: str) -> Programme | None:
    """The programme a municipality received money in; the only one there is when it received none yet."""
    granted = Allocation.objects.filter(municipality=code).values_list("programme", flat=True)
    return Programme.objects.filter(code__in=list(granted)).first() or Programme.objects.first()


def _allocations(code: str, programme: str, known_at: datetime | None) -> tuple[plain.AllocationFact, ...]:
    rows = Allocation.objects.filter(municipality=code, programme=programme)
    if known_at:
        rows = rows.filter(recorded_at__lte=known_at)
    return tuple(
        plain.AllocationFact(
            component=one.component,
            amount_cents=one.amount_cents,
            granted_on=one.granted_on,
            pupils=one.pupils,
            per_pupil_cents=one.per_pupil_cents,
        )
        for one in rows
    )


def _activities(code: str, programme: str, known_at: datetime | None) -> tuple[plain.ActivityFact, ...]:
    rows: Iterable[Activity] = Activity.objects.filter(municipality=code, programme=programme, withdrawn=False)
    indicators: dict[UUID, list[plain.IndicatorFact]] = {}
    if known_at:
        told = history.activities_as_known(code, known_at)
        rows = sorted((one.activity for one in told if not one.activity.withdrawn), key=lambda one: one.number)
        indicators = {one.activity.id: list(one.indicators.values()) for one in told}
        waiting = {one.activity.id: one.waiting for one in told}
    rows = [one for one in rows if one.programme == programme]
    ids = [one.id for one in rows]
    if not known_at:
        for one in Indicator.objects.filter(activity_id__in=ids):
            indicators.setdefault(one.activity_id, []).append(
                plain.IndicatorFact(name=one.name, target=one.target, value=one.value, evidence=one.evidence)
            )
        waiting = dict(Reach.objects.filter(activity_id__in=ids).values_list("activity_id", "waiting"))
    lines = _lines(ids, known_at)
    return tuple(_activity(one, lines.get(one.id, []), indicators.get(one.id, []), waiting.get(one.id)) for one in rows)


def _activity(
    row: Activity, lines: list[plain.LineFact], indicators: list[plain.IndicatorFact], waiting: int | None
) -> plain.ActivityFact:
    return plain.ActivityFact(
        id=row.id,
        number=row.number,
        title=row.title,
        measure_type=row.measure_type,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        total_cents=row.total_cents,
        status=row.status,
        status_reason=row.status_reason,
        sectors=tuple(row.sectors),
        partners=tuple((UUID(one["partner_id"]), one["name"]) for one in row.partners),
        continuation=row.continuation,
        phasing_state=row.phasing_state,
        reported_on=row.reported_on,
        waiting=waiting,
        indicators=tuple(indicators),
        lines=tuple(lines),
    )


def _lines(activity_ids: list[UUID], known_at: datetime | None) -> dict[UUID, list[plain.LineFact]]:
    rows = Line.objects.filter(activity_id__in=activity_ids)
    if known_at:
        rows = rows.filter(recorded_at__lte=known_at)
    found: dict[UUID, list[plain.LineFact]] = {}
    for one in rows:
        found.setdefault(one.activity_id, []).append(
            plain.LineFact(
                line_id=one.id,
                kind=one.kind,
                school_year=one.school_year,
                amount_cents=one.amount_cents,
                funding_source=one.funding_source,
                dated_on=one.dated_on,
                reference_date=one.reference_date,
                reason=one.reason,
                forgets=one.forgets,
                recorded_at=one.recorded_at,
            )
        )
    return found


def _schools(code: str, met: Iterable[UUID]) -> tuple[plain.SchoolFact, ...]:
    own = School.objects.filter(municipality=code)
    others = School.objects.filter(id__in=set(met)).exclude(municipality=code)
    return tuple(plain.SchoolFact(id=one.id, name=one.name, municipality=one.municipality) for one in [*own, *others])


def _partners(
    activities: Iterable[plain.ActivityFact], roles: Iterable[plain.RoleFact]
) -> tuple[plain.PartnerFact, ...]:
    """The partners of the register that this municipality names, under whichever of their ids."""
    named = {partner_id for one in activities for partner_id, _ in one.partners} | {one.partner_id for one in roles}
    facts = (
        plain.PartnerFact(id=one.id, name=one.name, other_ids=tuple(UUID(other) for other in one.other_ids))
        for one in Partner.objects.all()
    )
    return tuple(one for one in facts if not named.isdisjoint((one.id, *one.other_ids)))


def _signals(code: str, day: date, known_at: datetime | None) -> tuple[plain.SignalFact, ...]:
    rows = Signal.objects.filter(municipality=code)
    if known_at:
        rows = rows.filter(Q(cleared_on__isnull=True) | Q(cleared_on__gt=day), since__lte=day)
    else:
        rows = rows.filter(cleared_on__isnull=True)
    return tuple(plain.SignalFact(activity_id=one.activity_id, kind=one.kind, since=one.since) for one in rows)


def _taking_part(
    code: str, known_at: datetime | None
) -> tuple[tuple[plain.ParticipationFact, ...], tuple[plain.RoleFact, ...]]:
    if known_at:
        return history.taking_part_as_known(code, known_at)
    participations = tuple(
        plain.ParticipationFact(
            activity_id=one.activity_id,
            school_id=one.school_id,
            state=one.state,
            origin=one.origin,
            confirmed=one.confirmed,
            pupils=one.pupils,
        )
        for one in Participation.objects.filter(municipality=code)
    )
    roles = tuple(
        plain.RoleFact(activity_id=one.activity_id, partner_id=one.partner_id, state=one.state)
        for one in PartnerRole.objects.filter(municipality=code)
    )
    return participations, roles


def _changes(code: str, known_at: datetime | None) -> tuple[plain.ChangeFact, ...]:
    rows = Change.objects.filter(municipality=code)
    if known_at:
        rows = rows.filter(changed_at__lte=known_at)
    return tuple(
        plain.ChangeFact(
            id=one.id,
            kind=one.kind,
            activity_id=one.activity_id,
            facts=one.facts,
            reason=one.reason,
            role=one.role,
            correlation=one.correlation,
            changed_at=one.changed_at,
        )
        for one in rows[:MOST_CHANGES]
    )


def _last_change(code: str, known_at: datetime | None) -> datetime | None:
    # A signal is what reporting itself noticed: nobody changed anything.
    rows = JournalEntry.objects.filter(municipality=code).exclude(service="reporting")
    if known_at:
        rows = rows.filter(time__lte=known_at)
    return rows.aggregate(last=Max("time"))["last"]


def _words() -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    words: dict[str, dict[str, str]] = {}
    groups: dict[str, str] = {}
    for catalogue in Catalogue.objects.all():
        words[catalogue.name] = {entry["slug"]: entry["label_nl"] for entry in catalogue.entries}
        if catalogue.name == "sector":
            groups = {entry["slug"]: entry.get("group", "") for entry in catalogue.entries}
    return words, groups
