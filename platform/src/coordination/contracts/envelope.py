"""The envelope around every message: CloudEvents 1.0 in the Dutch government profile, structured JSON."""

from datetime import UTC, datetime
from typing import Any

import msgspec

MEDIA_TYPE = "application/cloudevents+json; charset=UTF-8"
OPTIONAL = ("dataschema", "dataref", "correlationid", "causationid", "actingrole", "traceparent")


def source_of(service: str, organisation: str = "") -> str:
    """The CloudEvents source of a service: a URN, with the organisation's identification number once it is known."""
    return f"urn:nld:oin:{organisation}:systeem:{service}" if organisation else f"urn:nld:vierspan:systeem:{service}"


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """One message. time is when it was recorded; sequence its number within the subject, counted from 1.

    correlationid names the request it all began with, causationid the message that led to this one, actingrole the
    role (never the person) that acted; traceparent the trace of the W3C it is part of.
    """

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    sequence: int
    data: dict[str, Any] = msgspec.field(default_factory=dict)
    correlationid: str = ""
    causationid: str = ""
    actingrole: str = ""
    dataref: str = ""
    dataschema: str = ""
    traceparent: str = ""

    @property
    def service(self) -> str:
        """The service that said it."""
        return self.source.rsplit(":", 1)[-1]

    def to_json(self) -> bytes:
        """The structured JSON form; empty optional attributes are left out, the sequence is zero-padded text."""
        attributes: dict[str, Any] = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "subject": self.subject,
            "time": self.time.astimezone(UTC),
            "datacontenttype": "application/json",
            "sequence": f"{self.sequence:012d}",
            "partitionkey": self.subject,
        }
        for name in OPTIONAL:
            if value := getattr(self, name):
                attributes[name] = value
        attributes["data"] = self.data
        return msgspec.json.encode(attributes)

    @classmethod
    def from_json(cls, message: bytes | str) -> "Envelope":
        """Read the structured JSON form. Raises msgspec.DecodeError or ValueError when it is not such a message."""
        attributes = msgspec.json.decode(message)
        if not isinstance(attributes, dict) or attributes.get("specversion") != "1.0":
            raise ValueError("not a CloudEvents 1.0 message")
        missing = [name for name in ("id", "source", "type", "subject", "time", "sequence") if not attributes.get(name)]
        if missing:
            raise ValueError(f"the message lacks {', '.join(missing)}")
        return cls(
            id=attributes["id"],
            source=attributes["source"],
            type=attributes["type"],
            subject=attributes["subject"],
            time=datetime.fromisoformat(attributes["time"]),
            sequence=int(attributes["sequence"]),
            data=attributes.get("data") or {},
            **{name: attributes.get(name, "") for name in OPTIONAL},
        )
