"""Copies of the register of schools and partners."""

from coordination.contracts import matching
from coordination.contracts.envelope import Envelope
from coordination.events.copies import copies_of, copying
from reporting.models import Partner, School
from reporting.projections.summary import summary_changed


@copying
def school_registered(event: matching.SchoolRegistered, envelope: Envelope) -> None:
    """Keep the school location as it now stands."""
    with copies_of("reporting") as copies:
        copies.keep(
            School,
            {"id": event.school_id},
            {
                "brin": event.brin,
                "location_code": event.location_code,
                "name": event.name,
                "school_types": list(event.school_types),
                "municipality": event.municipality,
                "valid_from": event.valid_from,
                "valid_to": event.valid_to,
            },
        )
    summary_changed([event.municipality])


@copying
def partner_registered(event: matching.PartnerRegistered, envelope: Envelope) -> None:
    """Keep the partner as it now stands, with the ids under which it was named before."""
    with copies_of("reporting") as copies:
        copies.keep(
            Partner,
            {"id": event.partner_id},
            {
                "name": event.name,
                "partner_type": event.partner_type,
                "municipalities": list(event.municipalities),
                "other_ids": [str(one) for one in event.other_ids],
            },
        )
    summary_changed(event.municipalities)
