"""The only place that opens a transaction: what a command writes and what it says are kept or undone together."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from coordination.contracts import catalogue
from coordination.contracts.clock import recorded_now
from coordination.contracts.envelope import Envelope, source_of
from coordination.contracts.identifiers import new_id
from coordination.events import seen
from coordination.events.cause import current_cause
from coordination.events.letters import LARGEST
from coordination.events.notices import Notice, announce
from coordination.events.outbox import Said, said_as
from coordination.events.watch import watch_class


class WrongUnit(RuntimeError):
    """A unit of work of one service was opened inside that of another, or an event said by a service not its owner."""


class TooLarge(ValueError):
    """An event holds more than a message may."""


class UnitOfWork:
    """What is being done in one transaction of one service; call it with an event to say it."""

    def __init__(self, service: str, role: str) -> None:
        self.service = service
        self.role = role
        self._notices: list[Notice] = []
        self._said: list[Said] = []

    @property
    def said(self) -> list[str]:
        """The ids of the events said until now."""
        return [str(one.id) for one in self._said]

    def __call__(self, event: Any) -> UUID:
        """Say an event. Gives its id.

        What a unit says is numbered within its subjects and written to the outbox at its end, all of it together.
        Raises WrongUnit when another service owns that event, TooLarge when it is more than may travel.
        """
        entry = catalogue.entry_of(event)
        if entry.owner != self.service:
            raise WrongUnit(f"{self.service} may not say {entry.name}: it belongs to {entry.owner}")
        identifier = new_id()
        if _silent.get():
            return identifier
        subject = catalogue.key_of(event)
        cause = current_cause()
        envelope = Envelope(
            id=str(identifier),
            source=source_of(self.service, getattr(settings, "VIERSPAN_ORGANISATION", "")),
            type=entry.type,
            subject=subject,
            time=recorded_now(),
            sequence=0,
            data=catalogue.data_of(event),
            correlationid=cause.correlationid,
            causationid=cause.causationid,
            traceparent=cause.traceparent,
            actingrole=self.role,
        )
        message = envelope.to_json()
        if len(message) > LARGEST:
            raise TooLarge(f"{entry.name} of {subject} is {len(message)} bytes long, and nobody would hear it")
        self._said.append(said_as(envelope, identifier=identifier, topic=entry.topic, message=message))
        return identifier

    def changed(self, subject: str, identifier: object, audience: Iterable[str]) -> None:
        """Tell browsers of these organisations (kind:key), after the commit, that a subject changed."""
        if _silent.get():
            return
        self._notices.append(Notice(subject=subject, id=str(identifier), audience=tuple(sorted(set(audience)))))

    def _write(self) -> None:
        if self._said:
            watch_class().keep(self.service, self._said)

    def _committed(self) -> None:
        if self._said:
            watch_class().said(self.service)
        announce(self.service, self._notices)


_open: ContextVar[UnitOfWork | None] = ContextVar("vierspan_unit_of_work", default=None)
_silent: ContextVar[bool] = ContextVar("vierspan_silence", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Inside, units of work say nothing: no event and no notice, as a rebuild of what was heard long ago needs."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


@contextmanager
def unit_of_work(service: str, *, role: str = "") -> Iterator[UnitOfWork]:
    """Everything inside happens or none of it does; an error undoes it and goes on upward.

    role is the role that acts, never a person. A unit inside another of the same service joins it, and
    gives it its role when it had none. Raises WrongUnit inside a unit of another service: one command writes in one
    service.
    """
    outer = _open.get()
    if outer is not None:
        if outer.service != service:
            raise WrongUnit(f"a unit of {service} inside one of {outer.service}")
        outer.role = outer.role or role
        yield outer
        return
    unit = UnitOfWork(service, role)
    # Named after the function that opened it, which stands behind this one and the context manager around it.
    with seen.command(unit, name=sys._getframe(2).f_code.co_name), transaction.atomic(using=service):
        token = _open.set(unit)
        transaction.on_commit(unit._committed, using=service)
        try:
            yield unit
        finally:
            _open.reset(token)
        unit._write()


@contextmanager
def attempt(service: str) -> Iterator[None]:
    """A part of an open unit that may fail on its own: an error undoes this part and goes on upward."""
    unit = _open.get()
    said_before = len(unit._said) if unit else 0
    try:
        with transaction.atomic(using=service):
            yield
    except BaseException:
        if unit:
            del unit._said[said_before:]
        raise


@contextmanager
def keep_together(database: str) -> Iterator[None]:
    """One transaction on a database that says nothing, such as identity or the log; services use unit_of_work."""
    with transaction.atomic(using=database):
        yield
