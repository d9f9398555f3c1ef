"""What the commands that go on until told to stop have in common: one stop event, set by SIGTERM and Ctrl-C."""

import gc
import signal
import sys
import threading

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError


def collect_less_often() -> None:
    """Look for rubbish once per portion or so, and only in what came after the start.

    Thousands of rows are made and thrown away together; looking at each seven hundred of them costs a quarter of all.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def take_turns_sooner() -> None:
    """Let a thread that waits for the interpreter have it after half a millisecond instead of five.

    A relay has three at work: one hands messages over, one sends them, one reads and marks rows. The first computes all
    the time, and each answer of the database would wait for it.
    """
    sys.setswitchinterval(0.0005)


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
