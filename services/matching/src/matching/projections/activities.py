"""Copies of activities, as intake says them."""

from uuid import UUID

from coordination.contracts import intake
from coordination.contracts.envelope import Envelope
from coordination.events.copies import copies_of, copying
from coordination.events.unit_of_work import unit_of_work
from matching.models import Activity, Participation
from matching.publications import partners_in


@copying
def activity_registered(event: intake.ActivityRegistered, envelope: Envelope) -> None:
    """Keep a new activity."""
    _keep(
        event,
        envelope,
        programme=event.programme,
        status=event.status,
        status_reason=event.status_reason or "",
        **_described(event.details),
    )


@copying
def activity_changed(event: intake.ActivityChanged, envelope: Envelope) -> None:
    """Keep the new description of an activity; its status stays."""
    _keep(event, envelope, **_described(event.details))


@copying
def progress_reported(event: intake.ProgressReported, envelope: Envelope) -> None:
    """Keep the status somebody reported; a report that says nothing about it leaves it."""
    if event.status is not None:
        _keep(event, envelope, status=event.status, status_reason=event.status_reason or "")


@copying
def activity_withdrawn(event: intake.ActivityWithdrawn, envelope: Envelope) -> None:
    """Remember that the municipality took the activity back."""
    _keep(event, envelope, withdrawn=True)


def _described(details: intake.ActivityDetails) -> dict:
    return {
        "number": details.number,
        "title": details.title,
        "measure_type": details.measure_type,
        "starts_on": details.starts_on,
        "ends_on": details.ends_on,
        "goal": details.goal,
        "sectors": list(details.sectors),
        "target_groups": list(details.target_groups),
        "school_types": list(details.school_types),
        "schools": [str(school) for school in details.schools],
        "partners": [{"partner_id": str(one.partner_id), "name": one.name} for one in details.partners],
        "continuation": details.continuation or "",
    }


def _keep(event, envelope: Envelope, **fields) -> None:
    with copies_of("matching") as copies:
        copies.keep(
            Activity,
            {"id": event.activity_id},
            {"municipality": event.municipality, "sequence": envelope.sequence, **fields},
        )
        copies.afterwards(_tell, (event.activity_id, event.municipality))


def _tell(changed: list[tuple[UUID, str]]) -> None:
    activities = [activity for activity, _ in changed]
    with unit_of_work("matching") as say:
        for municipality in dict.fromkeys(municipality for _, municipality in changed):
            say.changed("requests", municipality, audience=[f"municipality:{municipality}"])
        taking_part = Participation.objects.filter(activity_id__in=activities)
        for school in taking_part.values_list("school_id", flat=True).distinct():
            say.changed("school", school, audience=[f"school:{school}"])
        for partner in partners_in(*activities):
            say.changed("partner", partner.removeprefix("partner:"), audience=[partner])
