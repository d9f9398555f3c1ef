"""What the commands beside a house do in the service form: each service has processes and a database of its own."""

import signal
import sys
import threading
import time

PATIENCE = 300.0


def address() -> str:
    """Where the house is found."""
    from coordination.service import environment

    return str(environment.address())


def is_there() -> bool:
    """The settings named everything this form needs; what does not answer says so itself."""
    return True


def load_example(kind: str) -> int:
    """Load the example world by each service's own commands, and wait until every relay and consumer is quiet.

    The processes of the services run meanwhile: news travels by them. Gives 1 when it does not get through in time.
    """
    import django

    django.setup()
    from coordination.contracts import clock
    from vierspan import example
    from vierspan.world import EXAMPLE_TODAY, World

    if kind != "none" and not (clock.stands_still() and clock.today() == EXAMPLE_TODAY):
        print(
            f"De voorbeeldwereld leeft op {EXAMPLE_TODAY}: zet VIERSPAN_TODAY={EXAMPLE_TODAY} voor alle processen. "
            "In een echt huis komen geen voorbeeldgegevens.",
            file=sys.stderr,
        )
        return 1
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    timer = threading.Timer(PATIENCE, stopping.set)
    timer.daemon = True
    timer.start()
    example.load(World(kind=kind), stopping, hashed="")
    behind = _wait_until_quiet(stopping)
    timer.cancel()
    if stopping.is_set():
        print(
            "Het laden is niet klaar. Draaien van elke dienst relay en consume? Nog een keer laden mag: niets komt er "
            f"dubbel in. Berichten onderweg: {', '.join(behind) or 'geen'}.",
            file=sys.stderr,
        )
        return 1
    print("De voorbeeldgegevens zijn geladen." if kind != "none" else "Programma en keuzelijsten zijn geladen.")
    return 0


def examine() -> int:
    """Each service has a doctor of its own here."""
    print("In deze vorm heeft elke dienst een eigen dokter: intake doctor, matching doctor, reporting doctor.")
    return 1


def _wait_until_quiet(stopping: threading.Event) -> list[str]:
    """Wait until everything said is sent and heard, twice in a row: what was heard last may have said something."""
    from django.conf import settings

    from coordination.events.lag import caught_up

    quiet, behind = 0, list(settings.SERVICES)
    while quiet < 2 and not stopping.is_set():
        behind = [service for service in settings.SERVICES if not caught_up(service)]
        quiet = 0 if behind else quiet + 1
        time.sleep(0.2)
    return behind
