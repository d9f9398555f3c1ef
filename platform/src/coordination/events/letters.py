"""A message as it comes off the log, opened once: readable with its envelope, or unreadable with the reason."""

from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from coordination.contracts.envelope import Envelope
from coordination.events.cause import Cause
from coordination.events.log import Record
from coordination.events.trace import kept

LONGEST = 100
LARGEST = 64 * 1024
LAST_NUMBER = 2**63 - 1


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One message to hear. envelope is None when it is unreadable, and error then says why."""

    id: UUID
    topic: str
    subject: str
    sequence: int
    type: str
    text: str
    envelope: Envelope | None = None
    error: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The news that must stay in order: topic and subject."""
        return self.topic, self.subject

    @property
    def cause(self) -> Cause:
        """Why everything is done that this leads to; empty when it is unreadable."""
        if self.envelope is None:
            return Cause()
        return Cause(
            correlationid=self.envelope.correlationid or self.envelope.id,
            causationid=self.envelope.id,
            traceparent=kept(self.envelope.traceparent),
        )


def open_record(record: Record) -> Letter:
    """Open a record of the log; one that cannot be read becomes an unreadable letter under the record's key."""
    return open_message(record.topic, record.key, record.value)


def open_message(topic: str, key: str, value: bytes) -> Letter:
    """Open a message as it stood under a key. The id of an unreadable one follows from its content."""
    text = value.decode(errors="replace").replace("\x00", "\N{REPLACEMENT CHARACTER}")
    try:
        if len(value) > LARGEST:
            raise ValueError(f"the message is {len(value)} bytes long, and {LARGEST} is the most there may be")
        envelope = Envelope.from_json(value)
        identifier = UUID(envelope.id)
        _check(envelope, key)
    except (ValueError, TypeError, AttributeError, msgspec.MsgspecError) as fault:
        return Letter(
            id=uuid5(NAMESPACE_URL, f"{topic} {key} {value!r}"),
            topic=topic,
            subject=key.replace("\x00", "\N{REPLACEMENT CHARACTER}")[:LONGEST],
            sequence=0,
            type="",
            text=text,
            error=f"{type(fault).__name__}: {fault}",
        )
    return Letter(
        id=identifier,
        topic=topic,
        subject=envelope.subject,
        sequence=envelope.sequence,
        type=envelope.type,
        text=text,
        envelope=envelope,
    )


def _check(envelope: Envelope, key: str) -> None:
    if not all(isinstance(word, str) for word in (envelope.source, envelope.type, envelope.subject)):
        raise ValueError("source, type and subject must be text")
    if any("\x00" in word for word in (envelope.source, envelope.type, envelope.subject)):
        raise ValueError("source, type and subject cannot hold a NUL character")
    if len(envelope.subject) > LONGEST:
        raise ValueError(f"the subject is longer than {LONGEST} characters")
    if not isinstance(envelope.data, dict):
        raise ValueError("data must be an object")
    if envelope.subject != key:
        raise ValueError("the subject differs from the key, so its order is not kept")
    if not 1 <= envelope.sequence <= LAST_NUMBER:
        raise ValueError("sequence counts from 1")
    if envelope.time.tzinfo is None:
        raise ValueError("time lacks a time zone")
