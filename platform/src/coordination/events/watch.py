"""Keeping watch over an outbox: whose turn it is to send, and when there is something to send.

The settings name the way (VIERSPAN_OUTBOX_WATCH): a bell inside one process, or the database for several processes.
"""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from coordination.events.outbox import Said, write
from coordination.events.wakeup import listen, ring, unlisten


class Watch(Protocol):
    """Kept by one relay in its own thread. keep and said are for who speaks."""

    def __init__(self, service: str) -> None: ...

    def is_mine(self) -> bool:
        """Whether it is this relay's turn; asked before each portion. Raises when that cannot be told."""

    def begin(self) -> None:
        """What is said from here on ends a wait."""

    def wait(self, seconds: float) -> None:
        """Until something is said, or that long at most."""

    def close(self) -> None:
        """Leave the turn to another."""

    @staticmethod
    def keep(service: str, said: Sequence[Said]) -> None:
        """Number what a unit of work says and write it to the outbox; called inside that unit, at its end."""

    @staticmethod
    def said(service: str) -> None:
        """Called once that unit is kept."""


class BellWatch:
    """The only relay of its service, woken by a bell inside the process; another process is found at the next look."""

    def __init__(self, service: str) -> None:
        self._name = _name_of(service)
        self._bell = listen(self._name)

    def is_mine(self) -> bool:
        """Always: this form has one process."""
        return True

    def begin(self) -> None:
        """Forget the bell that rang for what is sent now."""
        self._bell.clear()

    def wait(self, seconds: float) -> None:
        """Until the bell rings."""
        self._bell.wait(seconds)

    def close(self) -> None:
        """Stop listening."""
        unlisten(self._bell, self._name)

    @staticmethod
    def keep(service: str, said: Sequence[Said]) -> None:
        """Write, and ring nothing yet: it may still be undone."""
        write(service, said)

    @staticmethod
    def said(service: str) -> None:
        """Ring."""
        ring(_name_of(service))


def watch_class() -> type[Watch]:
    """The way of keeping watch that the settings name."""
    return _named(getattr(settings, "VIERSPAN_OUTBOX_WATCH", "coordination.events.watch.BellWatch"))


@cache
def _named(path: str) -> type[Watch]:
    return import_string(path)


def _name_of(service: str) -> str:
    return f"outbox:{service}"
