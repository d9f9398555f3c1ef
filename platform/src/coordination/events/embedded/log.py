"""The embedded log: a table that keeps Kafka's promises and no better ones.

Messages of one key keep their order because a key always falls into the same partition. Between partitions a reader
mixes the order on purpose, so that nothing comes to rely on an order that Kafka would not keep.
"""

import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial

from django.db import InterfaceError, OperationalError, connections
from django.db.models import Q

from coordination.contracts.clock import recorded_now
from coordination.events.embedded.models import GroupPosition, LogRecord
from coordination.events.log import LogUnavailable, Message, Record
from coordination.events.wakeup import listen, ring, unlisten

PARTITIONS = 4
LONGEST_SLEEP = 1.0
# So many records may be looked at once more at a start, rather than every position written with every portion.
FAR_BEHIND = 1000

Place = tuple[str, int]
_TABLE = LogRecord._meta.db_table


def partition_of(key: str) -> int:
    """The partition of a key: the same in every process and at every start."""
    return zlib.crc32(key.encode()) % PARTITIONS


class EmbeddedLog:
    """The log as a table in a database of its own (alias log)."""

    def __init__(self, database: str = "log") -> None:
        self.database = database

    def append(self, messages: Sequence[Message]) -> None:
        """Write all messages or none; they are kept when this returns. Raises LogUnavailable when they are not."""
        if not messages:
            return
        now = recorded_now()
        rows = [
            LogRecord(
                topic=message.topic,
                partition=partition_of(message.key),
                key=message.key,
                value=message.value,
                headers=[list(header) for header in message.headers],
                appended_at=now,
            )
            for message in messages
        ]
        try:
            LogRecord.objects.using(self.database).bulk_create(rows, batch_size=len(rows))
        except (OperationalError, InterfaceError) as failure:
            raise LogUnavailable(str(failure)) from failure
        for topic in {message.topic for message in messages}:
            ring(_bell_of(topic))

    def begin(self, messages: Sequence[Message]) -> Callable[[], None]:
        """Append once it is waited for: in this process nothing would be won by doing it beside something else."""
        return partial(self.append, messages)

    def reader(self, group: str, topics: Sequence[str]) -> "EmbeddedReader":
        """A reader for a group, starting where that group last committed."""
        return EmbeddedReader(self.database, group, topics)

    def lag(self, group: str, topics: Sequence[str]) -> int:
        """How many records of these topics the group has not committed yet."""
        committed = _committed(self.database, group, topics)
        by_position: dict[int, list[Place]] = defaultdict(list)
        for place, position in committed.items():
            by_position[position].append(place)
        records = LogRecord.objects.using(self.database)
        if len(by_position) <= 1:
            return records.filter(topic__in=topics, id__gt=next(iter(by_position), 0)).count()
        behind = Q(pk__in=[])
        for position, places in by_position.items():
            for partition in range(PARTITIONS):
                of_partition = [topic for topic, number in places if number == partition]
                if of_partition:
                    behind |= Q(id__gt=position, partition=partition, topic__in=of_partition)
        return records.filter(behind).count()

    def forget(self, group: str) -> None:
        """Drop the positions of a group."""
        GroupPosition.objects.using(self.database).filter(group=group).delete()

    def close(self) -> None:
        """Nothing is held: Django keeps the connections."""


