"""Copies of who takes part. A row is kept by its id; it shows once its school and activity are met."""

from coordination.contracts import matching
from coordination.contracts.envelope import Envelope
from coordination.events.copies import copies_of, copying
from reporting.models import Participation, PartnerRole, Reach
from reporting.projections.changes import note
from reporting.projections.summary import summary_changed


@copying
def participation_changed(event: matching.ParticipationChanged, envelope: Envelope) -> None:
    """Keep the state a participation entered; what the municipality recorded itself is no news to its council."""
    with copies_of("reporting") as copies:
        copies.keep(
            Participation,
            {"id": event.participation_id},
            {
                "activity_id": event.activity_id,
                "school_id": event.school_id,
                "municipality": event.municipality,
                "state": event.state,
                "origin": event.origin,
                "pupils": event.pupils,
                "position": event.position,
                "confirmed": event.confirmed,
                "changed_at": event.changed_at,
            },
        )
    recorded = event.origin == "municipality" and event.state == "joined"
    if not recorded and event.state in ("joined", "withdrawn"):
        note(
            envelope,
            municipality=event.municipality,
            activity_id=event.activity_id,
            kind=f"school-{event.state}",
            facts={"school": str(event.school_id)},
            reason=event.reason,
        )
    summary_changed([event.municipality])


@copying
def partner_role_changed(event: matching.PartnerRoleChanged, envelope: Envelope) -> None:
    """Keep the state of a partner's role."""
    with copies_of("reporting") as copies:
        copies.keep(
            PartnerRole,
            {"id": event.role_id},
            {
                "activity_id": event.activity_id,
                "partner_id": event.partner_id,
                "municipality": event.municipality,
                "state": event.state,
                "changed_at": event.changed_at,
            },
        )
    if event.state in ("confirmed", "declined"):
        note(
            envelope,
            municipality=event.municipality,
            activity_id=event.activity_id,
            kind=f"partner-{event.state}",
            facts={"partner": str(event.partner_id)},
            reason=event.reason,
        )
    summary_changed([event.municipality])


@copying
def places_set(event: matching.PlacesSet, envelope: Envelope) -> None:
    """Keep how many places an activity has; none is no limit."""
    with copies_of("reporting") as copies:
        copies.keep(Reach, {"activity_id": event.activity_id}, {"places_set": event.places})
    summary_changed([event.municipality])
