"""A bell inside one process, so that a relay or consumer need not wait for its next look; other processes poll."""

import threading
from collections import defaultdict

_bells: dict[str, list[threading.Event]] = defaultdict(list)


def listen(*names: str) -> threading.Event:
    """A bell that rings when one of these names is rung in this process; the listener clears it."""
    bell = threading.Event()
    for name in names:
        _bells[name].append(bell)
    return bell


def unlisten(bell: threading.Event, *names: str) -> None:
    """Stop listening: this bell rings no more."""
    for name in names:
        if bell in _bells[name]:
            _bells[name].remove(bell)


def ring(name: str) -> None:
    """Wake whoever listens to this name; nobody listening is no fault."""
    for bell in tuple(_bells.get(name, ())):
        bell.set()
