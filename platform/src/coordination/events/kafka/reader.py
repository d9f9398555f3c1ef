"""One member of a group of consumers: its positions move when it says so, and go with a partition that is lost."""

import threading
import time
from collections.abc import Callable, Iterable, Sequence

import structlog
from kafka import ConsumerRebalanceListener, KafkaConsumer, OffsetAndMetadata, TopicPartition
from kafka.errors import (
    CommitFailedError,
    IllegalGenerationError,
    KafkaError,
    RebalanceInProgressError,
    UnknownMemberIdError,
)

from coordination.events.kafka.binding import structured
from coordination.events.kafka.brokers import ATTEMPT_MS, Brokers
from coordination.events.kafka.opening import opened
from coordination.events.kafka.sharing import EachTopicShared
from coordination.events.log import LogUnavailable, Record

JOINING_MS = 3_000
LEAVING_MS = 2_000
SHORTEST_MS = 20
HEARTBEATS_PER_SESSION = 4

NOT_A_MEMBER_NOW = (CommitFailedError, IllegalGenerationError, RebalanceInProgressError, UnknownMemberIdError)

_log = structlog.get_logger(__name__)


class KafkaReader(ConsumerRebalanceListener):
    """One group's reader. It belongs to one thread; only the callbacks of a rebalance come from another.

    Heartbeats go on by themselves while a portion is handled. A commit that a rebalance got in the way of is tried
    again at the next poll; what it was for is read again by who has the partition then, and changes nothing.
    """

    def __init__(
        self,
        at: Brokers,
        group: str,
        topics: Sequence[str],
        *,
        lag: Callable[[str, Sequence[str]], int],
        closed: Callable[["KafkaReader"], None],
    ) -> None:
        self.group = group
        self.topics = tuple(dict.fromkeys(topics))
        self._prefix = at.prefix
        self._lag = lag
        self._closed = closed
        self._guard = threading.Lock()
        # Where each partition would go on if it were committed now, what is owed to Kafka, and what Kafka has.
        self._positions: dict[TopicPartition, int] = {}
        self._owed: dict[TopicPartition, int] = {}
        self._kept: dict[TopicPartition, int] = {}
        self._paused_until = 0.0
        self._rewinds = False
        self._consumer = opened(
            KafkaConsumer,
            at,
            group_id=at.prefix + group,
            metrics_enabled=False,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            allow_auto_create_topics=False,
            partition_assignment_strategy=[EachTopicShared],
            session_timeout_ms=int(at.session_seconds * 1000),
            heartbeat_interval_ms=int(at.session_seconds * 1000 / HEARTBEATS_PER_SESSION),
            max_poll_interval_ms=int(at.portion_seconds * 1000),
        )
        self._consumer.subscribe([self._prefix + topic for topic in self.topics], listener=self)
        # A member that joins before it has met its topics would be given no partition, and keep none. The first answer
        # may be to a question from before the subscription.
        try:
            for _ in range(2):
                self._consumer.bootstrap(ATTEMPT_MS, refresh=True)
        except (KafkaError, OSError) as failure:
            self._consumer.close(autocommit=False, timeout_ms=LEAVING_MS)
            raise LogUnavailable(f"Kafka does not answer: {failure}") from failure

    def poll(self, max_records: int, timeout: float = 0.0) -> list[Record]:
        """The next records, at most max_records, waiting at most timeout seconds for the first. Raises LogUnavailable.

        While paused it polls without taking anything, so that the group keeps its member.
        """
        self._settle()
        until = time.monotonic() + timeout
        while True:
            paused = self._paused_until - time.monotonic()
            left = until - time.monotonic()
            records = self._take(max_records, min(left, paused) if paused > 0 else left, pausing=paused > 0)
            if records or time.monotonic() >= until:
                return records

    def give_back(self, records: Sequence[Record]) -> None:
        """Go back in the partitions of these records that are still ours, to the first of them."""
        first: dict[TopicPartition, int] = {}
        for record in records:
            place = TopicPartition(self._prefix + record.topic, record.partition)
            first[place] = min(first.get(place, record.position), record.position)
        with self._guard:
            moved = {
                place: min(self._positions[place], position)
                for place, position in first.items()
                if place in self._positions
            }
            self._positions |= moved
        for place, position in moved.items():
            self._seek(place, position)

    def pause_for(self, seconds: float) -> None:
        """Let polls come back empty for a while."""
        self._paused_until = time.monotonic() + seconds

    def commit(self) -> None:
        """Keep the positions that moved. Raises LogUnavailable without an answer; the next poll tries again."""
        with self._guard:
            self._owed |= {
                place: position for place, position in self._positions.items() if position != self._kept.get(place)
            }
        self._settle()

    def rewind(self) -> None:
        """Start again at the first record of every partition that is ours, or that becomes ours first."""
        ours = sorted(self._consumer.assignment() or ())
        if not ours:
            self._rewinds = True
            return
        try:
            beginnings = self._consumer.beginning_offsets(ours, timeout_ms=ATTEMPT_MS)
        except (KafkaError, OSError) as failure:
            raise LogUnavailable(f"Kafka does not answer: {failure}") from failure
        with self._guard:
            self._owed.clear()
            self._positions |= beginnings
        for place, position in beginnings.items():
            self._seek(place, position)

    def lag(self) -> int:
        """How many records this group has not committed yet."""
        return self._lag(self.group, self.topics)

    def close(self) -> None:
        """Leave the group; what was not committed comes again to another member."""
        self._closed(self)
        try:
            self._settle()
        except LogUnavailable as failure:
            _log.warning("positions_not_kept", group=self.group, error=str(failure))
        try:
            self._consumer.close(autocommit=False, timeout_ms=LEAVING_MS)
        except (KafkaError, OSError) as failure:
            _log.warning("group_not_left", group=self.group, error=str(failure))

    def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Called in a rebalance: these are ours now."""
        if self._rewinds and assigned:
            self._rewinds = False
            self._consumer.seek_to_beginning(*assigned)

    def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Called in a rebalance: these go to another member, who reads on from what was committed."""
        with self._guard:
            for place in revoked:
                for kept in (self._positions, self._owed, self._kept):
                    kept.pop(place, None)

    def on_partitions_lost(self, lost: Iterable[TopicPartition]) -> None:
        """Called after being put out of the group: these are another's already."""
        self.on_partitions_revoked(lost)

    def _take(self, max_records: int, timeout: float, *, pausing: bool) -> list[Record]:
        if pausing:
            self._consumer.pause(*self._consumer.assignment())
        else:
            self._consumer.resume(*self._consumer.paused())
        try:
            # Being a member comes first, however short the wait for records may be: a client that turns away while it
            # joins has to begin again, and the whole group with it.
            group = self._consumer._coordinator
            nobody = not group.poll(timeout_ms=JOINING_MS) and group.coordinator_unknown()
            found = {} if nobody else self._consumer.poll(max(SHORTEST_MS, int(timeout * 1000)), max_records)
        except (KafkaError, OSError) as failure:
            raise LogUnavailable(f"Kafka does not answer: {failure}") from failure
        if nobody:
            raise LogUnavailable(f"Kafka does not answer: no broker keeps the group {self.group} now")
        with self._guard:
            self._positions |= {place: rows[-1].offset + 1 for place, rows in found.items()}
        records = [
            Record(
                topic=place.topic.removeprefix(self._prefix),
                partition=place.partition,
                position=row.offset,
                key=(row.key or b"").decode(errors="replace"),
                value=structured(row.value, row.headers),
            )
            for place, rows in found.items()
            for row in rows
        ]
        if pausing and records:
            # A partition that became ours in this very poll was not paused yet.
            self.give_back(records)
            return []
        return records

    def _settle(self) -> None:
        """Bring to Kafka what is owed to it."""
        with self._guard:
            owed = dict(self._owed)
        if not owed:
            return
        offsets = {place: OffsetAndMetadata(position, "", -1) for place, position in owed.items()}
        try:
            self._consumer.commit(offsets, timeout_ms=ATTEMPT_MS)
        except NOT_A_MEMBER_NOW as reason:
            _log.info("commit_waits_for_rebalance", group=self.group, error=str(reason))
            return
        except (KafkaError, OSError) as failure:
            raise LogUnavailable(f"Kafka did not keep the positions: {failure}") from failure
        with self._guard:
            for place, position in owed.items():
                if self._owed.get(place) == position:
                    del self._owed[place]
                    self._kept[place] = position

    def _seek(self, place: TopicPartition, position: int) -> None:
        try:
            self._consumer.seek(place, position)
        except (ValueError, AssertionError, KafkaError):
            # It went to another member in the meantime; who has it reads on from what was committed.
            self.on_partitions_revoked([place])
