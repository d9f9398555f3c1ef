"""One house of the service form on the grounds of a run: its databases, its topics, its processes and their keeper."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg
from tests.faults.service_form.grounds import PROGRAMS, SERVICES, Grounds, Place
from tests.faults.service_form.keeping import Keeper, Kept
from tests.faults.service_form.raw_log import RawLog

from coordination.contracts import catalogue
from coordination.events.kafka import topics
from coordination.events.kafka.brokers import Brokers
from coordination.events.subscription import subscriptions_of
from coordination.testing.postgresql import SUPERUSER
from coordination.testing.processes import answers, free_port

PATIENCE = 90.0
BEGINNING = 240.0
SESSION = 3


class ServiceHouse:
    """Processes by name, such as intake.relay or reporting.consume.2; nothing runs until it is started."""

    def __init__(self, grounds: Grounds, folder: Path) -> None:
        self.grounds = grounds
        self.place: Place = grounds.place()
        self.keeper = Keeper(folder)
        self.ports: dict[str, int] = {}
        self._connections: dict[str, psycopg.Connection] = {}
        topics.create_missing(
            Brokers(
                bootstrap_servers=grounds.kafka,
                prefix=self.place.prefix,
                partitions=3,
                replication=grounds.replication,
            )
        )
        self.log = RawLog(grounds.kafka, self.place.prefix)

    def start(self, *names: str, **environment: str) -> list[Kept]:
        """Start processes and keep them running; those that serve answer when this returns."""
        made = [self._start(name, environment) for name in names]
        for name in names:
            if name in self.ports:
                self.wait_for(lambda name=name: answers(self.address(name)), f"{name} to answer", BEGINNING)
        return made

    def start_all(self, *more: str) -> list[Kept]:
        """Start the processes of the three services, and more."""
        kinds = ("serve", "relay", "consume")
        return self.start(*(f"{service}.{kind}" for service in SERVICES for kind in kinds), *more)

    def address(self, name: str) -> str:
        """Where a web process answers."""
        return f"http://127.0.0.1:{self.ports[name]}"

    def webs(self, service: str) -> list[str]:
        """The addresses of all web processes of a service."""
        return [self.address(name) for name in self.ports if name.startswith(f"{service}.")]

    def run(self, service: str, *words: str) -> str:
        """Run a command of a service to its end; gives what it printed."""
        return self.grounds.run(service, self.place, *words)

    def ask(self, service: str, query: str, *values: object) -> list[tuple]:
        """What the database of a service holds now, asked as superuser on a connection of our own."""
        try:
            return self._ask(service, query, values)
        except psycopg.OperationalError:
            self._connections.pop(service).close()
            return self._ask(service, query, values)

    def number(self, service: str, query: str, *values: object) -> int:
        """The one number that a question gives; 0 when it is about nothing."""
        return int(self.ask(service, query, *values)[0][0] or 0)

    def unsent(self, service: str) -> int:
        """How much a service said that is not marked as sent."""
        return self.number(service, f"SELECT count(*) FROM {service}_outboxentry WHERE sent_at IS NULL")

    def heard(self, service: str, topic: str) -> int:
        """How many messages of a topic a service has marked as heard."""
        return self.number(service, f"SELECT count(*) FROM {service}_handledevent WHERE topic = %s", topic)

    def lag(self, service: str) -> int:
        """How many records of its topics a service has not put its position behind."""
        kept = self.log.committed(service)
        ends: dict[tuple[str, int], int] = {}
        for one in self.log.look():
            if one.topic in subscriptions_of(service).topics:
                ends[one.topic, one.partition] = max(ends.get((one.topic, one.partition), 0), one.position + 1)
        return sum(end - kept.get(place, 0) for place, end in ends.items())

    def quiet(self, services: Sequence[str] = SERVICES) -> bool:
        """Whether everything said was sent, and everything sent was heard by these services."""
        return not any(map(self.unsent, SERVICES)) and not any(map(self.lag, services))

    def wait_until_quiet(self, services: Sequence[str] = SERVICES, patience: float = PATIENCE) -> float:
        """Wait until all is sent and heard; gives how many seconds that took."""
        began = time.monotonic()

        def state() -> str:
            return f"quiet; unsent {[*map(self.unsent, SERVICES)]}, lag {[*map(self.lag, services)]}"

        self.wait_for(lambda: self.quiet(services) and self.quiet(services), state, patience, every=0.2)
        return time.monotonic() - began

    def wait_for(
        self, true: Callable[[], object], what: str | Callable[[], str], patience: float = PATIENCE, every: float = 0.05
    ) -> None:
        """Wait until something is so; fails with what it waited for and what the processes wrote."""
        until = time.monotonic() + patience
        while not true():
            if time.monotonic() > until:
                words = what if isinstance(what, str) else what()
                raise AssertionError(f"waited {patience:.0f} s for {words}\n{self.keeper.said()}")
            time.sleep(every)

    def end(self) -> None:
        """End everything and throw its databases away."""
        self.keeper.end()
        self.log.close()
        for one in self._connections.values():
            one.close()
        self.grounds.clear(self.place)

    def _start(self, name: str, environment: dict[str, str]) -> Kept:
        service, kind = name.split(".")[:2]
        if kind == "serve":
            self.ports.setdefault(name, free_port())
            environment = environment | {"PORT": str(self.ports[name])}
        return self.keeper.keep(
            name,
            [str(PROGRAMS / service), kind],
            self.grounds.environment(service, self.place, **environment),
        )

    def _ask(self, service: str, query: str, values: Sequence[object]) -> list[tuple]:
        if service not in self._connections:
            self._connections[service] = psycopg.connect(
                host=str(self.grounds.cluster.folder),
                port=self.grounds.cluster.port,
                user=SUPERUSER,
                dbname=self.place.databases[service],
                autocommit=True,
            )
        found = self._connections[service].execute(query, values or None)
        return found.fetchall() if found.description else []


def topics_of(service: str) -> tuple[str, ...]:
    """The topics that a service reads."""
    return subscriptions_of(service).topics


assert set(topics_of("reporting")) == set(catalogue.TOPICS), "reporting hears everything, on which the checks rely"
