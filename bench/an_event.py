"""The event that outbox and relay are measured with: an entry as it travels."""

from datetime import date
from uuid import UUID

from coordination.contracts import intake as said_by_intake
from coordination.contracts.clock import recorded_now
from coordination.contracts.identifiers import new_id


def an_event(activity: UUID) -> said_by_intake.EntryRecorded:
    """An entry as it travels."""
    line = said_by_intake.LedgerLine(
        line_id=new_id(),
        activity_id=activity,
        kind="commitment",
        school_year="2024-2025",
        amount_cents=100,
        funding_source="np_onderwijs",
        dated_on=date(2025, 1, 13),
        recorded_at=recorded_now(),
    )
    return said_by_intake.EntryRecorded(activity_id=activity, municipality="9901", act_id=new_id(), lines=(line,))
