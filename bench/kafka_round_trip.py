"""From a message sent by a bare producer to its arrival at a bare consumer, at the pace of the commands."""

import time
import uuid

from kafka import KafkaConsumer, KafkaProducer  # noqa: TID251 - the bare client is what everything is held against

from coordination.events.kafka.brokers import Brokers
from coordination.events.kafka.topics import create_missing

TOPIC = "bench"
SIZE = 850


def measure(address: str, *, tries: int, per_second: int, replication: int) -> list[float]:
    """Seconds from sending, with every copy in step acknowledging, to receiving; one try after the other."""
    at = Brokers(bootstrap_servers=address, prefix=f"{uuid.uuid4().hex[:8]}.", partitions=1, replication=replication)
    create_missing(at, [TOPIC])
    producer = KafkaProducer(bootstrap_servers=address, acks="all")
    consumer = KafkaConsumer(
        at.prefix + TOPIC, bootstrap_servers=address, auto_offset_reset="earliest", group_id=None, fetch_max_wait_ms=100
    )
    found = []
    for number in range(tries + 20):
        began = time.perf_counter()
        producer.send(at.prefix + TOPIC, b"x" * SIZE, b"key")
        while not consumer.poll(timeout_ms=1000):
            pass
        waited = time.perf_counter() - began
        if number >= 20:
            found.append(waited)
        time.sleep(max(0.0, 1 / per_second - waited))
    producer.close()
    consumer.close()
    return found
