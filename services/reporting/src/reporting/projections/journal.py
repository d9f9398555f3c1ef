"""Writing down every message heard, whatever it is about."""

from uuid import UUID

from coordination.contracts import catalogue
from coordination.contracts.envelope import Envelope
from coordination.events.copies import copies_of, copying
from reporting.models import JournalEntry


@copying
def written_down(envelope: Envelope) -> None:
    """Keep the whole message once, by its id; one of a type this version does not know is kept as well."""
    entry = catalogue.BY_TYPE.get(envelope.type)
    with copies_of("reporting") as copies:
        copies.add(
            JournalEntry,
            {
                "id": UUID(envelope.id),
                "topic": entry.topic if entry else "",
                "type": envelope.type,
                "subject": envelope.subject,
                "sequence": envelope.sequence,
                "time": envelope.time,
                "service": envelope.service,
                "role": envelope.actingrole,
                "municipality": _municipality_of(envelope),
                "message": envelope.to_json().decode(),
            },
        )


def _municipality_of(envelope: Envelope) -> str:
    code = envelope.data.get("municipality")
    return code if isinstance(code, str) and len(code) <= 4 else ""
