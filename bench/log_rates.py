"""The measuring itself, in a process and data folder of its own; log_throughput starts it."""

import time
from collections.abc import Callable

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402

from coordination.contracts.clock import recorded_now  # noqa: E402
from coordination.contracts.identifiers import new_id  # noqa: E402
from coordination.contracts.matching import PlacesSet  # noqa: E402
from coordination.events.consumer import Consumer  # noqa: E402
from coordination.events.log import Message, get_log  # noqa: E402
from coordination.events.relay import Relay  # noqa: E402
from coordination.events.subscription import Subscriptions, hears  # noqa: E402
from coordination.events.unit_of_work import keep_together, unit_of_work  # noqa: E402

MESSAGES = 2000
KEYS = 50


def timed(what: str, count: int, work: Callable[[], object]) -> float:
    """Do the work, print a row of the table, give messages per second."""
    started, busy = time.perf_counter(), time.process_time()
    work()
    rate = count / (time.perf_counter() - started)
    print(f"| {what} | {count} | {rate:,.0f} | {(time.process_time() - busy) / count * 1000:.2f} |", flush=True)
    return rate


def measure() -> None:
    """Print the table."""
    for alias in ("log", "matching"):
        call_command("migrate", database=alias, verbosity=0)
    log = get_log()
    value = b'{"specversion":"1.0"}'.ljust(600)
    loose = [Message(topic="bench", key=f"key-{number % KEYS}", value=value) for number in range(MESSAGES)]
    print("| What | Messages | Per second | Computing, ms each |")
    print("|---|---:|---:|---:|")
    alone = timed("appended one by one", 500, lambda: [log.append([one]) for one in loose[:500]])
    portions = timed(
        "appended in portions of 200",
        MESSAGES,
        lambda: [log.append(loose[start : start + 200]) for start in range(0, MESSAGES, 200)],
    )
    reader = log.reader("bench", ["bench"])
    timed("read in portions of 100", MESSAGES + 500, lambda: list(iter(lambda: reader.poll(100, 0), [])))

    activities = [new_id() for _ in range(KEYS)]

    requests = apps.get_model("matching", "AcceptedRequest").objects

    def write(number: int) -> None:
        requests.create(account="bench", key=str(new_id()), status=number, accepted_at=recorded_now())

    def write_all() -> None:
        for number in range(MESSAGES):
            with keep_together("matching"):
                write(number)

    def say_all() -> None:
        for number in range(MESSAGES):
            with unit_of_work("matching") as say:
                write(number)
                say(PlacesSet(activity_id=activities[number % KEYS], municipality="9901", places=number))

    bare = timed("a row written, a transaction each", MESSAGES, write_all)
    spoken = timed("a row written and an event said, a unit of work each", MESSAGES, say_all)
    relay = Relay("matching", log)
    timed("relayed in portions of 200", MESSAGES, lambda: list(iter(relay.run_once, 0)))
    listens = Subscriptions(service="matching", table=(hears(PlacesSet, lambda event, envelope: None),))
    in_portions = Consumer(listens, log)
    together = timed("heard and marked in portions of 100", MESSAGES, lambda: list(iter(in_portions.run_once, 0)))
    call_command("flush", database="matching", interactive=False, verbosity=0)
    one_by_one = Consumer(listens, log, group="bench-one", portion=1)
    single = timed("heard and marked one by one", MESSAGES, lambda: list(iter(one_by_one.run_once, 0)))
    print(f"\nIn portions: appending {portions / alone:.1f} times, hearing {together / single:.1f} times as fast.")
    print(f"With its event in the outbox a write runs at {spoken / bare:.2f} of the speed of the same write without.")


if __name__ == "__main__":
    measure()
