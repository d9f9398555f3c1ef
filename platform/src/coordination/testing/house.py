"""The driver of tests: every relay and consumer of this process, run by hand until all is quiet."""

from importlib.util import find_spec

from django.apps import apps
from django.conf import settings

from coordination.events.consumer import Consumer
from coordination.events.dead_letters import dead_letters
from coordination.events.embedded.log import EmbeddedLog
from coordination.events.embedded.models import LogRecord
from coordination.events.log import Message
from coordination.events.relay import Relay
from coordination.events.subscription import subscriptions_of
from coordination.events.tables import DeadLetter

MOST_ROUNDS = 1000


class HouseNotQuiet(AssertionError):
    """News kept going round, or a consumer could not go on."""


class House:
    """The services of this process with the embedded log between them. Nothing moves until deliver is called."""

    def __init__(self) -> None:
        self.log = EmbeddedLog()
        self.services: tuple[str, ...] = tuple(settings.SERVICES)

    @property
    def listening(self) -> tuple[str, ...]:
        """The services that have subscriptions."""
        return tuple(name for name in self.services if find_spec(f"{name}.subscriptions"))

    def deliver(self, *, redeliver: bool = False) -> int:
        """Run all relays and consumers until nothing is left to send or hear; gives how many records were heard.

        With redeliver everything ever appended is appended a second time and every group starts at the beginning, so
        that each message comes three times in all: no figure may change by that. Raises HouseNotQuiet when it never
        ends and BrakePulled when a consumer stops at its brake.
        """
        relays = [Relay(name, self.log) for name in self.services]
        consumers = [Consumer(subscriptions_of(name), self.log) for name in self.listening]
        heard = 0
        try:
            heard += self._until_quiet(relays, consumers)
            if redeliver:
                self._append_all_again()
                for consumer in consumers:
                    consumer.reader.rewind()
                heard += self._until_quiet(relays, consumers)
        finally:
            for consumer in consumers:
                consumer.close()
        return heard

    def pass_minute(self) -> None:
        """What happens each minute: the due commands of every service, and then what they led to."""
        for name in self.listening:
            consumer = Consumer(subscriptions_of(name), self.log)
            consumer.call_due(raising=True)
        self.deliver()

    def dead_letters(self, service: str = "") -> list[DeadLetter]:
        """What is parked, in one service or in all."""
        return [row for name in ([service] if service else self.services) for row in dead_letters(name)]

    def said(self, service: str) -> list[str]:
        """The types of everything a service said, in order."""
        return list(apps.get_model(service, "OutboxEntry").objects.order_by("number").values_list("type", flat=True))

    def _until_quiet(self, relays: list[Relay], consumers: list[Consumer]) -> int:
        heard = 0
        for _ in range(MOST_ROUNDS):
            sent = sum(relay.run_once() for relay in relays)
            now = sum(consumer.run_once() for consumer in consumers)
            heard += now
            if not sent and not now:
                break
        stuck = [consumer.service for consumer in consumers if consumer.reader.lag()]
        if stuck or sent or now:
            raise HouseNotQuiet(f"not quiet after {MOST_ROUNDS} rounds, or held up: {', '.join(stuck) or 'all'}")
        return heard

    def _append_all_again(self) -> None:
        rows = LogRecord.objects.using(self.log.database).order_by("id")
        self.log.append([Message(topic=row.topic, key=row.key, value=bytes(row.value)) for row in rows])
