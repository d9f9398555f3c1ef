"""What the benchmarks of hearing share: a fed log, empty tables, and a consumer of reporting that hears it all.

Imported by scripts that have set up Django for a process of reporting in the service form.
"""

import resource
import time
from dataclasses import dataclass

from django.apps import apps
from django.db import connections

from bench.news import messages
from bench.server_time import server_seconds
from coordination.events.consumer import Consumer
from coordination.events.log import Message, get_log

SERVICE = "reporting"


@dataclass(frozen=True, kw_only=True)
class Took:
    """How long some work took: seconds by the clock, and of computing by this process and by the database server."""

    wall: float
    ours: float
    server: float


class Watch:
    """Begins when it is made."""

    def __init__(self) -> None:
        self._server, self._ours, self._wall = server_seconds(), time.process_time(), time.perf_counter()

    def read(self) -> Took:
        """What went by since."""
        wall = time.perf_counter() - self._wall
        return Took(wall=wall, ours=time.process_time() - self._ours, server=server_seconds() - self._server)


def tables() -> list[str]:
    """The tables of reporting."""
    return [model._meta.db_table for model in apps.get_app_config(SERVICE).get_models()]


def empty() -> None:
    """Throw all rows away."""
    with connections[SERVICE].cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables())} CASCADE")


def feed(count: int, portion: int = 1000) -> None:
    """Put that many messages into the log."""
    waiting: list[Message] = []
    for message in messages(count):
        waiting.append(message)
        if len(waiting) == portion:
            get_log().append(waiting)
            waiting = []
    get_log().append(waiting)


def hear(consumer: Consumer, count: int) -> None:
    """Hear until that many are done with; all must have been handled."""
    before, done = consumer.tally["handled"], 0
    while done < count:
        done += consumer.run_once(timeout=1.0)
    if consumer.tally["handled"] - before != count:
        raise SystemExit(f"not all were handled: {dict(consumer.tally)}")


def largest_mebibytes() -> float:
    """The most memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
