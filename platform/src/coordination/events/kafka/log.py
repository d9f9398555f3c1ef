"""The log in Kafka: what is appended is kept by all copies in step before append returns; positions are the group's."""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from kafka import KafkaAdminClient, KafkaProducer, TopicPartition
from kafka.admin import MemberToRemove, OffsetSpec
from kafka.errors import (
    CoordinatorLoadInProgressError,
    CoordinatorNotAvailableError,
    GroupIdNotFoundError,
    KafkaError,
    NonEmptyGroupError,
    NotCoordinatorError,
    UnknownTopicOrPartitionError,
    for_code,
)

from coordination.events.kafka.binding import headers_of
from coordination.events.kafka.brokers import ATTEMPT_MS, Brokers, brokers
from coordination.events.kafka.opening import opened
from coordination.events.kafka.reader import KafkaReader
from coordination.events.kafka.topics import problems
from coordination.events.log import LogUnavailable, Message

PATIENCE = 8.0
BATCH = 128 * 1024
AGAIN_AFTER = 0.2
NO_COORDINATOR_YET = (CoordinatorLoadInProgressError, CoordinatorNotAvailableError, NotCoordinatorError)


def producer_of(at: Brokers) -> KafkaProducer:
    """A producer of which every message counts once all copies in step have it, and that repeats none by itself."""
    return opened(
        KafkaProducer,
        at,
        metrics_enabled=False,
        acks="all",
        enable_idempotence=True,
        allow_auto_create_topics=False,
        compression_type="lz4",
        batch_size=BATCH,
        # Sending ends with a flush, so waiting fills the parcels and delays nothing.
        linger_ms=20,
        max_block_ms=ATTEMPT_MS,
        delivery_timeout_ms=int(PATIENCE * 1000),
    )


