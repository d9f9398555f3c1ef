"""Adding budget lines: each is a fact with an id, added once, whichever message brings it."""

from collections.abc import Sequence
from typing import Any

from coordination.contracts.intake import LedgerLine
from coordination.events.copies import copies_of
from reporting.models import Line


def add_lines(lines: Sequence[LedgerLine]) -> None:
    """Add those lines that are not here yet; a transfer brings each of its lines twice."""
    with copies_of("reporting") as copies:
        for position, line in enumerate(lines):
            copies.add(
                Line,
                {
                    "id": line.line_id,
                    "activity_id": line.activity_id,
                    "kind": line.kind,
                    "school_year": line.school_year,
                    "amount_cents": line.amount_cents,
                    "funding_source": line.funding_source,
                    "dated_on": line.dated_on,
                    "reference_date": line.reference_date,
                    "reason": line.reason or "",
                    "forgets": line.forgets,
                    "recorded_at": line.recorded_at,
                    "position": position,
                },
            )


def line_facts(lines: Sequence[LedgerLine]) -> list[dict[str, Any]]:
    """What the sentence about a change needs of its lines."""
    return [
        {
            "activity": str(line.activity_id),
            "kind": line.kind,
            "school_year": line.school_year,
            "cents": line.amount_cents,
            "source": line.funding_source,
            "dated_on": str(line.dated_on) if line.dated_on else None,
            "reference_date": str(line.reference_date) if line.reference_date else None,
        }
        for line in lines
    ]
