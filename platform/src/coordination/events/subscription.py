"""Who hears what: a service's subscriptions.py is one table of news and the projections that take it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from coordination.contracts import catalogue
from coordination.contracts.envelope import Envelope

Handler = Callable[[Any, Envelope], None]


@dataclass(frozen=True, kw_only=True)
class Hears:
    """One kind of news and what is done with it, in the order given and inside one unit of work."""

    event: type
    handlers: tuple[Handler, ...]


def hears(event: type, *handlers: Handler) -> Hears:
    """A line of the table: handlers are called as handler(event, envelope) inside the service's unit of work."""
    return Hears(event=event, handlers=handlers)


@dataclass(frozen=True, kw_only=True)
class Subscriptions:
    """Everything one service hears. every_message gets each message of its topics besides, as a journal does.

    due are commands called each minute by the business clock, idempotent, with no arguments; they are not called
    during a rebuild. projections are the models that a rebuild empties and fills again. portion is how many messages
    are heard in one unit of work: more of them where handlers gather what they keep.
    """

    service: str
    table: tuple[Hears, ...]
    every_message: tuple[Callable[[Envelope], None], ...] = ()
    every_topic: bool = False
    due: tuple[Callable[[], object], ...] = ()
    projections: tuple[str, ...] = field(default=())
    portion: int = 100

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics to read: those of the news heard, or all of them for a journal."""
        if self.every_topic:
            return catalogue.TOPICS
        return tuple(dict.fromkeys(catalogue.entry_of(line.event).topic for line in self.table))

    def handlers_of(self, event_type: type) -> Sequence[Handler]:
        """What is done with this kind of news; empty when this service does not care."""
        return [handler for line in self.table if line.event is event_type for handler in line.handlers]


def subscriptions_of(service: str) -> Subscriptions:
    """What a service of this process hears: SUBSCRIPTIONS in its subscriptions.py."""
    return import_module(f"{service}.subscriptions").SUBSCRIPTIONS
