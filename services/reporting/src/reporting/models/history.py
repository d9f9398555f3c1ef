"""What was known at an earlier moment, told again from the journal: activities and who takes part."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from coordination.contracts import catalogue, intake, matching
from coordination.contracts.envelope import Envelope
from reporting.domain.facts import IndicatorFact, ParticipationFact, RoleFact
from reporting.models.activities import Activity
from reporting.models.journal import JournalEntry

TOLD_OF_ACTIVITIES = (
    intake.ActivityRegistered,
    intake.ActivityChanged,
    intake.ActivityPhased,
    intake.BudgetTransferred,
    intake.ProgressReported,
    intake.ActivityWithdrawn,
)


@dataclass
class ActivityAsKnown:
    """An activity as the messages up to a moment tell it; the row is not kept anywhere."""

    activity: Activity
    indicators: dict[str, IndicatorFact] = field(default_factory=dict)
    waiting: int | None = None


def activities_as_known(municipality: str, moment: datetime) -> list[ActivityAsKnown]:
    """The activities of a municipality by what had been recorded at a moment, withdrawn ones marked."""
    known: dict[UUID, ActivityAsKnown] = {}
    for event in _told(municipality, moment, TOLD_OF_ACTIVITIES):
        if isinstance(event, intake.ActivityRegistered):
            known[event.activity_id] = _registered(event)
        elif event.activity_id in known:
            _apply(known[event.activity_id], event)
    return list(known.values())


def taking_part_as_known(
    municipality: str, moment: datetime
) -> tuple[tuple[ParticipationFact, ...], tuple[RoleFact, ...]]:
    """Participations and partner roles by what had been recorded at a moment."""
    participations: dict[UUID, ParticipationFact] = {}
    roles: dict[UUID, RoleFact] = {}
    for event in _told(municipality, moment, (matching.ParticipationChanged, matching.PartnerRoleChanged)):
        if isinstance(event, matching.ParticipationChanged):
            participations[event.participation_id] = ParticipationFact(
                activity_id=event.activity_id,
                school_id=event.school_id,
                state=event.state,
                origin=event.origin,
                confirmed=event.confirmed,
                pupils=event.pupils,
            )
        else:
            roles[event.role_id] = RoleFact(
                activity_id=event.activity_id, partner_id=event.partner_id, state=event.state
            )
    return tuple(participations.values()), tuple(roles.values())


def _told(municipality: str, moment: datetime, events: tuple[type, ...]) -> Iterator[Any]:
    """The events of these kinds, those of one subject in their order."""
    rows = JournalEntry.objects.filter(
        municipality=municipality, time__lte=moment, type__in=[event.TYPE for event in events]
    )
    for row in rows.order_by("subject", "sequence"):
        yield catalogue.event_from(Envelope.from_json(row.message))


def _registered(event: intake.ActivityRegistered) -> ActivityAsKnown:
    activity = Activity(
        id=event.activity_id,
        municipality=event.municipality,
        programme=event.programme,
        status=event.status,
        status_reason=event.status_reason or "",
        reported_on=event.reported_on,
    )
    _describe(activity, event.details)
    return ActivityAsKnown(activity=activity, indicators={one.name: _indicator(one, None) for one in event.indicators})


def _apply(known: ActivityAsKnown, event: Any) -> None:
    activity = known.activity
    match event:
        case intake.ActivityChanged():
            _describe(activity, event.details)
        case intake.ActivityPhased():
            activity.phasing_state = event.state
        case intake.BudgetTransferred():
            activity.total_cents = event.total_cents
        case intake.ActivityWithdrawn():
            activity.withdrawn = True
        case intake.ProgressReported():
            activity.reported_on = max(filter(None, [activity.reported_on, event.reported_on]))
            if event.status:
                activity.status, activity.status_reason = event.status, event.status_reason or ""
            if event.reach is not None and event.reach.waiting is not None:
                known.waiting = event.reach.waiting
            if event.indicator is not None:
                name = event.indicator.name
                known.indicators[name] = _indicator(event.indicator, known.indicators.get(name))


def _describe(activity: Activity, details: intake.ActivityDetails) -> None:
    for name in ("number", "title", "measure_type", "starts_on", "ends_on", "total_cents", "phasing_state"):
        setattr(activity, name, getattr(details, name))
    activity.sectors = list(details.sectors)
    activity.partners = [{"partner_id": str(one.partner_id), "name": one.name} for one in details.partners]
    activity.continuation = details.continuation or ""


def _indicator(said: intake.Indicator, before: IndicatorFact | None) -> IndicatorFact:
    return IndicatorFact(
        name=said.name,
        target=said.target or (before.target if before else ""),
        value=said.value or (before.value if before else ""),
        evidence=said.evidence or (before.evidence if before else ""),
    )
