"""The measuring of relay and bare producer, in a process of its own; relay starts it."""

import statistics
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from bench.an_event import an_event  # noqa: E402
from coordination.contracts.envelope import MEDIA_TYPE  # noqa: E402
from coordination.contracts.identifiers import new_id  # noqa: E402
from coordination.events.interpreter import collect_less_often, take_turns_sooner  # noqa: E402
from coordination.events.kafka import KafkaLog, topics  # noqa: E402
from coordination.events.kafka.binding import headers_of  # noqa: E402
from coordination.events.kafka.brokers import brokers  # noqa: E402
from coordination.events.kafka.log import producer_of  # noqa: E402
from coordination.events.relay import PORTION, Relay  # noqa: E402
from coordination.events.unit_of_work import unit_of_work  # noqa: E402
from coordination.events.watch import Watch, watch_class  # noqa: E402
from intake.models import OutboxEntry  # noqa: E402

AIM = 0.7
ROUNDS = 9
MESSAGES = 6000
SUBJECTS = 500


def fill() -> None:
    """Put as many unsent events of many subjects into the outbox as a round sends, the same each time."""
    table = OutboxEntry._meta.db_table
    with connections["intake"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('kept_for_rounds')")
        if cursor.fetchone()[0] is None:
            subjects = [new_id() for _ in range(SUBJECTS)]
            with unit_of_work("intake") as say:
                for number in range(MESSAGES):
                    say(an_event(subjects[number % SUBJECTS]))
            cursor.execute(f"CREATE TABLE kept_for_rounds AS SELECT * FROM {table}")
        cursor.execute(f"TRUNCATE {table}")
        cursor.execute(f"INSERT INTO {table} SELECT * FROM kept_for_rounds ORDER BY number")
        cursor.execute(f"ANALYZE {table}")


def bare(records: list[tuple], producer: Any) -> None:
    """The least that sends the same: portions sent and flushed."""
    for start in range(0, len(records), PORTION):
        sent = [producer.send(*record) for record in records[start : start + PORTION]]
        producer.flush()
        for one in sent:
            one.get(timeout=0)


def relayed(relay: Relay, watch: Watch) -> None:
    """The relay at work until its outbox is empty; before each portion it looks whether it still has its turn."""
    relay.run_ahead(watch.is_mine)


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Events per second, and computing in ms each."""
    began, busy = time.perf_counter(), time.process_time()
    work()
    return MESSAGES / (time.perf_counter() - began), (time.process_time() - busy) / MESSAGES * 1000


def measure() -> None:
    """Print the table."""
    call_command("migrate", database="intake", verbosity=0)
    topics.create_missing(brokers())
    # As the command does, and for the bare producer too.
    take_turns_sooner()
    collect_less_often()
    fill()
    given = (("content-type", MEDIA_TYPE),)
    rows = [
        (topic, message.encode(), subject.encode())
        for topic, subject, message in OutboxEntry.objects.order_by("number").values_list("topic", "subject", "message")
    ]
    records = [(*row, headers_of(row[1], given)) for row in rows]
    log, producer = KafkaLog(), producer_of(brokers())
    relay, watch = Relay("intake", log), watch_class()("intake")
    watch.is_mine()
    arms: dict[str, Callable[[], None]] = {
        "bare producer": lambda: bare(records, producer),
        "bare producer, messages without headers": lambda: bare(rows, producer),
        "relay": lambda: relayed(relay, watch),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in arms}
    for number in range(ROUNDS + 1):
        for name in arms if number % 2 else reversed(arms):
            if name == "relay":
                fill()
            measured = timed(arms[name])
            if number:
                found[name].append(measured)
    print(f"{MESSAGES} events of {len(rows[0][1])} bytes a round, {ROUNDS} rounds in turn, portions of {PORTION}.\n")
    print("| What | per second | ratio | aim | computing, µs each |\n|---|---:|---:|---:|---:|")
    own = statistics.median(rate for rate, _ in found["relay"])
    for name, rounds in found.items():
        rate, busy = (statistics.median(one[place] for one in rounds) for place in (0, 1))
        ratio = "" if name == "relay" else f"{own / rate:.2f}"
        print(f"| {name} | {rate:,.0f} | {ratio} | {AIM if ratio else ''} | {busy * 1000:.0f} |", flush=True)
    producer.close()
    watch.close()
    log.close()


if __name__ == "__main__":
    measure()