class KafkaLog:
    """Topics of Kafka as one log. Connections are opened when first needed, and anew after one failed."""

    def __init__(self, at: Brokers | None = None) -> None:
        self._at = at or brokers()
        self._sending = threading.Lock()
        self._asking = threading.Lock()
        self._producer: KafkaProducer | None = None
        self._admin: KafkaAdminClient | None = None
        self._hand: ThreadPoolExecutor | None = None
        self._readers: list[KafkaReader] = []
        self._seen: set[str] = set()

    def append(self, messages: Sequence[Message]) -> None:
        """Send all messages and wait until each is acknowledged by every copy in step.

        Raises LogUnavailable, which names the topics that are missing.

        After a failure the producer is let go of: what it had under way is repeated by another, in the same order, so
        that a message never stands before one that was said earlier.
        """
        parts = [
            (
                self._at.prefix + message.topic,
                message.value,
                message.key.encode(),
                headers_of(message.value, message.headers),
            )
            for message in messages
        ]
        if not parts:
            return
        until = time.monotonic() + PATIENCE
        with self._sending:
            self._make_sure_of({message.topic for message in messages})
            producer = self._opened_producer()
            try:
                sent = [producer.send(topic, value, key, headers) for topic, value, key, headers in parts]
                producer.flush(timeout=max(0.1, until - time.monotonic()))
                for one in sent:
                    one.get(timeout=0)
            except (KafkaError, OSError) as failure:
                self._drop_producer()
                raise LogUnavailable(f"Kafka did not take all messages: {failure}") from failure

    def begin(self, messages: Sequence[Message]) -> Callable[[], None]:
        """Append in a thread of its own, one portion after the other, and give what waits for it."""
        if self._hand is None:
            self._hand = ThreadPoolExecutor(1, "kafka-append")
        return self._hand.submit(self.append, messages).result

    def reader(self, group: str, topics: Sequence[str]) -> KafkaReader:
        """A reader for a group. Raises LogUnavailable, naming the topics that are missing."""
        self._partitions(topics)
        reader = KafkaReader(self._at, group, topics, lag=self.lag, closed=self._forget_reader)
        self._readers.append(reader)
        return reader

    def lag(self, group: str, topics: Sequence[str]) -> int:
        """How many records of these topics the group has not committed yet."""
        partitions = self._partitions(topics)
        name = self._at.prefix + group

        def count(admin: KafkaAdminClient) -> int:
            # The end is asked last: what was committed meanwhile is never beyond it.
            committed = admin.list_group_offsets({name: partitions}).get(name, {})
            first = admin.list_partition_offsets(dict.fromkeys(partitions, OffsetSpec.EARLIEST))
            last = admin.list_partition_offsets(dict.fromkeys(partitions, OffsetSpec.LATEST))
            kept = {one: committed[one].offset if one in committed else -1 for one in partitions}
            return sum(max(0, last[one].offset - max(kept[one], first[one].offset)) for one in partitions)

        return self._ask(count)

    def forget(self, group: str) -> None:
        """Drop the positions of a group; a member that a crash left behind is put out of it first."""
        name = self._at.prefix + group

        def delete(admin: KafkaAdminClient) -> None:
            outcome = admin.delete_groups([name])[name]
            if outcome == NonEmptyGroupError.__name__:
                members = admin.describe_groups([name])[name]["members"]
                admin.remove_group_members(name, [MemberToRemove(member_id=one["member_id"]) for one in members])
                outcome = admin.delete_groups([name])[name]
            if outcome not in ("OK", GroupIdNotFoundError.__name__):
                raise KafkaError(f"group {name} was not deleted: {outcome}")

        self._ask(delete)

    def problems(self) -> list[str]:
        """What is wrong with the topics of the catalogue, a sentence each. Raises LogUnavailable."""
        return problems(self._at)

    def close(self) -> None:
        """Close readers and connections."""
        for reader in list(self._readers):
            reader.close()
        if self._hand is not None:
            self._hand.shutdown()
            self._hand = None
        with self._sending:
            self._drop_producer()
        with self._asking:
            self._drop_admin()

    def _make_sure_of(self, topics: set[str]) -> None:
        """Look once whether these topics are there: a producer would wait for one that is not, and not say why."""
        if not topics <= self._seen:
            self._partitions(topics)
            self._seen |= topics

    def _partitions(self, topics: Iterable[str]) -> list[TopicPartition]:
        names = [self._at.prefix + topic for topic in dict.fromkeys(topics)]
        described = self._ask(lambda admin: admin.describe_topics(names))
        missing = [one["name"] for one in described if for_code(one["error_code"]) is UnknownTopicOrPartitionError]
        if missing:
            raise LogUnavailable(f"Kafka lacks the topics {', '.join(sorted(missing))}; make them: topics --create")
        return [
            TopicPartition(topic["name"], partition["partition_index"])
            for topic in described
            for partition in topic["partitions"]
        ]

    def _ask(self, question: Callable[[KafkaAdminClient], Any]) -> Any:
        with self._asking:
            until = time.monotonic() + PATIENCE
            while True:
                if self._admin is None:
                    self._admin = opened(KafkaAdminClient, self._at)
                try:
                    return question(self._admin)
                except (KafkaError, OSError) as failure:
                    # A client never forgets who kept a group: when that has moved, only a new one finds out.
                    self._drop_admin()
                    # And the first group of a broker waits until there is a place to keep its positions.
                    if isinstance(failure, NO_COORDINATOR_YET) and time.monotonic() < until:
                        time.sleep(AGAIN_AFTER)
                        continue
                    raise LogUnavailable(f"Kafka does not answer: {failure}") from failure

    def _opened_producer(self) -> KafkaProducer:
        if self._producer is None:
            self._producer = producer_of(self._at)
        return self._producer

    def _drop_producer(self) -> None:
        producer, self._producer = self._producer, None
        self._seen.clear()
        if producer is None:
            return
        try:
            producer.close(timeout=0)
        except KafkaError:
            # It still has messages under way, so it does not close by itself and would go on sending.
            producer._sender.force_close()

    def _drop_admin(self) -> None:
        admin, self._admin = self._admin, None
        if admin is not None:
            admin.close()

    def _forget_reader(self, reader: KafkaReader) -> None:
        if reader in self._readers:
            self._readers.remove(reader)
