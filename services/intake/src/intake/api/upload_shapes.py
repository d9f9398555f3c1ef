"""How uploads look outside: rows in three lists, each by its number in a spreadsheet."""

from datetime import UTC, datetime
from typing import Any

from intake.domain.sheet_findings import Finding
from intake.queries.uploads import RowShown, UploadListed, UploadShown


def upload_shape(shown: UploadShown) -> dict[str, Any]:
    """An upload with its rows; accepted, quarantined and skipped together are all rows after the heading."""
    upload = shown.upload
    return {
        "id": str(upload.id),
        "filename": upload.filename,
        "receivedAt": _utc(upload.received_at),
        "confirmedAt": _utc(upload.confirmed_at),
        "rowCount": len(shown.rows),
        "acceptedCents": shown.accepted_cents,
        "accepted": [_accepted(one) for one in shown.accepted],
        "quarantined": [_quarantined(one) for one in shown.quarantined],
        "skipped": [_skipped(one) for one in shown.skipped],
        "findings": [finding_shape(one) for one in shown.findings],
        "newPartners": list(shown.new_partners),
        "overAllocation": [{"municipality": one.municipality, "overAllocationCents": one.cents} for one in shown.over],
    }


def listed_shape(listed: UploadListed) -> dict[str, Any]:
    """An upload in a list: counts as its rows were last judged."""
    upload = listed.upload
    return {
        "id": str(upload.id),
        "filename": upload.filename,
        "receivedAt": _utc(upload.received_at),
        "confirmedAt": _utc(upload.confirmed_at),
        "rowCount": listed.rows,
        "acceptedCount": listed.accepted,
        "takenOverCount": listed.taken_over,
        "quarantinedCount": listed.quarantined,
        "skippedCount": listed.skipped,
    }


def finding_shape(finding: Finding) -> dict[str, Any]:
    """One thing said about a row or file; fields are all it is about, cells the texts as they stood there."""
    return finding.as_data()


def _accepted(one: RowShown) -> dict[str, Any]:
    values = one.judged.values
    return {
        "row": one.row,
        "number": values.number,
        "title": values.title,
        "municipality": values.municipality,
        "totalCents": values.total_cents,
        "findings": [finding_shape(finding) for finding in one.judged.findings],
        "activity": str(one.kept.activity_id) if one.kept.activity_id else None,
    }


def _quarantined(one: RowShown) -> dict[str, Any]:
    return {
        "row": one.row,
        "number": one.number or None,
        "title": one.title or None,
        "problems": [finding_shape(finding) for finding in one.judged.problems],
        "findings": [finding_shape(finding) for finding in one.judged.findings],
        "existing": str(one.judged.existing.id) if one.judged.existing else None,
    }


def _skipped(one: RowShown) -> dict[str, Any]:
    return {
        "row": one.row,
        "reason": one.judged.reason,
        "findings": [finding_shape(finding) for finding in one.judged.findings],
    }


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None
