"""Writing down every message heard, whatever it is about."""

from coordination.contracts import catalogue
from coordination.contracts.envelope import Envelope
from reporting.models import JournalEntry


def written_down(envelope: Envelope) -> None:
    """Keep the whole message once, by its id; one of a type this version does not know is kept as well."""
    entry = catalogue.BY_TYPE.get(envelope.type)
    JournalEntry.objects.get_or_create(
        id=envelope.id,
        defaults={
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
