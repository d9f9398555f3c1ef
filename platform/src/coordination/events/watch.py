"""Keeping watch over an outbox: whose turn it is to send, and when there is something to send.

The settings name the way (VIERSPAN_OUTBOX_WATCH): a bell inside one process, or the database for several processes.
"""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from coordination.events.wakeup import listen, ring, unlisten


class Watch(Protocol):
    """Kept by one relay in its own thread. will_say and said are for who speaks."""

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
    def will_say(service: str) -> None:
        """Called inside a unit of work that says something."""

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
        unlisten(self._name, self._bell)

    @staticmethod
    def will_say(service: str) -> None:
        """Nothing yet: it may still be undone."""

    @staticmethod
    def said(service: str) -> None:
        """Ring."""
        ring(_name_of(service))


def watch_class() -> type[Watch]:
    """The way of keeping watch that the settings name."""
    return import_string(getattr(settings, "VIERSPAN_OUTBOX_WATCH", "coordination.events.watch.BellWatch"))


def _name_of(service: str) -> str:
    return f"outbox:{service}"
