"""Copies of schools and partners, as matching says them; sheet rows are judged against these."""

from coordination.contracts import matching
from coordination.contracts.envelope import Envelope
from coordination.events.unit_of_work import unit_of_work
from intake.models import Partner, School


def school_registered(event: matching.SchoolRegistered, envelope: Envelope) -> None:
    """Keep the school location as it now stands."""
    School.objects.update_or_create(
        id=event.school_id,
        defaults={
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


def partner_registered(event: matching.PartnerRegistered, envelope: Envelope) -> None:
    """Keep the partner as it now stands; what was proposed under another id points to it from now on."""
    Partner.objects.update_or_create(
        id=event.partner_id,
        defaults={
            "name": event.name,
            "partner_type": event.partner_type,
            "municipalities": list(event.municipalities),
            "aliases": list(event.aliases),
            "registered": True,
            "same_as": None,
        },
    )
    for other in event.other_ids:
        Partner.objects.update_or_create(
            id=other,
            defaults={"same_as": event.partner_id, "registered": False},
            create_defaults={"name": event.name, "same_as": event.partner_id, "registered": False},
        )
    with unit_of_work("intake") as say:
        say.changed("partner", event.partner_id, [f"municipality:{code}" for code in event.municipalities])
