"""What the commands that go on until told to stop have in common: one stop event, set by SIGTERM and Ctrl-C."""

import signal
import threading

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set; the loop that watches it ends after what it is doing."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def known_service(name: str) -> str:
    """The name, when it is a service of this process. Raises CommandError naming those there are."""
    if name not in settings.SERVICES or not apps.is_installed(name):
        raise CommandError(f"{name!r} is no service here; there are: {', '.join(settings.SERVICES)}")
    return name
