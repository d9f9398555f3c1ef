"""How the figures of reporting look outside: lower camelCase, ids as text, times in UTC, unknown as null."""

from datetime import UTC, datetime
from typing import Any

from reporting.domain.figures import Figures
from reporting.domain.participants import SchoolRow, shown_count
from reporting.domain.sentences import Sentence
from reporting.domain.splits import Part
from reporting.domain.summary import ActivityRow, PlanOnDate, Summary, YearRow
from reporting.models import Municipality, Snapshot


def summary_shape(summary: Summary) -> dict[str, Any]:
    """Everything a council sees; bySchoolYear ends with what is not divided, so that rows add up to the totals."""
    facts = summary.facts
    allocated, unassigned, remaining = summary.of_allocation
    return {
        "municipality": facts.code,
        "name": facts.name,
        "programme": facts.programme,
        "today": facts.today,
        "asOf": summary.as_of,
        "lastChangeAt": moment(summary.last_change_at),
        "referenceDate": summary.reference_date,
        "coverage": {"reported": summary.coverage.reported, "expected": summary.coverage.expected},
        "allocatedCents": allocated,
        "plannedCents": summary.planned_cents,
        "unassignedCents": unassigned,
        "committedCents": summary.committed_cents,
        "committedMissing": summary.committed_missing,
        "realisedCents": summary.realised_cents,
        "realisedMissing": summary.realised_missing,
        "remainingCents": remaining,
        "plan": plan_shape(summary.plan) if summary.plan else None,
        "left": {
            "unassignedCents": summary.left.unassigned_cents,
            "endedCents": summary.left.ended_cents,
            "certainCents": summary.left.certain_cents,
            "stillToSpendCents": summary.left.still_to_spend_cents,
        },
        "allocations": [
            {
                "component": one.component,
                "amountCents": one.amount_cents,
                "grantedOn": one.granted_on,
                "pupils": one.pupils,
                "perPupilCents": one.per_pupil_cents,
            }
            for one in facts.allocations
        ],
        "bySchoolYear": [year_shape(row) for row in summary.years],
        "bySchools": [part_shape(part) for part in summary.by_schools],
        "bySectors": [part_shape(part) for part in summary.by_sectors],
        "bySource": [{"source": slug, "plannedCents": cents} for slug, cents in summary.by_source],
        "activities": [activity_shape(row, facts.code) for row in summary.rows],
    }


def plan_shape(plan: PlanOnDate) -> dict[str, Any]:
    """What should have been spent by the rule, and how spending stands against it."""
    return {
        "date": plan.elapsed.day,
        "cents": plan.cents,
        "verdict": plan.verdict,
        "undividedCents": plan.undivided_cents,
        "monthsOfYear": plan.elapsed.months,
        "schoolYear": plan.elapsed.running.school_year if plan.elapsed.running else None,
    }


def figures_shape(school_year: str | None, figures: Figures) -> dict[str, Any]:
    """The figures of one school year; null is not divided."""
    return {
        "schoolYear": school_year,
        "plannedCents": figures.planned_cents,
        "committedCents": figures.committed_cents,
        "realisedCents": figures.realised_cents,
        "remainingCents": figures.remaining_cents,
    }


def year_shape(row: YearRow) -> dict[str, Any]:
    """A row of the years of a municipality, with the national share as a whole percentage."""
    return figures_shape(row.school_year, row.figures) | {"nationalPercentage": row.percentage}


def activity_shape(row: ActivityRow, municipality: str) -> dict[str, Any]:
    """An activity with its figures; counts of 1 to 4 pupils are the text 1-4."""
    activity, total = row.activity, row.picture.total
    return {
        "id": str(activity.id),
        "number": activity.number,
        "municipality": municipality,
        "title": activity.title,
        "measureType": activity.measure_type,
        "status": activity.status,
        "statusReason": activity.status_reason or None,
        "startsOn": activity.starts_on,
        "endsOn": activity.ends_on,
        "totalCents": row.planned_cents,
        "plannedCents": total.planned_cents,
        "committedCents": total.committed_cents,
        "realisedCents": total.realised_cents,
        "remainingCents": total.remaining_cents,
        "planCents": row.plan_cents,
        "phasingState": activity.phasing_state,
        "phasing": [figures_shape(year, figures) for year, figures in row.picture.by_year.items()],
        "lastReportOn": row.last_report,
        "stale": row.stale,
        "schools": row.schools,
        "waiting": shown_count(activity.waiting),
        "continuation": activity.continuation or None,
        "indicators": [
            {
                "name": one.name,
                "target": one.target or None,
                "value": one.value or None,
                "evidence": one.evidence or None,
            }
            for one in activity.indicators
        ],
    }


def part_shape(part: Part) -> dict[str, Any]:
    """One row of a split."""
    return {"part": part.slug, "plannedCents": part.cents, "activities": [str(one.id) for one in part.activities]}


def municipality_shape(municipality: Municipality) -> dict[str, Any]:
    """A municipality whose figures may be read."""
    return {
        "id": str(municipality.id),
        "code": municipality.code,
        "name": municipality.name,
        "kind": municipality.kind,
        "zone": municipality.zone,
    }


def change_shape(sentence: Sentence) -> dict[str, Any]:
    """A change with its reason as a code, and as a Dutch sentence."""
    change = sentence.change
    return {
        "id": str(change.id),
        "kind": change.kind,
        "activity": str(change.activity_id) if change.activity_id else None,
        "changedAt": moment(change.changed_at),
        "reason": change.reason or None,
        "role": change.role or None,
        "sentence": sentence.text,
    }


def school_shape(row: SchoolRow) -> dict[str, Any]:
    """A school and what it has joined."""
    return {
        "id": str(row.school.id),
        "name": row.school.name,
        "own": row.own,
        "activities": sorted(str(one) for one in row.joined),
    }


def snapshot_shape(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot and where it can be looked at."""
    return {
        "id": str(snapshot.id),
        "municipality": snapshot.municipality,
        "takenOn": snapshot.taken_on,
        "takenAt": moment(snapshot.taken_at),
        "page": f"/reporting/council/{snapshot.municipality}/snapshots/{snapshot.id}",
    }


def moment(at: datetime | None) -> datetime | None:
    """A moment in UTC."""
    return at.astimezone(UTC) if at else None
