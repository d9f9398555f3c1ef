"""Copies of activities, as intake says them."""

from coordination.contracts import intake
from coordination.contracts.envelope import Envelope
from coordination.events.unit_of_work import unit_of_work
from matching.models import Activity, Participation
from matching.publications import partners_in


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


def activity_changed(event: intake.ActivityChanged, envelope: Envelope) -> None:
    """Keep the new description of an activity; its status stays."""
    _keep(event, envelope, **_described(event.details))


def progress_reported(event: intake.ProgressReported, envelope: Envelope) -> None:
    """Keep the status somebody reported; a report that says nothing about it leaves it."""
    if event.status is not None:
        _keep(event, envelope, status=event.status, status_reason=event.status_reason or "")


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
    activity_id = event.activity_id
    with unit_of_work("matching") as say:
        Activity.objects.update_or_create(
            id=activity_id,
            defaults={"municipality": event.municipality, "sequence": envelope.sequence, **fields},
        )
        say.changed("requests", event.municipality, audience=[f"municipality:{event.municipality}"])
        for school in Participation.objects.filter(activity_id=activity_id).values_list("school_id", flat=True):
            say.changed("school", school, audience=[f"school:{school}"])
        for partner in partners_in(activity_id):
            say.changed("partner", partner.removeprefix("partner:"), audience=[partner])
