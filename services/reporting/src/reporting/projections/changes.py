"""Noting what changed, once per act, with the reason as a code and the role that acted."""

from typing import Any
from uuid import UUID

from coordination.contracts.envelope import Envelope
from coordination.events.copies import copies_of
from reporting.models import Change


def note(
    envelope: Envelope,
    *,
    municipality: str,
    kind: str,
    facts: dict[str, Any],
    activity_id: UUID | None = None,
    reason: str | None = None,
    act_id: UUID | None = None,
) -> None:
    """Keep a change by its act, or by its message when there is no act; told again it stays as it was.

    An act told by several messages happened when the earliest says, in whatever order they are heard.
    """
    with copies_of("reporting") as copies:
        copies.add(
            Change,
            {
                "id": act_id or UUID(envelope.id),
                "municipality": municipality,
                "activity_id": activity_id,
                "kind": kind,
                "facts": facts,
                "reason": reason or "",
                "role": envelope.actingrole,
                "correlation": envelope.correlationid,
                "changed_at": envelope.time,
            },
            # Only an act can be told by more than one message.
            earliest="changed_at" if act_id else "",
        )
