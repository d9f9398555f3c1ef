"""The topics and groups of a house as they are at the broker, read by another way than the services read them."""

import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import KafkaError

from coordination.contracts import catalogue

PATIENCE = 30.0


@dataclass(frozen=True)
class Seen:
    """One record: where it stands and what it says it is."""

    topic: str
    partition: int
    position: int
    key: str
    id: str
    subject: str
    sequence: int
    type: str
    value: bytes
    headers: tuple[tuple[str, bytes], ...]


class RawLog:
    """Everything in the topics with a prefix; each look adds what came since the one before."""

    def __init__(self, address: str, prefix: str) -> None:
        self._address = address.split(",")
        self._prefix = prefix
        self._consumer = KafkaConsumer(bootstrap_servers=self._address, enable_auto_commit=False)
        self._admin = KafkaAdminClient(bootstrap_servers=self._address)
        self._places: list[TopicPartition] = []
        self._next: dict[TopicPartition, int] = {}
        self.records: list[Seen] = []

    def look(self) -> list[Seen]:
        """All records that stand in the topics now, those of one partition in their order."""
        if not self._places:
            names = [self._prefix + topic for topic in catalogue.TOPICS]
            self._places = [
                TopicPartition(one["name"], part["partition_index"])
                for one in self._admin.describe_topics(names)
                for part in one["partitions"]
            ]
            self._next = dict.fromkeys(self._places, 0)
            self._consumer.assign(self._places)
            self._consumer.seek_to_beginning(*self._places)
        ends = self._ends()
        while any(self._next[place] < ends[place] for place in self._places):
            for place, rows in self._consumer.poll(timeout_ms=500, max_records=5000).items():
                self.records += [self._seen(place, row) for row in rows]
                self._next[place] = rows[-1].offset + 1
        return self.records

    def ids(self) -> set[str]:
        """The ids of all messages there now."""
        return {one.id for one in self.look()}

    def firsts(self) -> dict[tuple[str, str], list[int]]:
        """By topic and subject: the numbers of its messages in the order in which each first came."""
        met: set[str] = set()
        numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
        for one in sorted(self.look(), key=lambda seen: (seen.topic, seen.partition, seen.position)):
            if one.id not in met:
                met.add(one.id)
                numbers[one.topic, one.subject].append(one.sequence)
        return numbers

    def committed(self, group: str) -> dict[tuple[str, int], int]:
        """Up to where a group says it has done its work, by topic and partition; nothing while it never said so."""
        name = self._prefix + group
        found = self._ask(lambda admin: admin.list_group_offsets({name: self._places})).get(name, {})
        return {
            (place.topic.removeprefix(self._prefix), place.partition): kept.offset
            for place, kept in found.items()
            if kept.offset >= 0
        }

    def members(self, group: str) -> int:
        """How many consumers are in a group."""
        name = self._prefix + group
        return len(self._admin.describe_groups([name])[name]["members"])

    def keeper_of(self, group: str) -> int:
        """The broker that keeps the positions of a group."""
        name = self._prefix + group
        return self._ask(lambda admin: admin._manager.run(admin._find_coordinator_ids, [name])[name])

    def leader_of(self, topic: str) -> int:
        """A broker that takes messages of a topic."""
        found = self._ask(lambda admin: admin.describe_topics([self._prefix + topic]))
        return found[0]["partitions"][0]["leader_id"]

    def all_in_step(self) -> bool:
        """Whether every partition of the house, and of the positions, has all its copies in step."""
        names = [*(self._prefix + topic for topic in catalogue.TOPICS), "__consumer_offsets"]
        return all(
            len(one["isr_nodes"]) == len(one["replica_nodes"])
            for topic in self._ask(lambda admin: admin.describe_topics(names))
            for one in topic["partitions"]
        )

    def write(self, topic: str, key: str, value: bytes | None, headers: tuple[tuple[str, bytes], ...]) -> None:
        """Write one record, as a stranger might."""
        producer = KafkaProducer(bootstrap_servers=self._address, acks="all")
        producer.send(self._prefix + topic, value, key.encode(), list(headers)).get(timeout=10)
        producer.close()

    def append_all_again(self) -> int:
        """Append every record once more where its first stands; gives how many."""
        records = sorted(self.look(), key=lambda seen: (seen.topic, seen.partition, seen.position))
        producer = KafkaProducer(bootstrap_servers=self._address, acks="all")
        for one in records:
            producer.send(
                self._prefix + one.topic, one.value, one.key.encode(), list(one.headers), partition=one.partition
            )
        producer.flush()
        producer.close()
        return len(records)

    def forget(self, *groups: str) -> None:
        """Let groups begin at the first record again; nobody may be in them. Raises AssertionError when it fails."""
        until = time.monotonic() + 20
        names = [self._prefix + group for group in groups]
        while set((answer := self._admin.delete_groups(names)).values()) != {"OK"}:
            assert time.monotonic() < until, answer
            time.sleep(0.3)

    def close(self) -> None:
        """Let go of the connections."""
        self._consumer.close()
        self._admin.close()

    def _ask(self, question: Callable[[KafkaAdminClient], Any]) -> Any:
        """Ask the brokers, anew for a while when one is away or another has taken over what it kept."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return question(self._admin)
            except (KafkaError, OSError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)
                # A client never forgets who kept a group, and that may have moved.
                self._admin.close()
                self._admin = KafkaAdminClient(bootstrap_servers=self._address)

    def _ends(self) -> dict[TopicPartition, int]:
        asked = self._ask(lambda admin: admin.list_partition_offsets(dict.fromkeys(self._places, OffsetSpec.LATEST)))
        return {place: answer.offset for place, answer in asked.items()}

    def _seen(self, place: TopicPartition, row) -> Seen:
        try:
            said = json.loads(row.value or b"")
        except ValueError:
            said = {}
        return Seen(
            topic=place.topic.removeprefix(self._prefix),
            partition=place.partition,
            position=row.offset,
            key=(row.key or b"").decode(),
            id=str(said.get("id", "")),
            subject=str(said.get("subject", "")),
            sequence=int(said.get("sequence", 0)),
            type=str(said.get("type", "")),
            value=row.value,
            headers=tuple(row.headers),
        )
