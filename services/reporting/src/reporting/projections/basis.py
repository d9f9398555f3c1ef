"""Copies of municipalities, programmes, catalogues and allocations."""

from coordination.contracts import intake
from coordination.contracts.catalogue import data_of
from coordination.contracts.envelope import Envelope
from coordination.events.copies import copies_of, copying
from reporting.models import Allocation, Catalogue, Municipality, Programme, ProgrammePeriod
from reporting.projections.changes import note
from reporting.projections.summary import summary_changed


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
    summary_changed([event.code])


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
            defaults={
                "starts_on": period.starts_on,
                "ends_on": period.ends_on,
                "national_weight": period.national_weight,
            },
        )
    programme.periods.exclude(school_year__in=[period.school_year for period in event.periods]).delete()
    summary_changed(Municipality.objects.values_list("code", flat=True))


def catalogue_defined(event: intake.CatalogueDefined, envelope: Envelope) -> None:
    """Keep the catalogue whole, as it now stands."""
    Catalogue.objects.update_or_create(
        id=event.catalogue_id, defaults={"name": event.name, "entries": [data_of(entry) for entry in event.entries]}
    )


@copying
def allocation_granted(event: intake.AllocationGranted, envelope: Envelope) -> None:
    """Keep one component of what a municipality received."""
    with copies_of("reporting") as copies:
        copies.keep(
            Allocation,
            {"id": event.allocation_id},
            {
                "municipality": event.municipality,
                "programme": event.programme,
                "component": event.component,
                "amount_cents": event.amount_cents,
                "granted_on": event.granted_on,
                "pupils": event.pupils,
                "per_pupil_cents": event.per_pupil_cents,
                "recorded_at": envelope.time,
            },
        )
    note(
        envelope,
        municipality=event.municipality,
        kind="allocated",
        facts={"cents": event.amount_cents, "component": event.component, "granted_on": str(event.granted_on)},
    )
    summary_changed([event.municipality])
