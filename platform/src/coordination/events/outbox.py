"""How what was said gets its number within its subject and is written to the outbox, at the end of a unit of work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connections

from coordination.contracts.clock import recorded_now
from coordination.contracts.envelope import Envelope

NOT_NUMBERED = b'"sequence":"000000000000"'
AT_ONCE = 200
# So few rows are sent and marked many times a second; a full portion is not.
FEW = 50


class Unsent(NamedTuple):
    """A row that is to be sent."""

    number: int
    topic: str
    subject: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """Something said that is not numbered yet: its message is head, twelve digits and tail."""

    id: UUID
    topic: str
    subject: str
    type: str
    recorded_at: datetime
    head: str
    tail: str

    def message(self, sequence: int) -> str:
        """The message under its number."""
        return f"{self.head}{sequence:012d}{self.tail}"


def said_as(envelope: Envelope, *, identifier: UUID, topic: str, message: bytes) -> Said:
    """What an envelope with number 0, written as message, says; the number has the same length as any other."""
    # The first is the attribute itself: what stands before it are strings, and quotes within a string are escaped.
    head, tail = message.split(NOT_NUMBERED, 1)
    return Said(
        id=identifier,
        topic=topic,
        subject=envelope.subject,
        type=envelope.type,
        recorded_at=envelope.time,
        head=head.decode() + '"sequence":"',
        tail='"' + tail.decode(),
    )


def write(service: str, said: Sequence[Said]) -> None:
    """Number and write, in the order of saying, on whatever database; call it inside the unit of work."""
    outbox = apps.get_model(service, "OutboxEntry")
    last: dict[tuple[str, str], int] = {}
    entries = []
    for one in said:
        place = (one.topic, one.subject)
        if place not in last:
            last[place] = _last_number(service, *place)
        last[place] += 1
        entries.append(
            outbox(
                id=one.id,
                topic=one.topic,
                subject=one.subject,
                sequence=last[place],
                type=one.type,
                message=one.message(last[place]),
                recorded_at=one.recorded_at,
            )
        )
    outbox.objects.bulk_create(entries, batch_size=AT_ONCE)


def _last_number(service: str, topic: str, subject: str) -> int:
    with connections[service].cursor() as cursor:
        cursor.execute(
            f'SELECT max(sequence) FROM "{_table(service)}" WHERE topic = %s AND subject = %s', [topic, subject]
        )
        return cursor.fetchone()[0] or 0


def unsent(service: str, *, at_most: int, besides: Iterable[Unsent] = ()) -> list[Unsent]:
    """The first unsent rows in order, without those that are under way.

    Rows are picked because they are unsent, never by being later than the last one: numbers commit out of order.
    """
    condition, numbers = "sent_at IS NULL", []
    if under_way := [row.number for row in besides]:
        among, numbers = _among(service, under_way)
        condition = f"{condition} AND NOT number {among}"
    # Plain columns, so in plain SQL: a relay reads thousands a second, and making rows into objects is half the work.
    with connections[service].cursor() as cursor:
        cursor.execute(
            f'SELECT number, topic, subject, message FROM "{_table(service)}" '
            f"WHERE {condition} ORDER BY number LIMIT {at_most:d}",
            numbers or None,
        )
        return list(map(Unsent._make, cursor.fetchall()))


def mark_sent(service: str, rows: Iterable[Unsent]) -> None:
    """Mark exactly these rows: one between them may have been said, and kept, since they were read."""
    now = connections[service].ops.adapt_datetimefield_value(recorded_now())
    among, numbers = _among(service, [row.number for row in rows])
    with connections[service].cursor() as cursor:
        cursor.execute(f'UPDATE "{_table(service)}" SET sent_at = %s WHERE number {among}', [now, *numbers])


def _table(service: str) -> str:
    return apps.get_model(service, "OutboxEntry")._meta.db_table


def _among(service: str, numbers: list[int]) -> tuple[str, list[list[int]]]:
    """A condition that a number is one of these, with its parameters."""
    if len(numbers) <= FEW and connections[service].vendor == "postgresql":
        # The statement stays the same, so that it is prepared once however often it comes.
        return "= ANY(%s)", [numbers]
    # Our own numbers, as text: as parameters each would be looked at three times over.
    return f"IN ({','.join(map(str, numbers))})", []
