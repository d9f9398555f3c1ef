"""Copies of schools and partners, as matching says them; sheet rows are judged against these."""

from coordination.contracts import matching
from coordination.contracts.envelope import Envelope
from coordination.events.copies import copies_of, copying
from coordination.events.unit_of_work import unit_of_work
from intake.models import Partner, School


@copying
def school_registered(event: matching.SchoolRegistered, envelope: Envelope) -> None:
    """Keep the school location as it now stands."""
    with copies_of("intake") as copies:
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
    with unit_of_work("intake") as say:
        say.changed("school", event.school_id, [f"municipality:{event.municipality}"])


@copying
def partner_registered(event: matching.PartnerRegistered, envelope: Envelope) -> None:
    """Keep the partner as it now stands; what was proposed under another id points to it from now on."""
    with copies_of("intake") as copies:
        copies.keep(
            Partner,
            {"id": event.partner_id},
            {
                "name": event.name,
                "partner_type": event.partner_type,
                "municipalities": list(event.municipalities),
                "aliases": list(event.aliases),
                "registered": True,
                "same_as": None,
            },
        )
        for other in event.other_ids:
            copies.keep(
                Partner,
                {"id": other},
                {"same_as": event.partner_id, "registered": False},
                when_new={"name": event.name},
            )
    with unit_of_work("intake") as say:
        say.changed("partner", event.partner_id, [f"municipality:{code}" for code in event.municipalities])
