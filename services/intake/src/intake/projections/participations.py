"""Copies of who takes part in an activity, as matching says it; the activity itself may still be unknown here."""

from coordination.contracts import matching
from coordination.contracts.envelope import Envelope
from coordination.events.copies import copies_of, copying
from coordination.events.unit_of_work import unit_of_work
from intake.models import Offer, Participation, PartnerRole


@copying
def participation_changed(event: matching.ParticipationChanged, envelope: Envelope) -> None:
    """Keep the participation as it now stands."""
    with copies_of("intake") as copies:
        copies.keep(
            Participation,
            {"id": event.participation_id},
            {
                "activity": event.activity_id,
                "school": event.school_id,
                "municipality": event.municipality,
                "state": event.state,
                "origin": event.origin,
                "pupils": event.pupils,
                "reason": event.reason or "",
                "position": event.position,
                "confirmed": event.confirmed,
                "changed_at": event.changed_at,
            },
        )
    _tell(event)


@copying
def partner_role_changed(event: matching.PartnerRoleChanged, envelope: Envelope) -> None:
    """Keep the role as it now stands."""
    with copies_of("intake") as copies:
        copies.keep(
            PartnerRole,
            {"id": event.role_id},
            {
                "activity": event.activity_id,
                "partner": event.partner_id,
                "municipality": event.municipality,
                "state": event.state,
                "reason": event.reason or "",
                "changed_at": event.changed_at,
            },
        )
    _tell(event)


@copying
def places_set(event: matching.PlacesSet, envelope: Envelope) -> None:
    """Keep how many pupils the activity has place for."""
    with copies_of("intake") as copies:
        copies.keep(Offer, {"activity": event.activity_id}, {"places": event.places})
    _tell(event)


def _tell(event: matching.ParticipationChanged | matching.PartnerRoleChanged | matching.PlacesSet) -> None:
    with unit_of_work("intake") as say:
        say.changed("activity", event.activity_id, [f"municipality:{event.municipality}"])
