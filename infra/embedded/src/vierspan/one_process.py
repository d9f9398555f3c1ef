"""What the commands beside a house do when all of it is one process with a data folder."""

import os
import signal
import sys
import threading
import time

from coordination.service.environment import data_folder, number


def address() -> str:
    """Where the house is found."""
    host, port = os.environ.get("HOST") or "127.0.0.1", number("PORT", 8000)
    return f"http://{host}:{port}"


def is_there() -> bool:
    """Whether a house was ever started on this data folder; says so when not."""
    from vierspan import world

    folder = data_folder()
    if world.found(folder) is None:
        print(f"In deze gegevensmap ({folder}) is nog nooit een huis gestart.", file=sys.stderr)
        return False
    return True


def load_example(kind: str) -> int:
    """Load the example world into the data folder, beside a running house or without one."""
    import django

    from vierspan import world
    from vierspan.lock import AlreadyRunning, HouseLock

    folder = data_folder()
    present = world.settle(folder, kind)
    if present.kind == "none":
        print("Dit is een echt huis: daar komen geen voorbeeldgegevens in.", file=sys.stderr)
        return 1
    lock, beside = HouseLock(folder), False
    try:
        lock.take("(laadt voorbeeldgegevens)")
    except AlreadyRunning:
        beside = True
    django.setup()
    from vierspan import example, start
    from vierspan.engine import ENGINE

    if not beside:
        start.migrate(folder)
        ENGINE.start()
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    example.load(world.World(kind=kind), stopping)
    if not beside:
        from vierspan.checks import caught_up

        while not caught_up()[0] and not stopping.is_set():
            time.sleep(0.1)
        ENGINE.stop()
    print(f"De voorbeeldgegevens zijn geladen. Wachtwoord van alle accounts: {example.password()}")
    return 0


def examine() -> int:
    """Look at files, tables and messages."""
    from vierspan import doctor

    return doctor.examine()