class EmbeddedReader:
    """One group's reader. It belongs to one thread."""

    def __init__(self, database: str, group: str, topics: Sequence[str]) -> None:
        self.database = database
        self.group = group
        self.topics = tuple(dict.fromkeys(topics))
        self._positions = _committed(database, group, self.topics)
        self._kept = dict(self._positions)
        self._came_by: set[Place] = set()
        self._paused_until = 0.0
        self._turn = 0
        self._bell = listen(*map(_bell_of, self.topics))

    def poll(self, max_records: int, timeout: float = 0.0) -> list[Record]:
        """The next records, at most max_records, waiting at most timeout seconds for the first."""
        until = time.monotonic() + timeout
        while True:
            self._bell.clear()
            paused = self._paused_until - time.monotonic()
            records = [] if paused > 0 else self._next(max_records)
            left = until - time.monotonic()
            if records or left <= 0:
                return records
            self._bell.wait(min(left, LONGEST_SLEEP, paused if paused > 0 else left))

    def give_back(self, records: Sequence[Record]) -> None:
        """Go back in the partitions of these records, to just before the first of them."""
        for record in records:
            place = (record.topic, record.partition)
            self._positions[place] = min(self._positions[place], record.position - 1)

    def pause_for(self, seconds: float) -> None:
        """Let polls come back empty for a while."""
        self._paused_until = time.monotonic() + seconds

    def commit(self) -> None:
        """Keep the positions that moved past a record, and now and then those that merely went along with the rest."""
        moved = {
            place: position
            for place, position in self._positions.items()
            if (behind := position - self._kept[place]) and (place in self._came_by or behind >= FAR_BEHIND)
        }
        if not moved:
            return
        GroupPosition.objects.using(self.database).bulk_create(
            [
                GroupPosition(group=self.group, topic=topic, partition=partition, position=position)
                for (topic, partition), position in moved.items()
            ],
            update_conflicts=True,
            unique_fields=["group", "topic", "partition"],
            update_fields=["position"],
        )
        self._kept |= moved
        self._came_by -= moved.keys()

    def rewind(self) -> None:
        """Start again at the first record of every topic."""
        self._positions = dict.fromkeys(self._positions, 0)

    def lag(self) -> int:
        """How many records this group has not committed yet."""
        return EmbeddedLog(self.database).lag(self.group, self.topics)

    def close(self) -> None:
        """Stop listening; what was not committed comes again to the next reader."""
        unlisten(self._bell, *map(_bell_of, self.topics))

    def _next(self, max_records: int) -> list[Record]:
        rows: list[Record] = []
        seen_until = min(self._positions.values(), default=0)
        at_once = max(max_records, 50)
        end = self._end()
        while len(rows) < max_records and seen_until < end:
            portion = self._between(seen_until, end, at_once)
            for row in portion:
                seen_until = row.position
                if row.position > self._positions[row.topic, row.partition]:
                    rows.append(row)
                    if len(rows) == max_records:
                        break
            else:
                # What is left until the end is of topics that nobody here reads, and need not be looked at again.
                seen_until = end if len(portion) < at_once else seen_until
        # Positions are given under the write lock, so below the last one seen nothing can appear any more.
        self._positions = {place: max(position, seen_until) for place, position in self._positions.items()}
        self._came_by |= {(row.topic, row.partition) for row in rows}
        self._turn += 1
        rows.sort(key=lambda row: ((row.partition + self._turn) % PARTITIONS, row.topic))
        return rows

    def _end(self) -> int:
        with connections[self.database].cursor() as cursor:
            cursor.execute(f'SELECT max(id) FROM "{_TABLE}"')
            return cursor.fetchone()[0] or 0

    def _between(self, after: int, until: int, at_most: int) -> list[Record]:
        # In plain SQL: what is looked at with every message said anywhere must cost next to nothing.
        ours = ", ".join(["%s"] * len(self.topics))
        with connections[self.database].cursor() as cursor:
            cursor.execute(
                f'SELECT topic, partition, id, key, value FROM "{_TABLE}" '
                f"WHERE topic IN ({ours}) AND id > %s AND id <= %s ORDER BY id LIMIT %s",
                [*self.topics, after, until, at_most],
            )
            return [
                Record(topic=topic, partition=partition, position=position, key=key, value=bytes(value))
                for topic, partition, position, key, value in cursor.fetchall()
            ]


def _bell_of(topic: str) -> str:
    return f"log:{topic}"


def _committed(database: str, group: str, topics: Sequence[str]) -> dict[Place, int]:
    """Where the group stands in every partition of the topics; 0 where it has not read yet."""
    positions = {(topic, partition): 0 for topic in topics for partition in range(PARTITIONS)}
    kept = GroupPosition.objects.using(database).filter(group=group, topic__in=topics)
    positions |= {(one.topic, one.partition): one.position for one in kept}
    return positions
