"""Copies of municipalities, programmes and catalogues, as intake says them."""

from coordination.contracts import intake
from coordination.contracts.catalogue import data_of
from coordination.contracts.envelope import Envelope
from matching.models import Catalogue, Municipality, Programme, ProgrammePeriod


def municipality_registered(event: intake.MunicipalityRegistered, envelope: Envelope) -> None:
    """Keep the municipality as it now stands."""
    Municipality.objects.update_or_create(
        id=event.municipality_id,
        defaults={
            "code": event.code,
            "name": event.name,
            "kind": event.kind,
            "zone": event.zone,
            "theme": event.theme,
        },
    )


def programme_defined(event: intake.ProgrammeDefined, envelope: Envelope) -> None:
    """Keep the programme and its periods as they now stand."""
    programme, _ = Programme.objects.update_or_create(
        id=event.programme_id,
        defaults={
            "code": event.code,
            "name": event.name,
            "window_starts_on": event.window_starts_on,
            "window_ends_on": event.window_ends_on,
        },
    )
    for period in event.periods:
        ProgrammePeriod.objects.update_or_create(
            programme=programme,
            school_year=period.school_year,
            defaults={"starts_on": period.starts_on, "ends_on": period.ends_on},
        )
    programme.periods.exclude(school_year__in=[period.school_year for period in event.periods]).delete()


def catalogue_defined(event: intake.CatalogueDefined, envelope: Envelope) -> None:
    """Keep the catalogue whole, as it now stands."""
    entries = [data_of(entry) if not isinstance(entry, dict) else entry for entry in event.entries]
    Catalogue.objects.update_or_create(id=event.catalogue_id, defaults={"name": event.name, "entries": entries})
