"""How the rows of intake look outside: lower camelCase, ids as text, times in UTC, unknown as null."""

from datetime import UTC
from typing import Any

from coordination.web.api.serializers import camel_keys
from intake.domain.figures import Figures
from intake.models import Act, Allocation, Catalogue, LedgerLine, Municipality, Programme, Report
from intake.queries.activities import Row
from intake.queries.allocations import Summary
from intake.queries.ledger import LineShown


def figures_shape(school_year: str | None, figures: Figures) -> dict[str, Any]:
    """The figures of one school year; null is undivided."""
    return {
        "schoolYear": school_year,
        "plannedCents": figures.planned,
        "committedCents": figures.committed,
        "realisedCents": figures.realised,
        "remainingCents": figures.remaining,
    }


def activity_shape(row: Row) -> dict[str, Any]:
    """An activity with its figures; phasing ends with the row of what is undivided, so it adds up to the total."""
    activity = row.activity
    return {
        "id": str(activity.id),
        "number": activity.number,
        "municipality": activity.municipality,
        "programme": activity.programme,
        "title": activity.title,
        "measureType": activity.measure_type,
        "status": activity.status,
        "statusReason": activity.status_reason or None,
        "startsOn": activity.starts_on,
        "endsOn": activity.ends_on,
        "totalCents": activity.total_cents,
        "committedCents": row.total.committed,
        "realisedCents": row.total.realised,
        "remainingCents": row.total.remaining,
        "referenceDate": row.until.reference_date,
        "phasingState": activity.phasing_state,
        "phasing": [figures_shape(year, figures) for year, figures in row.picture.by_year.items()],
        "owner": str(activity.owner) if activity.owner else None,
        "goal": activity.goal,
        "interventions": activity.interventions,
        "sectors": activity.sectors,
        "targetGroups": activity.target_groups,
        "schoolTypes": activity.school_types,
        "schools": activity.schools,
        "partners": camel_keys(activity.partners),
        "continuation": activity.continuation or None,
        "indicators": camel_keys(activity.indicators),
        "reportedOn": activity.reported_on,
        "withdrawn": activity.withdrawn,
        "version": activity.version,
    }


def plain_line_shape(line: LedgerLine) -> dict[str, Any]:
    """A ledger line by itself."""
    return {
        "id": str(line.id),
        "act": str(line.act_id),
        "activity": str(line.activity_id),
        "kind": line.kind,
        "schoolYear": line.school_year,
        "amountCents": line.amount_cents,
        "fundingSource": line.funding_source,
        "date": line.dated_on,
        "referenceDate": line.reference_date,
    }


def line_shape(shown: LineShown) -> dict[str, Any]:
    """A ledger line with who, when and why, also as a Dutch sentence."""
    return plain_line_shape(shown.line) | act_shape(shown.act) | {"sentence": shown.sentence}


def act_shape(act: Act) -> dict[str, Any]:
    """The when and why of an act; who is the role, never a person."""
    return {
        "actKind": act.kind,
        "role": act.role,
        "reason": act.reason or None,
        "actedOn": act.acted_on,
        "recordedAt": act.recorded_at.astimezone(UTC),
        "origin": act.origin,
    }


def report_shape(report: Report) -> dict[str, Any]:
    """A report of progress."""
    return {
        "id": str(report.id),
        "activity": str(report.activity_id),
        "date": report.reported_on,
        "status": report.status or None,
        "statusReason": report.status_reason or None,
        "reach": {"participants": report.participants, "waiting": report.waiting, "places": report.places},
        "indicator": camel_keys(report.indicator),
    }


def municipality_shape(municipality: Municipality, summary: Summary) -> dict[str, Any]:
    """A municipality with its figures."""
    return {
        "id": str(municipality.id),
        "code": municipality.code,
        "name": municipality.name,
        "kind": municipality.kind,
        "zone": municipality.zone,
        "numberPrefix": municipality.number_prefix,
        "allocatedCents": summary.allocated,
        "plannedCents": summary.planned,
        "unassignedCents": summary.unassigned,
        "committedCents": summary.committed,
        "realisedCents": summary.realised,
        "remainingCents": summary.remaining,
    }


def allocation_shape(allocation: Allocation) -> dict[str, Any]:
    """One component of what a municipality received."""
    return {
        "id": str(allocation.id),
        "municipality": allocation.municipality,
        "programme": allocation.programme,
        "component": allocation.component,
        "amountCents": allocation.amount_cents,
        "grantedOn": allocation.granted_on,
        "pupils": allocation.pupils,
        "perPupilCents": allocation.per_pupil_cents,
    }


def programme_shape(programme: Programme) -> dict[str, Any]:
    """A programme with its window and periods."""
    return {
        "id": str(programme.id),
        "code": programme.code,
        "name": programme.name,
        "windowStartsOn": programme.window_starts_on,
        "windowEndsOn": programme.window_ends_on,
        "periods": [
            {
                "schoolYear": period.school_year,
                "startsOn": period.starts_on,
                "endsOn": period.ends_on,
                "nationalWeight": period.national_weight,
            }
            for period in programme.plain_periods()
        ],
    }


def catalogue_shape(catalogue: Catalogue) -> dict[str, Any]:
    """A catalogue, whole."""
    return {
        "name": catalogue.name,
        "entries": [
            {
                "slug": entry.slug,
                "labelNl": entry.label_nl,
                "labelEn": entry.label_en or None,
                "group": entry.group or None,
                "code": entry.code or None,
                "aliases": entry.aliases,
            }
            for entry in catalogue.entries.all()
        ],
    }
